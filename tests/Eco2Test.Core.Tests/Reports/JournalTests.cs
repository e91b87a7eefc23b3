using System.Text;
using Eco2Test.Core.Tests.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

public sealed class JournalTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeRun _run = new();

    [Fact]
    public void What_is_written_a_line_at_a_time_is_read_as_a_report()
    {
        _run.Run.Notice("ECO2999", "Something to know.");
        var window = _run.Open("A", null, request => request with { Comparison = "models", Source = new ReportSource { File = "A.cs", Line = 7 } });
        window.Record("accuracy", 0.91);
        _run.Work(3, window);
        var closed = _run.Close(window);

        var report = _run.Report();

        report.Schema.ShouldBe(EmissionsReport.CurrentSchema);
        report.Run.ShouldBe(report.Run with { Id = "77.1", Project = "Shop.Tests", TargetFramework = "net10.0", Configuration = "Release", Kind = "test", Ci = "github", Commit = "abc", Branch = "main", PullRequest = 42, DurationSeconds = 3 });
        report.Notices.Single().ShouldBe(new ReportNotice { Code = "ECO2999", Message = "Something to know." });
        var read = report.Windows.Single();
        read.Metrics.ShouldBe(closed.Window.Metrics);
        (read with { Metrics = closed.Window.Metrics, Categories = closed.Window.Categories }).ShouldBe(closed.Window);
        report.Intensities.Single().ShouldBe(closed.Intensity);
        report.Totals.TrackedJoules.ShouldBe(6, 1e-12);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void A_line_is_an_object_of_its_own()
    {
        _run.Test("A\nB\u2028C");

        File.ReadAllLines(_run.JournalPath).ShouldAllBe(line => line.StartsWith('{') && line.EndsWith('}'));
        File.ReadAllText(_run.JournalPath).ShouldEndWith("}\n");
    }

    [Fact]
    public void A_journal_that_is_cut_off_anywhere_is_read_up_to_its_last_complete_books_or_says_that_it_is_none()
    {
        var parent = _run.Open("Parent");
        _run.Work(1);
        var child = _run.Open("Child", parent);
        var other = _run.Open("Other", null, request => request with { Region = "DE" });
        _run.Work(2);
        _run.Run.Sample(journal: true);
        _run.Work(1);
        _run.Close(child);
        _run.Close(other);
        _run.Work(1);
        _run.Test("Short");
        _run.Close(parent);
        _run.Work(1);
        _run.Run.Sample(journal: true);
        var journal = File.ReadAllBytes(_run.JournalPath);
        var lines = Lines(journal);

        // Every byte of the last two lines (a window and the books) and of one window in the middle; every seventh of the rest.
        var (reports, faults) = (0, 0);
        for (var length = 0; length <= journal.Length; length += length >= lines[^3] || length % 7 == 0 ? 1 : 7 - (length % 7))
        {
            try
            {
                FakeRun.ShouldBeConserved(Read(journal.AsSpan(0, length)));
                reports++;
            }
            catch (FormatException)
            {
                reports.ShouldBe(0, "once there are books they stay");
                faults++;
            }
        }

        reports.ShouldBeGreaterThan(100);
        faults.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_window_whose_books_are_cut_off_has_all_that_it_used()
    {
        var window = _run.Open("A");
        _run.Work(1, window);
        _run.Run.Sample(journal: true);
        _run.Work(1);
        _run.Close(window);
        var journal = File.ReadAllBytes(_run.JournalPath);

        var report = Read(journal.AsSpan(0, Lines(journal)[^1]));

        report.Windows.Single().Quality.ShouldBe(MeasurementQuality.Ok);
        report.Windows.Single().Energy.Joules.ShouldBe(4 - 0.04, 1e-12, "without the host's hundredth of a CPU for two seconds");
        report.Notices.Single().Code.ShouldBe("ECO2024");
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void A_window_that_no_books_know_is_in_the_report_all_the_same()
    {
        _run.Run.Sample(journal: true);
        _run.Test("A");
        var journal = File.ReadAllBytes(_run.JournalPath);

        var report = Read(journal.AsSpan(0, Lines(journal)[^1]));

        report.Windows.Single().Energy.Joules.ShouldBe(2, 1e-12);
        report.Notices.Single().Message.ShouldContain("untracked energy of the last second");
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void A_journal_whose_last_line_is_cut_off_says_that_something_is_missing()
    {
        _run.Test("A");
        _run.Test("B");
        var journal = File.ReadAllBytes(_run.JournalPath);
        _run.Report().Notices.ShouldBeEmpty();

        // Within the line of B's window: A and its books are whole.
        var report = Read(journal.AsSpan(0, Lines(journal)[^2] + 40));

        report.Windows.Single().Id.ShouldBe("A");
        report.Notices.Single().Code.ShouldBe("ECO2024");
        report.Notices.Single().Message.ShouldContain("ends within a line");
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void A_folder_that_was_removed_is_made_anew_with_all_that_was_written()
    {
        var journal = new Journal(new ResultsFolder(_folder["results"]), "run");
        journal.Add(Notice("first"));
        journal.Flush();
        journal.Restore();
        Directory.Delete(_folder["results"], recursive: true);

        journal.Restore();
        journal.Add(Notice("second"));
        journal.Flush();

        File.ReadLines(_folder["results/run.eco2test.journal"]).Select(line => ReportJson.ReadEntry(line)!.Notice!.Message).ShouldBe(["first", "second"]);
    }

    [Fact]
    public void A_journal_that_alone_was_removed_is_not_made_anew()
    {
        var journal = new Journal(new ResultsFolder(_folder["results"]), "run");
        journal.Add(Notice("first"));
        journal.Flush();
        File.Delete(_folder["results/run.eco2test.journal"]);

        journal.Restore();
        journal.Flush();

        Directory.GetFiles(_folder["results"]).ShouldBeEmpty("whoever made the report removed it");
    }

    [Fact]
    public void A_removed_folder_that_cannot_be_made_again_is_a_fault_and_nothing_is_lost()
    {
        var journal = new Journal(new ResultsFolder(_folder["results"]), "run");
        journal.Add(Notice("first"));
        journal.Flush();
        Directory.Delete(_folder["results"], recursive: true);
        _folder.Write("results", "a file where the folder should be");

        journal.Restore();
        journal.Fault.ShouldNotBeNull().ShouldContain(_folder["results"]);
        File.Delete(_folder["results"]);
        journal.Restore();
        journal.Add(Notice("second"));
        journal.Flush();

        journal.Fault.ShouldBeNull();
        File.ReadLines(_folder["results/run.eco2test.journal"]).Select(line => ReportJson.ReadEntry(line)!.Notice!.Message).ShouldBe(["first", "second"]);
    }

    [Fact]
    public void A_journal_that_was_closed_takes_nothing_more()
    {
        var journal = new Journal(new ResultsFolder(_folder), "run");
        journal.Close().ShouldBeNull("nothing was written");
        journal.Add(Notice("late"));
        journal.Flush();

        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void What_closed_inside_a_window_that_left_no_line_stands_by_itself()
    {
        _run.Run.Sample(journal: true);
        var lost = _run.Open("Lost");
        _run.Work(1);
        _run.Close(_run.Open("Inside", lost));
        var inside = _run.Open("Inside and working", lost);
        _run.Work(3, inside);
        _run.Close(inside);

        var report = _run.Report();

        report.Windows.Select(window => window.Id).ShouldBe(["Inside", "Inside and working"]);
        report.Windows.ShouldAllBe(window => window.Parent == null);
        report.Totals.TrackedJoules.ShouldBe(6, 1e-12);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void What_closes_while_its_parent_is_open_is_in_the_parent_too()
    {
        var parent = _run.Open("Parent");
        _run.Work(1, parent);
        _run.Run.Sample(journal: true);
        var child = _run.Open("Child", parent);
        _run.Work(3, child);
        _run.Close(child);

        var report = _run.Report();

        report.Windows.Single(window => window.Id == "Parent").Energy.Joules.ShouldBe(8, 1e-12);
        report.Totals.EnergyJoules.ShouldBe(2 + 6 + 2, 1e-12, "the parent's own second, the child's three, and an idle second; idle of the last three is lost");
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void Fields_and_lines_that_this_version_does_not_know_are_passed_over()
    {
        _run.Test("A");
        var lines = File.ReadAllText(_run.JournalPath)
            .Replace("{\"header\":{", "{\"future\":[1,{\"x\":null}],\"header\":{\"also\":true,", StringComparison.Ordinal)
            .Replace("\"quality\":", "\"rating\":\"A+\",\"quality\":", StringComparison.Ordinal);

        var report = JournalReader.Read(new StringReader("\n" + lines + "{\"heartbeat\":1}\n\n"));

        report.Windows.Single().Id.ShouldBe("A");
        FakeRun.ShouldBeConserved(report);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null\n[]\n{}\n42\n")]
    [InlineData("{\"notice\":{\"code\":\"ECO2010\",\"message\":\"alone\"}}")]
    public void What_has_no_header_or_no_books_is_no_journal(string text) =>
        Should.Throw<FormatException>(() => JournalReader.Read(new StringReader(text))).Message
            .ShouldBe("it is not a journal of schema 'eco2test-journal/v1': its header or its totals are missing");

    [Fact]
    public void A_journal_of_another_schema_is_not_read_as_this_one()
    {
        _run.Test("A");
        var other = File.ReadAllText(_run.JournalPath).Replace("eco2test-journal/v1", "eco2test-journal/v2", StringComparison.Ordinal);

        Should.Throw<FormatException>(() => JournalReader.Read(new StringReader(other)));
    }

    [Fact]
    public void A_journal_is_read_while_its_process_still_writes()
    {
        var window = _run.Open("A");
        _run.Run.Sample(journal: true);
        _run.Report().Windows.Single().Outcome.ShouldBe(TestOutcome.Unknown);

        _run.Close(window);

        _run.Report().Windows.Single().Outcome.ShouldBe(TestOutcome.Passed);
    }

    [Fact]
    public void A_name_that_is_no_valid_text_stops_no_journal()
    {
        _run.Test("lone \uD800 surrogate");
        _run.Test("B");

        _run.Run.JournalFault.ShouldBeNull();
        _run.Report().Windows.Select(window => window.Id).ShouldBe(["lone \uFFFD surrogate", "B"]);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_fault_that_names_it_and_its_remedy_and_nothing_is_lost()
    {
        _folder.Write("results", "a file where the folder should be");
        var journal = new Journal(new ResultsFolder(_folder["results"]), "run");
        journal.Add(Notice("first"));

        journal.Flush();
        journal.Add(Notice("second"));
        journal.Flush();

        journal.Fault.ShouldNotBeNull();
        journal.Fault.ShouldContain($"The journal in '{_folder["results"]}' cannot be written");
        journal.Fault.ShouldContain("Set ECO2TEST_RESULTS");
        journal.FaultForReport.ShouldNotBeNull().ShouldStartWith("The journal cannot be written: ");
        journal.FaultForReport.ShouldNotContain(Path.GetDirectoryName(_folder["results"])!, Case.Sensitive, "reports hold no path");

        File.Delete(_folder["results"]);
        journal.Add(Notice("third"));
        journal.Flush();

        (journal.Fault, journal.FaultForReport).ShouldBe((null, null));
        File.ReadLines(_folder["results/run.eco2test.journal"]).Select(line => ReportJson.ReadEntry(line)!.Notice!.Message).ShouldBe(["first", "second", "third"]);
    }

    [Fact]
    public void A_journal_that_exists_is_not_continued()
    {
        _folder.Write("run.eco2test.journal", "another's");
        var journal = new Journal(new ResultsFolder(_folder), "run");
        journal.Add(Notice("mine"));

        journal.Flush();

        journal.Fault.ShouldNotBeNull();
        File.ReadAllText(_folder["run.eco2test.journal"]).ShouldBe("another's");
    }

    public void Dispose()
    {
        _run.Dispose();
        _folder.Dispose();
    }

    private static JournalEntry Notice(string message) => new() { Notice = new ReportNotice { Code = "ECO2999", Message = message } };

    private static EmissionsReport Read(ReadOnlySpan<byte> journal) => JournalReader.Read(new StringReader(Encoding.UTF8.GetString(journal)));

    /// <summary>Where each line begins.</summary>
    private static List<int> Lines(byte[] journal) =>
        [0, .. Enumerable.Range(1, journal.Length - 1).Where(i => journal[i - 1] == '\n' && i < journal.Length)];
}
