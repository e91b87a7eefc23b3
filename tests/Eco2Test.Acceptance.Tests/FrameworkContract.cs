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
    public void A_tracked_test_passes_and_its_window_is_attached()
    {
        var test = _whole.Trx.ResultOf("Passes");

        test.Outcome.ShouldBe("Passed", test.Message);
        if (run.Framework.CanPrint)
        {
            test.StdOut.Split('\n').Count(line => line.Contains("eco2test: ")).ShouldBe(1, test.StdOut);
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
        if (!run.Framework.ReportsItself)
        {
            return;
        }

        var markdown = File.ReadAllText(Path.Combine(_whole.Folder, "Suite_net10.0.eco2test.md"));
        foreach (var text in run.Framework.ShowsSummary ? [markdown, _whole.Command.Output] : new[] { markdown })
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
    public void Energy_and_emissions_are_conserved()
    {
        ShouldBeConserved(_whole);
    }

    [Fact]
    public void The_results_folder_holds_the_TRX_the_report_in_two_forms_and_nothing_else_of_ours()
    {
        if (!run.Framework.ReportsItself)
        {
            Directory.GetFiles(_whole.Folder, "Suite_net10.0.*.eco2test.journal").ShouldHaveSingleItem("the report is made of it");
            return;
        }

        // Beside what the platform copies: attachments, in a folder of its own.
        var files = Directory.EnumerateFiles(_whole.Folder, "*eco2test*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_whole.Folder, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/In/", StringComparison.Ordinal) && Path.GetFileName(file) != "window.eco2test.json" && !Guid.TryParse(file.Split('/')[0], out _));

        files.ShouldBe(["Suite_net10.0.eco2test.json", "Suite_net10.0.eco2test.md"], ignoreOrder: true);
        Directory.Exists(run.Workspace.PathOf("eco2test-results")).ShouldBeFalse("with a results directory given, nothing goes elsewhere");
    }

    [Fact]
    public void The_terminal_shows_every_tracked_test_and_the_total_else_where_the_report_is()
    {
        if (!run.Framework.ShowsSummary)
        {
            _whole.Command.Output.Contains("Suite_net10.0.eco2test.md", StringComparison.Ordinal).ShouldBe(run.Framework.ReportsItself, _whole.Command.LogFile);
            return;
        }

        var lines = _whole.Command.Output.Split('\n');

        // The rest is folded into one line.
        foreach (var method in _whole.RootWindows.OrderByDescending(window => window.Energy.Joules).Take(15).Select(window => TestKit.Acceptance.TestNames.MethodOf(window.Id)).Distinct())
        {
            lines.ShouldContain(line => line.Contains(method) && Amount().IsMatch(line), $"a line of '{method}' in {_whole.Command.LogFile}");
        }

        lines.ShouldContain(line => line.Contains("untracked") && Amount().IsMatch(line), _whole.Command.LogFile);
        lines.ShouldContain(line => line.Contains("total") && Amount().IsMatch(line), _whole.Command.LogFile);
    }

    [Fact]
    public void A_test_that_awaits_pays_for_what_it_did_before_and_after() => _whole.WindowOf("Awaits").CpuSeconds.ShouldBeGreaterThan(0.1);

    [Fact]
    public void A_skipped_test_costs_nothing_and_has_no_window()
    {
        _whole.Trx.ResultOf("Skipped").Outcome.ShouldBe("NotExecuted");
        _whole.WindowsOf("Skipped").ShouldBeEmpty();
    }

    [Fact]
    public void Categories_and_traits_are_in_the_report() =>
        _whole.WindowOf("IsInCategories").Categories.ShouldBe(run.Framework.Categories, ignoreOrder: true);

    [Fact]
    public void A_test_pays_for_the_processes_that_it_starts()
    {
        // Of its own it does next to nothing: it waits.
        _whole.WindowOf("StartsAProcess").CpuSeconds.ShouldBeGreaterThan(0.06);
    }

    [Fact]
    public void Each_attempt_has_a_window_and_the_last_one_carries_the_sum()
    {
        if (run.Framework.Retry is null)
        {
            _whole.WindowsOf("IsRetried").ShouldBeEmpty();
            return;
        }

        var test = _whole.Trx.ResultOf("IsRetried");
        test.Outcome.ShouldBe("Passed", test.Message);
        var windows = _whole.WindowsOf("IsRetried").OrderBy(window => window.Attempt).ToList();
        windows.Select(window => window.Attempt).ShouldBe([1, 2, 3]);
        windows.ShouldAllBe(window => window.CpuSeconds > 0.04);
        test.StdOut.ShouldContain("; 3 attempts: ");
        using var attachment = JsonDocument.Parse(File.ReadAllText(test.Attachments.Select(Attempts).MaxBy(attempts => attempts.Count).File));
        var attempts = attachment.RootElement.GetProperty("attempts");
        attempts.GetProperty("count").GetInt32().ShouldBe(3);
        attempts.GetProperty("energyJoules").GetDouble().ShouldBe(windows.Sum(window => window.Energy.Joules), 1e-9);
    }

    [Fact]
    public void A_test_that_runs_out_of_time_fails_and_leaves_no_window_open()
    {
        if (run.Framework.Timeout is null)
        {
            _whole.WindowsOf("TimesOut").ShouldBeEmpty();
            return;
        }

        // xUnit v3 has a second result when the body ends after its time.
        var results = _whole.Trx.ResultsOf("TimesOut");
        results.ShouldNotBeEmpty();
        results.ShouldAllBe(result => result.Outcome == "Failed");
        var window = _whole.WindowOf("TimesOut");
        window.DurationSeconds.ShouldBeLessThan(10, "xUnit v3 waits for a body that does not heed the token");
        if (!run.Framework.BodyMayOutliveTheRun)
        {
            window.Quality.ShouldNotBe(MeasurementQuality.Incomplete);
        }
    }

    [Fact]
    public void A_test_that_a_class_inherits_and_one_of_a_generic_class_are_of_the_class_that_runs()
    {
        _whole.WindowOf("IsInherited").Id.ShouldBe("Suite.Derived.IsInherited");
        _whole.WindowOf("IsGeneric").Id.ShouldBe("Suite.OfNumbers.IsGeneric");
    }

    [Fact]
    public void A_test_whose_constructor_throws_fails_by_that_and_leaves_no_window_open()
    {
        var test = _whole.Trx.ResultOf("IsNeverReached");

        test.Outcome.ShouldBe("Failed");
        test.Message.ShouldContain("the constructor failed");
        _whole.Report.Windows.ShouldNotContain(window => window.Quality == MeasurementQuality.Incomplete && !window.Id.EndsWith(".TimesOut", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_overloads_the_right_one_is_tracked() => _whole.WindowsOf("Overloaded").Count.ShouldBe(run.Framework.HasOverloads ? 2 : 0);

    [Fact]
    public void Two_thousand_tests_have_two_thousand_windows() => _whole.WindowsOf("IsOneOfMany").Select(window => window.Id).Distinct().Count().ShouldBe(2_000);

    [Fact]
    public void Fixtures_are_windows_of_their_own_where_the_framework_lets_us_see_them_and_no_tests_ever()
    {
        _whole.Report.Windows.Where(window => window.Kind == WindowKind.Fixture).Select(window => window.Id).ShouldBe(run.Framework.Fixtures, ignoreOrder: true);
        _whole.RootWindows.Where(window => window.Kind == WindowKind.Fixture).ShouldAllBe(window => window.CpuSeconds > 0.04);
        _whole.WindowOf("UsesWhatWasPrepared").CpuSeconds.ShouldBeLessThan(0.1);
    }

    protected static double JoulesPerCpuSecond(ReportWindow window) => window.Energy.Joules / window.CpuSeconds;

    protected static void ShouldBeConserved(FinishedRun finished)
    {
        var totals = finished.Report.Totals;
        ShouldBeConserved(finished.RootWindows.Sum(window => window.Energy.Joules), totals.UntrackedJoules, totals.EnergyJoules);
        ShouldBeConserved(totals.TrackedJoules, totals.UntrackedJoules, totals.EnergyJoules);
        ShouldBeConserved(finished.RootWindows.Sum(window => window.EmissionsGrams), totals.UntrackedGrams, totals.EmissionsGrams);
    }

    private static (string File, int Count) Attempts(string file)
    {
        using var attachment = JsonDocument.Parse(File.ReadAllText(file));
        return (file, attachment.RootElement.TryGetProperty("attempts", out var attempts) ? attempts.GetProperty("count").GetInt32() : 1);
    }

    private static void ShouldBeConserved(double part, double otherPart, double whole) =>
        (part + otherPart).ShouldBe(whole, Math.Abs(whole) * 1e-9);

    [GeneratedRegex(@"\d ?([uµmk]?J|MJ|[mk]?Wh)\b")]
    protected static partial Regex Amount();
}
