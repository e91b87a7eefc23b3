using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Collector.Tests;

public sealed class CollectedSessionTests : IDisposable
{
    private const string Stem = "Eco2Test.Collector.Tests_net10.0";

    // No process has that number.
    private const int Host = 2147483646;

    private readonly TempFolder _results = new();
    private readonly StandInHost _host = new();

    [Fact]
    public void A_host_that_tracks_nothing_has_a_report_in_which_all_is_untracked()
    {
        using var session = Followed(Asked.Session(_results, "<CpuPower>4 W</CpuPower>"));

        var outcome = session.End();

        outcome.Errors.ShouldBeEmpty();
        outcome.Warnings.ShouldBeEmpty();
        outcome.Files.Select(file => file.Name).ShouldBe([$"{Stem}.eco2test.json", $"{Stem}.eco2test.md"]);
        var report = ReportJson.Read(outcome.Files[0].Content);
        report.Windows.ShouldBeEmpty();
        report.Totals.TrackedJoules.ShouldBe(0);
        report.Totals.UntrackedJoules.ShouldBe(report.Totals.EnergyJoules);
        report.Totals.EnergyJoules.ShouldBeGreaterThan(4, "two seconds of a processor of 4 W that is busy");
        report.Totals.OverheadJoules.ShouldBe(0);
        (report.Run.Project, report.Run.TargetFramework, report.Run.Kind).ShouldBe(("Eco2Test.Collector.Tests", "net10.0", "test"));
        report.Intensities.ShouldHaveSingleItem().Region.ShouldBe("FR");
    }

    [Fact]
    public void A_logger_that_knows_the_session_finds_the_journal()
    {
        using var session = Followed(Asked.Session(_results));

        session.End();

        _results.Files().ShouldHaveSingleItem().ShouldStartWith($"{Stem}.s1.outside-{Host}.");
    }

    [Fact]
    public void Where_no_logger_knows_the_session_the_reports_are_written_and_no_journal_stays()
    {
        using var session = Followed(Asked.For("/nowhere", "", ("ECO2TEST_RESULTS", _results.Path)));

        session.End();

        _results.Files().ShouldBe([$"{Stem}.eco2test.json", $"{Stem}.eco2test.md"]);
    }

    [Fact]
    public void The_journal_of_the_host_itself_is_the_report_and_there_is_one()
    {
        using var session = Followed(Asked.Session(_results));
        var own = _results.Write($"{Stem}.s1.{Host}.eco2test.journal", SampleReports.Journal(SampleReports.Shop()));

        var outcome = session.End();

        outcome.Files.Count.ShouldBe(2);
        ReportJson.Read(outcome.Files[0].Content).Windows.Count.ShouldBe(SampleReports.Shop().Windows.Count);
        _results.Files().ShouldBe([Path.GetFileName(own)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_child_of_the_host_that_runs_the_tests_has_the_one_report_where_its_work_was_seen(bool wasSeen)
    {
        const int Child = Host - 7;
        _host.ProcessIds = wasSeen ? [Host, Child] : [Host];
        using var session = Followed(Asked.Session(_results));
        var own = _results.Write($"{Stem}.s1.{Child}.eco2test.journal", SampleReports.Journal(SampleReports.Shop()));

        var outcome = session.End();

        outcome.Files.Count.ShouldBe(wasSeen ? 2 : 4);
        _results.Files().Length.ShouldBe(wasSeen ? 1 : 2);
        _results.Files().ShouldContain(Path.GetFileName(own));
    }

    [Fact]
    public void A_host_that_was_started_again_has_a_report_of_its_own()
    {
        using var session = Followed(Asked.Session(_results));
        session.Follow(Host - 1);

        session.End().Files.Select(file => file.Name).ShouldBe([$"{Stem}.eco2test.json", $"{Stem}.eco2test.md", $"{Stem}.2.eco2test.json", $"{Stem}.2.eco2test.md"]);
    }

    [Theory]
    [InlineData("<RunEnergyBudget>1 J</RunEnergyBudget>", "ECO2001")]
    [InlineData("<RunEmissionsBudget>1 ug</RunEmissionsBudget>", "ECO2001")]
    [InlineData("<RunEnergyBudget>many</RunEnergyBudget>", "ECO2004")]
    public void A_budget_that_is_not_kept_or_cannot_be_read_is_an_error(string budget, string code)
    {
        using var session = Followed(Asked.Session(_results, "<CpuPower>4 W</CpuPower>" + budget));

        session.End().Errors.ShouldHaveSingleItem().ShouldStartWith(code + ": ");
    }

    [Fact]
    public void A_budget_of_a_run_of_which_nothing_was_written_is_an_error()
    {
        var file = _results.Write("file", "");
        using var session = Followed(Asked.For("/nowhere", $"<Session>s1</Session><Results>{file}/below</Results>"));

        var outcome = session.End();

        outcome.Errors.ShouldHaveSingleItem().ShouldStartWith("ECO2012: ");
        outcome.Errors[0].ShouldContain("cannot be written");
    }

    [Fact]
    public void A_budget_of_a_run_without_a_host_is_an_error()
    {
        using var session = new CollectedSession(Asked.Session(_results), _ => _host);
        session.Start(typeof(CollectedSessionTests).Assembly.Location);

        session.End().Errors.ShouldHaveSingleItem().ShouldEndWith("no test host was started");
    }

    [Fact]
    public void Who_skips_gets_nothing()
    {
        using var session = Followed(Asked.Session(_results, "", ("ECO2TEST_SKIP", "true")));

        session.End().Files.ShouldBeEmpty();
        _results.Files().ShouldBeEmpty();
    }

    [Fact]
    public void A_host_that_had_ended_before_anybody_looked_has_a_notice()
    {
        _host.IsAlive = false;
        using var session = Followed(Asked.Session(_results));

        ReportJson.Read(session.End().Files[0].Content).Notices.ShouldContain(notice => notice.Code == "ECO2041");
    }

    [Fact]
    public void The_time_that_nobody_saw_is_said_where_it_is_a_part_of_the_run_that_matters()
    {
        HostRun.Unseen(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)).ShouldBe(
            "The test host was last looked at 100 ms before it was found ended, 5 % of the run: what it used in that time is missing.");
        HostRun.Unseen(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20)).ShouldBeNull();
    }

    [Fact]
    public void The_reports_of_the_build_go_with_that_of_the_tests()
    {
        var project = BuildOf("Eco2Test.Collector.Tests", DateTimeOffset.UtcNow);
        using var session = Followed(Asked.Session(_results, $"<Build>{project}|net10.0|</Build>"));

        session.End().Files.Select(file => file.Name).ShouldBe(
            [$"{Stem}.eco2test.json", $"{Stem}.eco2test.md", "build.eco2test.json", $"build.{Stem}.eco2test.json"]);
    }

    [Theory]
    [InlineData("Eco2Test.Collector.Tests", -10000)]
    [InlineData("Shop.Tests", 0)]
    public void A_build_of_other_tests_or_of_an_older_assembly_does_not(string built, int days)
    {
        BuildOf(built, DateTimeOffset.UtcNow.AddDays(days));
        using var session = Followed(Asked.Session(_results, $"<Build>{_results.Path}/Eco2Test.Collector.Tests.csproj|net10.0|</Build>"));

        session.End().Files.Count.ShouldBe(2);
    }

    [Fact]
    public void The_build_of_a_run_without_a_report_is_not_attached_alone()
    {
        var project = BuildOf("Eco2Test.Collector.Tests", DateTimeOffset.UtcNow);
        using var session = new CollectedSession(Asked.Session(_results, $"<Build>{project}|net10.0|</Build>"), _ => _host);
        session.Start(typeof(CollectedSessionTests).Assembly.Location);

        session.End().Files.ShouldBeEmpty();
    }

    /// <summary>Reports of a build that has just ended, where the targets of the packages write them.</summary>
    private string BuildOf(string project, DateTimeOffset ended)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_results.Path, "artifacts", "eco2test", "projects")).Parent!.FullName;
        var shop = SampleReports.Shop();
        var build = shop with
        {
            Run = shop.Run with { Kind = "build", Project = project, TargetFramework = "net10.0", StartedAt = ended.AddSeconds(-shop.Run.DurationSeconds) },
            Build = new ReportBuild { Succeeded = true },
            Windows = [shop.Windows[0] with { Kind = WindowKind.Project, DisplayName = $"{project} (net10.0)" }],
        };
        File.WriteAllText(Path.Combine(folder, "build.eco2test.json"), ReportJson.Write(build));
        File.WriteAllText(Path.Combine(folder, "projects", $"{project}_net10.0.eco2test.json"), ReportJson.Write(build));
        return Path.Combine(_results.Path, $"{project}.csproj");
    }

    private CollectedSession Followed(CollectorSettings settings)
    {
        var session = new CollectedSession(settings, _ => _host);
        session.Start(typeof(CollectedSessionTests).Assembly.Location);
        session.Follow(Host);
        return session;
    }

    public void Dispose() => _results.Dispose();
}
