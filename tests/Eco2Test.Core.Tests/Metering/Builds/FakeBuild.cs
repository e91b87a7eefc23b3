using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Metering.Builds;

/// <summary>A build on a machine that stands still until a test moves it: a CPU second is two joules.</summary>
internal sealed class FakeBuild : IDisposable
{
    public const int Entry = 100;
    public const int Node = 200;
    public const int Compiler = 300;

    private readonly TempFolder _folder = new();
    private readonly FakeMachine _machine = new();

    public FakeBuild(string entry = "dotnet build Shop.slnx", double entryBefore = 0, bool samplesFile = false, params (string, string)[] environment)
    {
        Processes.Start(Entry, 1, entry, entryBefore);
        var options = new BuildRunOptions
        {
            Name = "Shop.slnx",
            ProcessId = Entry,
            Root = "/repo",
            Settings = new RunSettings { Region = "FR", ResultsFolder = _folder, RemembersJournal = true },
            SamplesFile = samplesFile ? SamplesPath : null,
        };
        var watch = new BuildProcessWatch(Processes, null, Entry, new BuildClock(_machine, isThisProcess: false), _machine);
        var run = new TrackingRun(
            new RunIdentity("Shop.slnx", null, "Release", "build"), options.Settings, new CiContext(null, null, null, null, null),
            FakeMachine.Describe(watch.Clock) with { ProcessId = Entry, BackgroundShare = 0 }, _machine, sampling: false);
        Run = new BuildRun(options, watch, run, new EnvironmentVariables(name => environment.FirstOrDefault(one => one.Item1 == name).Item2), isSampling: false);
        Start = _machine.GetUtcNow();
    }

    public MadeUpProcesses Processes { get; } = new();

    public BuildRun Run { get; }

    public DateTimeOffset Start { get; }

    public string SamplesPath => _folder["build.eco2test.samples"];

    public string JournalPath => Directory.GetFiles(_folder, "*" + ResultsFolder.JournalExtension).Single();

    /// <summary>Time passes in steps of 50 ms, with a sample after each, and processes are busy.</summary>
    public void Pass(int milliseconds, params int[] busy)
    {
        for (var passed = 0; passed < milliseconds; passed += 50)
        {
            foreach (var process in busy)
            {
                Processes.Work(process, 0.05);
            }

            _machine.Idle(0.05);
            Run.Sample(journal: passed % 1000 == 0);
        }
    }

    /// <summary>A step, in milliseconds since the start.</summary>
    public void Step(BuildStepKind kind, int from, int to, string project, string? target = null, string? task = null, int node = 1, bool succeeded = true) => Run.Add(new BuildStep
    {
        Kind = kind,
        Node = node,
        Context = node,
        ProjectFile = $"/repo/src/{project}.csproj",
        Target = target,
        Task = task,
        StartedAt = Start.AddMilliseconds(from),
        EndedAt = Start.AddMilliseconds(to),
        Succeeded = succeeded,
    });

    public void Dispose()
    {
        Run.Dispose();
        _folder.Dispose();
    }
}
