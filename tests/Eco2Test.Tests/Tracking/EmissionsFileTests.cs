using System.Diagnostics;
using System.Text;
using Eco2Test.Core.Tests;
using Eco2Test.Reporting;

namespace Eco2Test.Tests.Tracking;

/// <summary>The file that several programs append to, and what they leave when they are killed.</summary>
public sealed class EmissionsFileTests : IDisposable
{
    private const string Header = Eco2AiRow.Header;
    private const string Row = "id,p,e,N/A,2026-01-01 00:00:00,1.0,0.5,0.25,cpu,gpu,Linux,FR,0";

    private readonly TempFolder _folder = new();

    private string FilePath => _folder["deep/emission.csv"];

    [Fact]
    public void A_file_begins_with_its_header_and_grows_at_its_end_only()
    {
        var file = new EmissionsFile(FilePath);
        file.Append(Header, [Row]);
        var before = File.ReadAllText(FilePath);
        file.Append(Header, [Row, Row]);
        new EmissionsFile(FilePath).Append(Header, [Row]);

        before.ShouldBe($"{Header}\n{Row}\n");
        File.ReadAllText(FilePath).ShouldBe($"{before}{Row}\n{Row}\n{Row}\n");
    }

    [Fact]
    public void A_row_that_a_killed_writer_left_is_never_merged_with_ours_wherever_it_was_cut()
    {
        var cutRow = "id,\"a, \"\"quoted\"\"\nproject\",e,N/A,2026-01-01 00:00:00,1.0,0.5,0.25,cpu,gpu,Linux,FR,0\n";
        for (var cut = 1; cut <= cutRow.Length; cut++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            File.WriteAllText(FilePath, $"{Header}\n{Row}\n{cutRow[..cut]}");

            var file = new EmissionsFile(FilePath);
            file.Append(Header, [Row]);
            file.Append(Header, [Row]);

            var records = CsvText.Records(File.ReadAllText(FilePath)).ToList();
            records.TakeLast(2).ShouldAllBe(record => string.Join(',', record.Fields) == Row, $"cut after {cut}");

            // With all of its fields but the last, which is empty then, it is a row.
            EmissionsSummary.Of(File.ReadAllText(FilePath)).All.Rows.ShouldBe(cut >= cutRow.Length - 2 ? 4 : 3, $"cut after {cut}");
        }
    }

    [Fact]
    public void Lines_end_as_those_of_the_file_do()
    {
        File.WriteAllText(_folder["w.csv"], $"\uFEFF{Header}\r\n{Row}\r\n", Encoding.UTF8);

        new EmissionsFile(_folder["w.csv"]).Append(Header, [Row]);

        File.ReadAllText(_folder["w.csv"]).ShouldEndWith($"{Row}\r\n{Row}\r\n");
    }

    [Theory]
    [InlineData("timestamp,project_name\n")]
    [InlineData("no line end")]
    [InlineData("\n")]
    public void A_file_of_something_else_is_not_touched(string text)
    {
        File.WriteAllText(_folder["x.csv"], text);

        Should.Throw<FormatException>(() => new EmissionsFile(_folder["x.csv"]).Append(Header, [Row])).Message.ShouldContain("other columns");
        File.ReadAllText(_folder["x.csv"]).ShouldBe(text);
    }

    [Fact]
    public void A_file_that_another_process_keeps_is_waited_for_and_then_said()
    {
        var file = new EmissionsFile(FilePath, patience: TimeSpan.Zero);
        file.Append(Header, [Row]);
        using (new FileStream(FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Should.Throw<IOException>(() => file.Append(Header, [Row]));
        }

        file.Append(Header, [Row]);
        File.ReadAllLines(FilePath).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Four_processes_that_write_thirty_rows_each_to_one_file_give_all_of_them()
    {
        const int Processes = 4;
        const int Epochs = 29;
        var programs = Enumerable.Range(0, Processes).Select(_ => Start(Epochs)).ToList();
        foreach (var program in programs)
        {
            await program.WaitForExitAsync();
            program.ExitCode.ShouldBe(0);
            program.Dispose();
        }

        var records = CsvText.Records(File.ReadAllText(FilePath)).ToList();
        records.Count.ShouldBe(1 + (Processes * 30), "one header, and thirty rows of each: its epochs, and what is in none");
        records.ShouldAllBe(record => record.Fields.Count == 13);
        records.Skip(1).GroupBy(record => record.Fields[0]).ShouldAllBe(tracker => tracker.Count() == 30);
        var summary = EmissionsTracker.Summary(FilePath);
        summary.Skipped.ShouldBeEmpty();
        (summary.All.Rows, summary.Projects.Single().Name).ShouldBe((120, "shared"));
    }

    public void Dispose() => _folder.Dispose();

    private Process Start(int epochs)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Eco2Test.DoomedProgram.dll"), "tracker", "0", FilePath, $"{epochs}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["ECO2TEST_RESULTS"] = _folder["results"];
        start.Environment["ECO2TEST_REGION"] = "FR";
        return Process.Start(start)!;
    }
}
