using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

/// <summary>A process that opens and closes windows with the real clocks and sensors, to be killed; what it said it had closed is known.</summary>
internal sealed class DoomedRun : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _said = [];

    private DoomedRun(ProcessStartInfo start, string? folder = null, Action<string>? prepare = null)
    {
        Folder = folder ?? _temp["results"];
        prepare?.Invoke(Folder);
        start.RedirectStandardOutput = true;
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("ECO2TEST_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        start.Environment["ECO2TEST_RESULTS"] = Folder;
        start.Environment["ECO2TEST_REGION"] = "FR";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } said)
            {
                _lines.Writer.TryWrite(said);
            }
            else
            {
                _lines.Writer.Complete();
            }
        };
        _process.BeginOutputReadLine();
    }

    /// <summary>Where its journal is; gone after the test.</summary>
    public string Folder { get; }

    /// <summary>The windows that it said it had closed, with their joules.</summary>
    public IReadOnlyList<(string Id, double Joules)> Closed =>
        [.. Said("closed ").Select(line => line.Split('|')).Select(parts => (parts[0], Number(parts[1])))];

    /// <summary>How many of very many windows it said it had closed, and after how many seconds.</summary>
    public IReadOnlyList<(double Windows, double Seconds)> Counted =>
        [.. Said("counted ").Select(line => line.Split('|')).Select(parts => (Number(parts[0]), Number(parts[1])))];

    /// <summary>The CPU seconds that it said it had used.</summary>
    public IReadOnlyList<double> Spent => [.. Said("spent ").Select(Number)];

    /// <summary>A process that works until it is killed, or for that long, in a folder of its own or in one that is given.</summary>
    public static DoomedRun Start(string work, int? milliseconds = null, string? folder = null) =>
        new(new ProcessStartInfo("dotnet", Arguments(work, milliseconds)), folder);

    /// <summary>As above; what is done to the place of its folder comes before.</summary>
    public static DoomedRun Start(string work, int milliseconds, Action<string> prepare) =>
        new(new ProcessStartInfo("dotnet", Arguments(work, milliseconds)), prepare: prepare);

    /// <summary>A process that closes so many windows, on a disk that is full once a file has that many blocks of 512 bytes.</summary>
    public static DoomedRun StartOnFullDisk(int windows, int blocks) => new(new ProcessStartInfo(
        "sh", ["-c", $"ulimit -f {blocks}; trap '' XFSZ; exec dotnet \"$@\"", "sh", .. Arguments("counted", 0), windows.ToString(CultureInfo.InvariantCulture)])
    {
        // The run-time keeps its code in a file that would be too large.
        Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
    });

    /// <summary>Waits until it has said something.</summary>
    public async Task FirstWordAsync() => _said.Add(await _lines.Reader.ReadAsync());

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return EndAsync();
    }

    /// <summary>Waits for its end, and for all that it said.</summary>
    public async Task<int> EndAsync()
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            _said.Add(line);
        }

        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>The only journal in its folder.</summary>
    public string Journal => Directory.GetFiles(Folder, "*" + ResultsFolder.JournalExtension).ShouldHaveSingleItem();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _temp.Dispose();
    }

    private static string[] Arguments(string work, int? milliseconds) =>
        [Path.Combine(AppContext.BaseDirectory, "Eco2Test.DoomedProgram.dll"), work, .. milliseconds is { } ms ? [ms.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>()];

    private IEnumerable<string> Said(string word) => _said.Where(line => line.StartsWith(word, StringComparison.Ordinal)).Select(line => line[word.Length..]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
