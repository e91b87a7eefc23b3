using Eco2Test.Reports;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What one <c>dotnet test</c> left behind.</summary>
public sealed class FinishedRun
{
    private readonly Lazy<Trx> _trx;
    private readonly Lazy<EmissionsReport> _report;

    private FinishedRun(CommandResult command, string folder, string report)
    {
        (Command, Folder) = (command, folder);
        _trx = new(() => Directory.Exists(folder) ? Trx.ReadOnlyOneIn(folder) : throw new InvalidOperationException($"no test ran: {command}"));
        _report = new(() => File.Exists(report) ? ReportJson.Read(File.ReadAllText(report)) : throw new InvalidOperationException($"there is no report: {command}"));
    }

    public CommandResult Command { get; }

    public string Folder { get; }

    public Trx Trx => _trx.Value;

    public EmissionsReport Report => _report.Value;

    public IReadOnlyList<ReportWindow> RootWindows => [.. Report.Windows.Where(window => window.Parent is null)];

    /// <summary>What ran; where the run left a journal and no report, the tool makes it, as it would for the user.</summary>
    public static async Task<FinishedRun> OfAsync(CommandResult command, string folder, Workspace workspace)
    {
        var report = Path.Combine(folder, "Suite_net10.0.eco2test.json");
        if (!File.Exists(report) && Directory.Exists(folder) && Directory.GetFiles(folder, "*.eco2test.journal") is [var journal])
        {
            var made = workspace.PathOf("from-journal", Path.GetFileName(folder));
            var tool = await workspace.DotnetAsync([await PackedTool.GetAsync(), "report", journal, "--format", "json", "--out", made]);
            report = tool.ExitCode == 0 ? Directory.GetFiles(made).Single() : throw new InvalidOperationException($"the report could not be made of the journal: {tool}");
        }

        return new(command, folder, report);
    }

    /// <summary>The windows of a method: one, or one per row.</summary>
    public IReadOnlyList<ReportWindow> WindowsOf(string method) => [.. Report.Windows.Where(window => TestNames.MethodOf(window.Id) == method)];

    public ReportWindow WindowOf(string method) =>
        WindowsOf(method).ShouldHaveSingleItem($"windows of '{method}', among {string.Join(", ", Report.Windows.Select(window => window.Id).Take(100))}");
}
