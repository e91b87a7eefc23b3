using System.ComponentModel;
using System.Diagnostics;

namespace Eco2Test.Sensors;

/// <summary>
/// What .NET gives on every system: processes by their names. Nobody says there who started whom, so that those with a name
/// that builds have and a start after that of the root count as its children, other builds' included. Of processes that were
/// there before, only a compiler server is known by its name; a node is not.
/// </summary>
/// <param name="root">The number of the process that the build was started as.</param>
internal sealed class PortableProcessTable(int root) : IProcessTable
{
    private static readonly string[] Names = ["dotnet", "MSBuild", "VBCSCompiler", "csc", "vbc", "fsc", "testhost", "vstest.console"];

    private readonly Dictionary<int, Process> _followed = [];
    private readonly Dictionary<int, string> _names = [];
    private long _rootStarted = long.MaxValue;

    public bool SeesTrees => false;

    /// <summary>The list of all processes is made as a whole or not at all here: children that are new are found when all is looked for.</summary>
    public IReadOnlyList<ProcessReading> Read(bool lookForAll)
    {
        var readings = new List<ProcessReading>();
        foreach (var process in _followed.Values)
        {
            if (Reading(process) is { } reading)
            {
                readings.Add(reading);
            }
        }

        if (lookForAll)
        {
            AddAll(readings);
        }

        return readings;
    }

    public void Follow(IReadOnlyCollection<int> processes)
    {
        foreach (var (number, process) in _followed)
        {
            if (!processes.Contains(number))
            {
                process.Dispose();
                _followed.Remove(number);
            }
        }

        foreach (var number in processes)
        {
            if (!_followed.ContainsKey(number) && Find(number) is { } process)
            {
                _followed.Add(number, process);
            }
        }
    }

    /// <summary>The name only.</summary>
    public IReadOnlyList<string> CommandLine(int processId) => _names.TryGetValue(processId, out var name) ? [name] : [];

    public void Dispose() => Follow([]);

    private void AddAll(List<ProcessReading> readings)
    {
        _names.Clear();
        foreach (var process in List())
        {
            using (process)
            {
                if (NameOf(process) is not { } name || (process.Id != root && !Names.Contains(name, StringComparer.OrdinalIgnoreCase)))
                {
                    continue;
                }

                _names[process.Id] = name;
                if (!_followed.ContainsKey(process.Id) && Reading(process) is { } reading)
                {
                    readings.Add(reading);
                }
            }
        }

        // The root's start is known when it has been read, wherever it stood in the list.
        for (var i = 0; i < readings.Count; i++)
        {
            readings[i] = readings[i] with { Parent = ParentOf(readings[i].Id, readings[i].Started) };
        }
    }

    private ProcessReading? Reading(Process process)
    {
        try
        {
            process.Refresh();
            if (process.HasExited)
            {
                return null;
            }

            var started = process.StartTime.ToUniversalTime().Ticks;
            _rootStarted = process.Id == root ? started : _rootStarted;
            return new ProcessReading(process.Id, started, ParentOf(process.Id, started), process.TotalProcessorTime, TimeSpan.Zero, process.WorkingSet64);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It has ended meanwhile, or is none that this user may look at.
            return null;
        }
    }

    private int ParentOf(int process, long started) => process != root && started > _rootStarted ? root : 0;

    private static Process[] List()
    {
        try
        {
            return Process.GetProcesses();
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return [];
        }
    }

    private static Process? Find(int number)
    {
        try
        {
            return Process.GetProcessById(number);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static string? NameOf(Process process)
    {
        try
        {
            return process.ProcessName;
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return null;
        }
    }
}
