using System.Globalization;
using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

public sealed class AbandonedJournalsTests : IDisposable
{
    // No process has that number: it is above what Linux, Windows and macOS give.
    private const string Dead = "2147483646";

    private readonly TempFolder _folder = new();

    [Fact]
    public void A_journal_whose_process_is_gone_is_abandoned()
    {
        _folder.Write($"A_net10.0.s1.{Dead}.eco2test.journal", "");

        var journal = Find("A_net10.0").ShouldHaveSingleItem();

        journal.Path.ShouldBe(_folder[$"A_net10.0.s1.{Dead}.eco2test.journal"]);
        journal.Session.ShouldBe("s1");
        journal.EndedAt.ShouldBe(File.GetLastWriteTimeUtc(journal.Path));
    }

    [Fact]
    public void A_journal_whose_process_lives_is_left_alone()
    {
        _folder.Write($"A_net10.0.s1.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.eco2test.journal", "");

        Find("A_net10.0").ShouldBeEmpty();
    }

    [Fact]
    public void A_journal_that_somebody_writes_is_left_alone_whatever_its_name()
    {
        using (new ResultsFolder(_folder).CreateJournal($"A_net10.0.s1.{Dead}"))
        {
            Find("A_net10.0").ShouldBeEmpty();
        }

        Find("A_net10.0").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("A_net10.0.eco2test.journal")]
    [InlineData("A_net10.0.s1.eco2test.journal")]
    [InlineData("A_net10.0.s1.x7.eco2test.journal")]
    [InlineData("A_net10.0.s1.99999999999.eco2test.journal")]
    [InlineData("A_net8.0.s1.2147483646.eco2test.journal")]
    [InlineData("A_net10.0.s1.2147483646.eco2test.json")]
    public void What_is_named_otherwise_is_not_ours(string name)
    {
        _folder.Write(name, "");

        Find("A_net10.0").ShouldBeEmpty();
    }

    [Fact]
    public void They_come_in_the_order_in_which_their_runs_ended()
    {
        foreach (var (session, day) in new[] { ("later", 3), ("first", 1), ("second", 2) })
        {
            _folder.Write($"A.{session}.{Dead}.eco2test.journal", "");
            File.SetLastWriteTimeUtc(_folder[$"A.{session}.{Dead}.eco2test.journal"], new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc));
        }

        Find("A").Select(journal => journal.Session).ShouldBe(["first", "second", "later"]);
    }

    [Fact]
    public void A_folder_that_is_not_there_has_none() => AbandonedJournals.Of(new ResultsFolder(_folder["nowhere"]), "A").ShouldBeEmpty();

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<AbandonedJournal> Find(string stem) => AbandonedJournals.Of(new ResultsFolder(_folder), stem);
}
