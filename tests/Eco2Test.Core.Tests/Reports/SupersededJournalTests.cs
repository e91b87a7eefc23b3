using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

public sealed class SupersededJournalTests : IDisposable
{
    private const string Own = "Shop.Tests_net10.0.s1.42.eco2test.journal";

    private readonly TempFolder _folder = new();
    private readonly string _outside = $"Shop.Tests_net10.0.{ResultsFolder.SessionOutside("s1", 42)}.7.eco2test.journal";

    [Fact]
    public void What_was_seen_from_outside_is_removed_where_the_process_left_its_own()
    {
        _folder.Write(Own, "");
        _folder.Write(_outside, "");

        new ResultsFolder(_folder).DeleteSuperseded();

        Directory.GetFiles(_folder).ShouldBe([_folder[Own]]);
    }

    [Fact]
    public void What_was_seen_from_outside_stays_where_the_process_left_none_or_another_did()
    {
        _folder.Write("Shop.Tests_net10.0.s1.43.eco2test.journal", "");
        _folder.Write(_outside, "");

        new ResultsFolder(_folder).DeleteSuperseded();

        new ResultsFolder(_folder).JournalsOf("s1").ShouldContain(_folder[_outside]);
    }

    public void Dispose() => _folder.Dispose();
}
