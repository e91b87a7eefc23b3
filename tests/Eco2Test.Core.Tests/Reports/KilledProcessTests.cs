using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

/// <summary>Real processes that are killed at moments that nobody chose.</summary>
[Collection(RealClocks.Name)]
public sealed class KilledProcessTests
{
    [Theory]
    [InlineData("sequential", 5, 600)]
    [InlineData("nested", 6, 600)]
    [InlineData("parallel", 5, 900)]
    public async Task A_run_that_is_killed_has_lost_none_of_the_windows_that_closed(string work, int kills, int longest)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            using var run = DoomedRun.Start(work);
            await run.FirstWordAsync();
            await Task.Delay(Random.Shared.Next(longest));
            await run.KillAsync();

            var report = JournalReader.Read(run.Journal);

            run.Closed.ShouldNotBeEmpty();
            foreach (var (id, joules) in run.Closed)
            {
                var window = report.Windows.Where(window => window.Id == id).ShouldHaveSingleItem();
                window.Energy.Joules.ShouldBe(joules);
                window.Quality.ShouldNotBe(MeasurementQuality.Incomplete);
            }

            ShouldBeWhole(report);
        }
    }

    [Fact]
    public async Task What_was_open_in_a_run_that_is_killed_lacks_a_second_at_most_and_is_said_to_be_incomplete()
    {
        for (var kill = 0; kill < 3; kill++)
        {
            using var run = DoomedRun.Start("open");
            await run.FirstWordAsync();
            await Task.Delay(Random.Shared.Next(1_200, 2_500));
            await run.KillAsync();

            var report = JournalReader.Read(run.Journal);

            var window = report.Windows.ShouldHaveSingleItem();
            window.Quality.ShouldBe(MeasurementQuality.Incomplete);
            window.CpuSeconds.ShouldBeGreaterThan(run.Spent[^1] - run.Spent[0] - 1.3, "a second, and the work in which it was said");
            report.Notices.ShouldContain(notice => notice.Code == "ECO2024" && notice.Message.Contains("1 window was open"));
            ShouldBeWhole(report);
        }
    }

    [Fact]
    public async Task Of_very_many_windows_a_run_that_is_killed_has_lost_those_of_a_second_at_most()
    {
        for (var kill = 0; kill < 2; kill++)
        {
            using var run = DoomedRun.Start("many");
            await run.FirstWordAsync();
            await Task.Delay(Random.Shared.Next(2_500, 4_000));
            await run.KillAsync();

            var report = JournalReader.Read(run.Journal);

            // A second, and what a busy machine lets the thread wait that closes the books.
            var before = run.Counted[^1].Seconds - 2;
            var closed = run.Counted.Where(counted => counted.Seconds <= before).Select(counted => counted.Windows).LastOrDefault();
            report.Windows.Count.ShouldBeLessThanOrEqualTo(10_000 + 2, "the first of them, their sum, and one that was open");
            ((double)report.Windows.Sum(window => window.Count)).ShouldBeGreaterThanOrEqualTo(closed);
            ShouldBeWhole(report);
        }
    }

    [Fact]
    public async Task The_report_of_a_program_is_there_when_it_has_ended_and_its_journal_is_not()
    {
        using var run = DoomedRun.Start("nested", 300);

        (await run.EndAsync()).ShouldBe(0);

        var report = ReadOnlyReport(run.Folder);
        report.Run.Kind.ShouldBe("program");
        report.Windows.Select(window => window.Id).ShouldBe(run.Closed.Select(closed => closed.Id), ignoreOrder: true);
        report.Notices.ShouldNotContain(notice => notice.Code == "ECO2024");
        Directory.GetFiles(run.Folder).ShouldHaveSingleItem();
        ShouldBeWhole(report);
    }

    [Fact]
    public async Task The_next_start_makes_the_report_of_a_run_that_was_killed_and_keeps_its_hands_off_one_that_lives()
    {
        using var killed = DoomedRun.Start("sequential");
        await killed.FirstWordAsync();
        await killed.KillAsync();
        using var living = DoomedRun.Start("sequential", milliseconds: null, killed.Folder);
        await living.FirstWordAsync();
        using var next = DoomedRun.Start("sequential", 50, killed.Folder);

        (await next.EndAsync()).ShouldBe(0);

        var reports = Reports(killed.Folder);
        reports.Keys.ShouldContain("Eco2Test.DoomedProgram_net10.0.eco2test.json");
        reports.Count.ShouldBe(2);
        reports["Eco2Test.DoomedProgram_net10.0.eco2test.json"].Windows.Select(window => window.Id).ShouldBe(next.Closed.Select(closed => closed.Id));
        killed.Closed.Select(closed => closed.Id).ShouldBeSubsetOf(reports.Single(report => report.Key.EndsWith("Z.eco2test.json")).Value.Windows.Select(window => window.Id));
        var left = Directory.GetFiles(killed.Folder, "*" + ResultsFolder.JournalExtension).ShouldHaveSingleItem();
        await living.KillAsync();
        living.Closed.Select(closed => closed.Id).ShouldBeSubsetOf(JournalReader.Read(left).Windows.Select(window => window.Id));
    }

    [Fact]
    public async Task A_results_folder_that_is_removed_while_a_run_writes_is_made_anew_with_all_that_was_in_it()
    {
        using var run = DoomedRun.Start("sequential", 2_500);
        await run.FirstWordAsync();
        Directory.Delete(run.Folder, recursive: true);

        (await run.EndAsync()).ShouldBe(0);

        var report = ReadOnlyReport(run.Folder);
        report.Windows.Select(window => window.Id).ShouldBe(run.Closed.Select(closed => closed.Id));
        ShouldBeWhole(report);
    }

    [Fact]
    public async Task A_full_disk_ends_no_program_and_what_was_written_before_is_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit of a file's size stands for a full disk.");

        // 12 KiB hold less than 40 of their lines.
        using var run = DoomedRun.StartOnFullDisk(windows: 100, blocks: 24);

        (await run.EndAsync()).ShouldBe(0);

        // What fits into the journal may fit into the report, or not: then there is none, and the journal is kept.
        var file = Directory.GetFiles(run.Folder).ShouldHaveSingleItem();
        var report = file.EndsWith(ResultsFolder.JournalExtension) ? JournalReader.Read(file) : ReportJson.Read(File.ReadAllText(file));
        if (!file.EndsWith(ResultsFolder.JournalExtension))
        {
            report.Notices.ShouldContain(notice => notice.Code == "ECO2022" && notice.Message.EndsWith("What came after that is missing here."));
            report.Notices.ShouldAllBe(notice => !notice.Message.Contains(run.Folder), "a report tells nobody where it was made");
        }

        run.Closed.Count.ShouldBe(100, "the program went on as if nothing had happened");
        report.Windows.Count.ShouldBeInRange(1, 40);
        report.Windows.Select(window => window.Id).ShouldBe(run.Closed.Take(report.Windows.Count).Select(closed => closed.Id));
        ShouldBeWhole(report);
    }

    [Fact]
    public async Task A_file_where_the_results_folder_should_be_ends_no_program()
    {
        using var run = DoomedRun.Start("sequential", 200, folder => File.WriteAllText(folder, "a file"));

        (await run.EndAsync()).ShouldBe(0);

        run.Closed.ShouldNotBeEmpty();
        File.ReadAllText(run.Folder).ShouldBe("a file");
    }

    /// <summary>The first promise, within the rounding of a run on real clocks.</summary>
    private static void ShouldBeWhole(EmissionsReport report)
    {
        var (totals, roots) = (report.Totals, report.Windows.Where(window => window.Parent is null).ToList());
        (roots.Sum(root => root.Energy.Joules) + totals.UntrackedJoules).ShouldBe(totals.EnergyJoules, 1e-9 * totals.EnergyJoules);
        (totals.TrackedJoules + totals.UntrackedJoules).ShouldBe(totals.EnergyJoules, 1e-9 * totals.EnergyJoules);
        (roots.Sum(root => root.EmissionsGrams) + totals.UntrackedGrams).ShouldBe(totals.EmissionsGrams, 1e-9 * totals.EmissionsGrams);
        foreach (var window in report.Windows)
        {
            var inside = report.Windows.Where(other => other.Parent == window.Seq).Sum(other => other.Energy.Joules);
            (window.Energy.SelfJoules + inside).ShouldBe(window.Energy.Joules, 1e-9 * totals.EnergyJoules);
        }
    }

    private static EmissionsReport ReadOnlyReport(string folder) => Reports(folder).ShouldHaveSingleItem().Value;

    private static Dictionary<string, EmissionsReport> Reports(string folder) =>
        Directory.GetFiles(folder, "*" + ResultsFolder.ReportExtension).ToDictionary(file => Path.GetFileName(file), file => ReportJson.Read(File.ReadAllText(file)));
}
