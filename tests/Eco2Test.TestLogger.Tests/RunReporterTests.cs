using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.TestLogger.Tests;

public sealed class RunReporterTests : IDisposable
{
    // No process has that number.
    private const string Dead = "2147483646";
    private const string Stem = "Shop.Tests_net10.0";

    private readonly string _folder = Directory.CreateTempSubdirectory("eco2test-logger-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public void The_journal_of_the_session_becomes_a_report_in_two_forms_and_a_summary()
    {
        Journal("s1");

        Report("s1");

        Files().ShouldBe([$"{Stem}.eco2test.json", $"{Stem}.eco2test.md"], ignoreOrder: true);
        Read($"{Stem}.eco2test.json").Windows.Count.ShouldBe(SampleReports.Shop().Windows.Count);
        _output.ToString().ShouldContain("Tracked, 5 tests");
        _output.ToString().ShouldContain($"Report: {Path.Combine(_folder, Stem)}.eco2test.json");
        _errors.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Two_hosts_of_one_session_leave_two_reports()
    {
        Journal("s1", process: "2147483645", id: "one");
        Journal("s1", id: "two");

        Report("s1");

        Files("*.json").ShouldBe([$"{Stem}.2.eco2test.json", $"{Stem}.eco2test.json"], ignoreOrder: true);
        new[] { Read($"{Stem}.eco2test.json").Run.Id, Read($"{Stem}.2.eco2test.json").Run.Id }.ShouldBe(["one", "two"]);
    }

    [Fact]
    public void The_report_of_an_earlier_run_is_kept_beside_the_newest()
    {
        Journal("s1", id: "one");
        Report("s1");
        Journal("s2", id: "two");

        Report("s2");

        Read($"{Stem}.eco2test.json").Run.Id.ShouldBe("two");
        Files("*Z.eco2test.json").Select(name => Read(name).Run.Id).ShouldBe(["one"]);
        Files("*Z.eco2test.md").ShouldHaveSingleItem();
    }

    [Fact]
    public void The_next_run_makes_the_report_of_one_that_was_killed()
    {
        Journal("s1", id: "killed");
        var attachments = Directory.CreateDirectory(Path.Combine(_folder, "eco2test-attachments", $"s1.{Dead}", "1"));
        Journal("s2", id: "next");

        Report("s2");

        Read($"{Stem}.eco2test.json").Run.Id.ShouldBe("next");
        var earlier = Files("*Z.eco2test.json").ShouldHaveSingleItem();
        Read(earlier).Run.Id.ShouldBe("killed");
        Read(earlier).Notices.ShouldContain(notice => notice.Code == "ECO2024");
        _output.ToString().ShouldContain($"An earlier run was cut off; its report: {Path.Combine(_folder, earlier)}");
        Files("*.journal").ShouldBeEmpty();
        Directory.Exists(attachments.FullName).ShouldBeFalse();
    }

    [Fact]
    public void A_run_that_still_goes_on_and_one_of_another_project_are_left_alone()
    {
        var living = Journal("s1", process: Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var other = Path.Combine(_folder, $"Other.Tests_net10.0.s1.{Dead}.eco2test.journal");
        File.WriteAllText(other, SampleReports.Journal(SampleReports.Shop()));
        Journal("s2");

        Report("s2");

        Files("*.journal").ShouldBe([Path.GetFileName(living), Path.GetFileName(other)], ignoreOrder: true);
        Files("*.json").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_journal_that_is_named_as_anothers_but_is_not_is_left_alone()
    {
        var other = SampleReports.Shop();
        File.WriteAllText(Path.Combine(_folder, $"{Stem}.s1.{Dead}.eco2test.journal"), SampleReports.Journal(other with { Run = other.Run with { Project = "Other" } }));
        Journal("s2");

        Report("s2");

        Files("*.journal").ShouldHaveSingleItem();
        Files("*.json").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_kept_and_hides_none_of_the_others()
    {
        var broken = Path.Combine(_folder, $"A.s1.{Dead}.eco2test.journal");
        File.WriteAllText(broken, "no journal");
        Journal("s1");

        Report("s1");

        Files("*.json").ShouldHaveSingleItem();
        File.Exists(broken).ShouldBeTrue();
        _errors.ToString().ShouldContain($"ECO2022: no report was made of '{broken}'");
    }

    [Fact]
    public void A_folder_for_reports_that_cannot_be_written_keeps_the_journal_and_says_so()
    {
        var journal = Journal("s1");
        var reports = Path.Combine(_folder, "reports");
        File.WriteAllText(reports, "a file");

        new RunReporter(_output, _errors).Report("s1", _folder, reports);

        File.Exists(journal).ShouldBeTrue();
        _errors.ToString().ShouldContain("ECO2022");
        _errors.ToString().ShouldContain("It is kept: eco2test report reads it.");
    }

    [Fact]
    public void Hosts_that_could_write_nothing_are_not_passed_over_in_silence()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "a file");

        new RunReporter(_output, _errors).Report("s1", file, file);

        _errors.ToString().ShouldContain("ECO2022: no report was made: nothing can be written to");
        _errors.ToString().ShouldContain("Set ECO2TEST_RESULTS");
    }

    [Fact]
    public void Where_reports_of_other_projects_lie_I_am_told_how_to_sum_up()
    {
        File.WriteAllText(Path.Combine(_folder, "Shop.Other_net10.0.eco2test.json"), "{}");
        Journal("s1");

        Report("s1");

        _output.ToString().ShouldContain($"All reports of this folder in one: eco2test report {_folder}");
    }

    [Fact]
    public void Of_earlier_runs_and_further_hosts_of_the_project_nothing_is_said()
    {
        Journal("s1", process: "2147483645", id: "one");
        Journal("s1", id: "two");
        Report("s1");
        Journal("s2", id: "three");

        Report("s2");

        Files("*.json").Count().ShouldBe(3);
        _output.ToString().ShouldNotContain("in one:");
    }

    [Fact]
    public void Where_a_collector_sums_up_the_logger_says_nothing_of_it()
    {
        File.WriteAllText(Path.Combine(_folder, "Shop.Other_net10.0.eco2test.json"), "{}");
        Journal("s1");

        new RunReporter(_output, _errors, isCollected: true).Report("s1", _folder, _folder);

        _output.ToString().ShouldNotContain("in one:");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_budget_of_the_run_that_nobody_fails_it_by_is_said_to_be_so(bool isCollected)
    {
        var journal = Journal("s1");
        File.WriteAllText(journal, File.ReadAllText(journal).Replace(
            "{\"header\":{", """{"header":{"budgets":{"policy":{"bound":"lower","notMeasurable":"warn"},"groups":[{"scope":"run","energyJoules":0.001}]},""", StringComparison.Ordinal));

        new RunReporter(_output, _errors, isCollected: isCollected).Report("s1", _folder, _folder);

        _output.ToString().ShouldContain("OVER");
        _errors.ToString().Contains("The run does not fail by it, since the collector is off", StringComparison.Ordinal).ShouldBe(!isCollected);
    }

    [Fact]
    public void A_session_that_tracked_nothing_leaves_nothing()
    {
        Report("s1");

        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
        (_output.ToString() + _errors).ShouldBeEmpty();
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private string Journal(string session, string process = Dead, string id = "run-1")
    {
        var path = Path.Combine(_folder, $"{Stem}.{session}.{process}.eco2test.journal");
        var shop = SampleReports.Shop();
        File.WriteAllText(path, SampleReports.Journal(shop with { Run = shop.Run with { Id = id } }));
        return path;
    }

    private void Report(string session) => new RunReporter(_output, _errors).Report(session, _folder, _folder);

    private EmissionsReport Read(string name) => ReportJson.Read(File.ReadAllText(Path.Combine(_folder, name)));

    private IEnumerable<string> Files(string pattern = "*") => Directory.GetFiles(_folder, pattern).Select(file => Path.GetFileName(file));
}
