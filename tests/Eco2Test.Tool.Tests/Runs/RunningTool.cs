using System.Diagnostics;
using System.Text;

namespace Eco2Test.Tool.Tests;

/// <summary>The command as a process of its own, in a folder of its own: signals, inherited output and exit codes are real.</summary>
internal sealed class RunningTool : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Timer _limit;
    private readonly StringBuilder _error = new();

    private RunningTool(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;

        // What hangs fails its own test, and not the whole run.
        _limit = new Timer(_ => _process.Kill(entireProcessTree: true), null, Longest, Timeout.InfiniteTimeSpan);
        _process.ErrorDataReceived += (_, line) => _error.AppendLine(line.Data);
        _process.BeginErrorReadLine();
        _process.StandardInput.Write("input of the command");
        _process.StandardInput.Close();
    }

    /// <summary>Starts <c>eco2test</c>; variables of this test run are not passed on.</summary>
    public static RunningTool Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

        // What runs these tests may ignore Ctrl+C, as whatever a script starts in the background does; programs inherit that, and shells cannot trap it then.
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : dotnet)
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("ECO2TEST_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        Array.ForEach(OperatingSystem.IsLinux() ? ["--default-signal=INT", dotnet] : Array.Empty<string>(), start.ArgumentList.Add);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Eco2Test.Tool.dll"));
        Array.ForEach(args, start.ArgumentList.Add);
        return new(start);
    }

    /// <summary>Runs to its end.</summary>
    public static ToolRun Run(string folder, params string[] args)
    {
        using var tool = Start(folder, null, args);
        return tool.End();
    }

    /// <summary>Waits until the command has written this line.</summary>
    public void WaitFor(string line)
    {
        while (_process.StandardOutput.ReadLine() is { } read && read != line)
        {
        }
    }

    /// <summary>Sends a signal to the tool alone, as <c>kill</c> and CI services do.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends without a chance to do anything.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    public ToolRun End()
    {
        var output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return new(_process.ExitCode, output, _error.ToString());
    }

    public void Dispose()
    {
        _limit.Dispose();
        _process.Dispose();
    }
}
