using System.Text.Json;
using System.Text.RegularExpressions;
using Eco2Test.Reports;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What holds in every supported test framework. A framework states its differences, and nothing else.</summary>
public abstract partial class FrameworkContract<TFramework>(SuiteRun<TFramework> run) : IClassFixture<SuiteRun<TFramework>>
    where TFramework : Framework, new()
{
    private readonly FinishedRun _whole = run.Whole;

    [Fact]
    public void A_tracked_test_passes_and_its_window_is_attached_where_the_framework_can_attach()
    {
        var test = _whole.Trx.ResultOf("Passes");

        test.Outcome.ShouldBe("Passed", test.Message);
        if (!run.Framework.CanAttach)
        {
            test.Attachments.ShouldBeEmpty();
            return;
        }

        var attachment = test.Attachments.ShouldHaveSingleItem();
        Path.GetFileName(attachment).ShouldBe("window.eco2test.json");
        using var window = JsonDocument.Parse(File.ReadAllText(attachment));
        window.RootElement.GetProperty("schema").GetString().ShouldBe("eco2test-window/v1");
    }

    [Fact]
    public void A_tracked_test_is_in_the_report_with_its_energy_emissions_budget_and_place()
    {
        var window = _whole.WindowOf("Passes");

        window.Energy.Joules.ShouldBeGreaterThan(0);
        window.Energy.LowJoules.ShouldBeLessThanOrEqualTo(window.Energy.Joules);
        window.Energy.HighJoules.ShouldBeGreaterThanOrEqualTo(window.Energy.Joules);
        window.CpuSeconds.ShouldBeGreaterThan(0);
        window.EmissionsGrams.ShouldBeGreaterThan(0);
        window.Intensity.ShouldBe("FR");
        window.Budget.ShouldBe(new ReportBudget { EnergyJoules = 500_000, EmissionsGrams = 1_000 });
        window.Verdict.ShouldBe(BudgetVerdict.Kept);
        window.Source.ShouldNotBeNull().File.ShouldBe("Tests.cs");
    }

    [Fact]
    public void A_test_over_its_budget_fails_and_says_so()
    {
        var test = _whole.Trx.ResultOf("Exceeds");

        test.Outcome.ShouldBe("Failed");
        test.Message.ShouldContain("ECO2001");
        _whole.WindowOf("Exceeds").Verdict.ShouldBe(BudgetVerdict.Exceeded);
    }

    [Fact]
    public void A_budget_alone_fails_the_run()
    {
        var failed = run.German.Trx.Results.Where(result => result.Outcome != "Passed").ToList();

        failed.ShouldHaveSingleItem().Message.ShouldContain("ECO2001");
        run.German.Command.ExitCode.ShouldNotBe(0, run.German.Command.ToString());
    }

    [Fact]
    public void An_untracked_test_has_no_attachment_and_no_window()
    {
        var test = _whole.Trx.ResultOf("Untracked");

        test.Outcome.ShouldBe("Passed", test.Message);
        test.Attachments.ShouldBeEmpty();
        _whole.WindowsOf("Untracked").ShouldBeEmpty();
        _whole.Report.Totals.UntrackedJoules.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_test_that_fails_by_itself_keeps_its_own_fault_though_it_is_over_its_budget_too()
    {
        var test = _whole.Trx.ResultOf("FailsByItself");

        test.Outcome.ShouldBe("Failed");
        test.Message.ShouldContain("the fault that the test found");
        test.Message.ShouldContain("OwnFault");
        test.Message.ShouldNotContain("ECO2001");
    }

    [Fact]
    public void Each_row_has_a_window_of_its_own()
    {
        var windows = _whole.WindowsOf("Rows");

        windows.Select(window => window.Id).Distinct().Count().ShouldBe(3, string.Join(", ", windows.Select(window => window.Id)));
        windows.ShouldAllBe(window => window.Energy.Joules > 0);
    }

    [Fact]
    public void An_attribute_on_a_class_tracks_its_tests_but_those_that_are_excluded()
    {
        _whole.WindowOf("First").Intensity.ShouldBe("FR");
        _whole.WindowOf("Second").Intensity.ShouldBe("FR");
        _whole.WindowsOf("Excluded").ShouldBeEmpty();
    }

    [Fact]
    public void Tests_of_one_comparison_are_side_by_side_with_what_they_recorded_in_the_report_its_Markdown_and_the_terminal()
    {
        foreach (var (method, accuracy) in new[] { ("First", 0.75), ("Second", 0.875) })
        {
            var window = _whole.WindowOf(method);
            window.Comparison.ShouldBe("choice");
            window.Metrics.ShouldBe(new Dictionary<string, double> { ["accuracy"] = accuracy });
        }

        _whole.WindowOf("Passes").Comparison.ShouldBeNull();
        var markdown = File.ReadAllText(Path.Combine(_whole.Folder, "Suite_net10.0.eco2test.md"));
        foreach (var text in new[] { markdown, _whole.Command.Output })
        {
            var comparison = text[text.IndexOf("Comparison 'choice'", StringComparison.Ordinal)..];
            comparison.ShouldContain("More accuracy is better");
            comparison.ShouldContain("0.875");
        }
    }

    [Fact]
    public void Of_two_tests_at_the_same_time_the_one_that_works_pays()
    {
        var loop = _whole.WindowOf("LoopsBesideASleeper");
        var sleep = _whole.WindowOf("SleepsBesideALoop");

        loop.StartedAt.ShouldBeLessThan(sleep.StartedAt.AddSeconds(sleep.DurationSeconds));
        sleep.StartedAt.ShouldBeLessThan(loop.StartedAt.AddSeconds(loop.DurationSeconds));
        var both = loop.Energy.CpuJoules + sleep.Energy.CpuJoules;
        (loop.Energy.CpuJoules / both).ShouldBeGreaterThan(0.95);
        (sleep.Energy.CpuJoules / both).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Joules_per_CPU_second_do_not_depend_on_how_long_a_test_runs()
    {
        var longOne = JoulesPerCpuSecond(_whole.WindowOf("LoopsForTenSeconds"));
        var shortOne = JoulesPerCpuSecond(_whole.WindowOf("LoopsForFiveMilliseconds"));

        (shortOne / longOne).ShouldBeInRange(0.9, 1.1);
    }

    [Fact]
    public void A_test_that_sleeps_costs_about_nothing()
    {
        // The last: by then the host has compiled what reports results, which it does while the first one sleeps.
        var sleep = _whole.WindowsOf("SleepsForTwoSeconds").OrderBy(window => window.StartedAt).Last().Energy.CpuJoules;
        var loop = _whole.WindowOf("LoopsForTwoSeconds").Energy.CpuJoules;

        (sleep / loop).ShouldBeLessThan(0.005);
    }

    [Fact]
    public void Energy_and_emissions_are_conserved_in_every_report()
    {
        foreach (var finished in new[] { _whole, run.German })
        {
            var totals = finished.Report.Totals;
            ShouldBeConserved(finished.RootWindows.Sum(window => window.Energy.Joules), totals.UntrackedJoules, totals.EnergyJoules);
            ShouldBeConserved(totals.TrackedJoules, totals.UntrackedJoules, totals.EnergyJoules);
            ShouldBeConserved(finished.RootWindows.Sum(window => window.EmissionsGrams), totals.UntrackedGrams, totals.EmissionsGrams);
        }
    }

    [Fact]
    public void The_results_folder_holds_the_TRX_the_report_in_two_forms_and_nothing_else_of_ours()
    {
        var trx = Path.GetFileName(_whole.Trx.File);
        var files = Directory.EnumerateFiles(_whole.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_whole.Folder, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/In/", StringComparison.Ordinal));

        files.ShouldBe(["Suite_net10.0.eco2test.json", "Suite_net10.0.eco2test.md", trx], ignoreOrder: true);
        Directory.Exists(run.Workspace.PathOf("eco2test-results")).ShouldBeFalse("with a results directory given, nothing goes elsewhere");
    }

    [Fact]
    public void The_terminal_shows_every_tracked_test_and_the_total()
    {
        var lines = _whole.Command.Output.Split('\n');
        foreach (var method in _whole.RootWindows.Select(window => TestKit.Acceptance.TestNames.MethodOf(window.Id)).Distinct())
        {
            lines.ShouldContain(line => line.Contains(method) && Amount().IsMatch(line), $"a line of '{method}' in {_whole.Command.LogFile}");
        }

        lines.ShouldContain(line => line.Contains("untracked") && Amount().IsMatch(line), _whole.Command.LogFile);
        lines.ShouldContain(line => line.Contains("total") && Amount().IsMatch(line), _whole.Command.LogFile);
    }

    [Fact]
    public void Under_a_culture_with_decimal_commas_the_figures_are_the_same()
    {
        var test = run.German.Trx.ResultOf("Passes");
        test.Outcome.ShouldBe("Passed", test.Message);

        var exceeds = run.German.WindowOf("Exceeds");
        exceeds.Budget.ShouldNotBeNull().EnergyJoules.ShouldBe(1e-6);
        (JoulesPerCpuSecond(exceeds) / JoulesPerCpuSecond(_whole.WindowOf("Exceeds"))).ShouldBeInRange(0.9, 1.1);
        Amount().IsMatch(run.German.Trx.ResultOf("Exceeds").Message).ShouldBeTrue();
        CommaAmount().IsMatch(run.German.Trx.ResultOf("Exceeds").Message).ShouldBeFalse("numbers in messages do not depend on the culture");
    }

    private static double JoulesPerCpuSecond(ReportWindow window) => window.Energy.Joules / window.CpuSeconds;

    private static void ShouldBeConserved(double part, double otherPart, double whole) =>
        (part + otherPart).ShouldBe(whole, Math.Abs(whole) * 1e-9);

    [GeneratedRegex(@"\d ?([uµmk]?J|MJ|[mk]?Wh)\b")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\d,\d+ ?([uµmk]?J|MJ|[mk]?Wh)\b")]
    private static partial Regex CommaAmount();
}
