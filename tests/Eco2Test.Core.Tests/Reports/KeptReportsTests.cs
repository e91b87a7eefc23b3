using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

public sealed class KeptReportsTests : IDisposable
{
    private static readonly DateTime Then = new(2026, 3, 14, 9, 26, 53, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();
    private readonly KeptReports _reports;

    public KeptReportsTests() => _reports = new KeptReports(new ResultsFolder(_folder["results"]));

    [Fact]
    public void The_newest_has_the_known_name_and_earlier_ones_that_of_their_time()
    {
        Write("first");
        File.SetLastWriteTimeUtc(_folder["results/A.eco2test.json"], Then);
        Write("second");
        File.SetLastWriteTimeUtc(_folder["results/A.eco2test.json"], Then);

        Write("third").ShouldBe([_folder["results/A.eco2test.json"], _folder["results/A.eco2test.md"]]);

        Contents().ShouldBe(
            [
                ("A.20260314T092653Z.2.eco2test.json", "second"), ("A.20260314T092653Z.2.eco2test.md", "second"),
                ("A.20260314T092653Z.eco2test.json", "first"), ("A.20260314T092653Z.eco2test.md", "first"),
                ("A.eco2test.json", "third"), ("A.eco2test.md", "third"),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void What_another_project_wrote_stays_where_it_is()
    {
        _folder.Write("results/A.B.eco2test.json", "another's");
        _folder.Write("results/A.s1.7.eco2test.journal", "a journal");
        Write("first");
        Write("second");

        Contents().ShouldContain(("A.B.eco2test.json", "another's"));
        Contents().ShouldContain(("A.s1.7.eco2test.journal", "a journal"));
    }

    [Fact]
    public void The_report_of_a_run_that_ended_earlier_does_not_take_the_name_of_the_newest()
    {
        Write("newest");

        _reports.WriteEarlier("A", Then, [(".eco2test.json", "earlier")]);
        _reports.WriteEarlier("A", Then, [(".eco2test.json", "another")]);

        File.ReadAllText(_folder["results/A.eco2test.json"]).ShouldBe("newest");
        File.ReadAllText(_folder["results/A.20260314T092653Z.eco2test.json"]).ShouldBe("earlier");
        File.ReadAllText(_folder["results/A.20260314T092653Z.2.eco2test.json"]).ShouldBe("another");
    }

    [Fact]
    public void Of_runs_that_end_at_once_none_loses_its_report_nor_gets_a_part_of_anothers()
    {
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 8 }, run => new KeptReports(new ResultsFolder(_folder["results"]))
            .Write("A", [(".eco2test.json", $"run {run}"), (".eco2test.md", $"run {run}")]));

        var reports = Contents().Where(file => file.Name.EndsWith(".json")).ToList();
        reports.Select(file => file.Text).ShouldBe(Enumerable.Range(0, 24).Select(run => $"run {run}"), ignoreOrder: true);
        reports.ShouldAllBe(report => File.ReadAllText(_folder["results/" + Path.ChangeExtension(report.Name, ".md")]) == report.Text);
        Contents().Count().ShouldBe(48);
    }

    [Fact]
    public void A_link_in_the_place_of_a_report_is_replaced_and_not_followed()
    {
        _folder.Write("victim", "untouched");
        Directory.CreateDirectory(_folder["results"]);
        File.CreateSymbolicLink(_folder["results/A.eco2test.json"], _folder["victim"]);

        Write("new");

        File.ReadAllText(_folder["victim"]).ShouldBe("untouched");
        File.ReadAllText(_folder["results/A.eco2test.json"]).ShouldBe("new");
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_a_fault_and_leaves_nothing_behind()
    {
        Directory.CreateDirectory(_folder["results/A.eco2test.json"]);

        Record.Exception(() => Write("new")).ShouldNotBeNull();

        Directory.GetFileSystemEntries(_folder["results"]).ShouldHaveSingleItem();
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Write(string content) => _reports.Write("A", [(".eco2test.json", content), (".eco2test.md", content)]);

    private IEnumerable<(string Name, string Text)> Contents() =>
        Directory.GetFiles(_folder["results"]).Select(file => (Path.GetFileName(file), File.ReadAllText(file)));
}
