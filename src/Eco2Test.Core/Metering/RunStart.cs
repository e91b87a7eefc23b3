using System.Reflection;
using Eco2Test.Hardware;
using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>How a run comes to be on the real machine: by whom it is started, and what it reads of machine, environment and build.</summary>
internal static class RunStart
{
    /// <summary>The run of a test host, for the tests of an assembly.</summary>
    /// <remarks>A region that is none is a problem of the tests that declare it, not of the run.</remarks>
    public static TrackingRun OfTests(Assembly assembly) => OfThisProcess(assembly, "test", Ambient.TableOf(assembly)?.CommonRegion);

    /// <summary>The run of a program that starts windows itself.</summary>
    public static TrackingRun OfThisProgram()
    {
        var run = OfThisProcess(Assembly.GetEntryAssembly() ?? typeof(RunStart).Assembly, "program", null);
        ProgramReport.WriteAtExitOf(run);
        return run;
    }

    /// <summary>The run of a process that somebody else works in, this one included: all that it spends is of the windows that are open.</summary>
    /// <param name="identity">Whose run it is.</param>
    /// <param name="settings">What is asked for; nothing is written where they keep no journal.</param>
    /// <param name="processId">The number of the process.</param>
    /// <param name="clock">Its clock, where somebody has one already.</param>
    public static TrackingRun Watching(RunIdentity identity, RunSettings settings, int processId, IProcessClock? clock = null)
    {
        var environment = EnvironmentVariables.OfThisProcess;
        return new TrackingRun(identity, settings, CiContext.Read(environment), Machine(settings).Watching(processId, clock), TimeProvider.System, sampling: true);
    }

    /// <summary>The run of a node of a build, which is this process, for the projects on it.</summary>
    public static (TrackingRun Run, NodeClock Clock) OfNode(RunIdentity identity, RunSettings settings)
    {
        var machine = Machine(settings);
        var server = CompilerServerClock.OfThisMachine();
        var clock = new NodeClock(machine.Clock, server is null ? null : server.Read, CompilerSpans.OfThisMachine(TimeProvider.System));
        var run = new TrackingRun(
            identity, settings, CiContext.Read(EnvironmentVariables.OfThisProcess), machine with { Clock = clock, BackgroundShare = 0 }, TimeProvider.System, sampling: true);
        return (run, clock);
    }

    /// <summary>A build, or a command, of which all processes are looked at.</summary>
    public static BuildRun OfBuild(BuildRunOptions options)
    {
        var environment = EnvironmentVariables.OfThisProcess;
        var watch = BuildProcessWatch.OfThisMachine(options, TimeProvider.System);
        var machine = Machine(options.Settings).Watching(options.ProcessId, watch.Clock) with { Clock = watch.Clock, IsOfLowPriority = RunMachine.HasLowPriority() };
        var run = new TrackingRun(
            new RunIdentity(options.Name, null, options.Configuration, options.Kind), options.Settings with { RemembersJournal = true }, CiContext.Read(environment),
            BuildCommandLine.IsServer(watch.CommandLine(options.ProcessId)) ? machine with { AlreadyRunning = TimeSpan.Zero } : machine,
            TimeProvider.System, sampling: false);
        return new BuildRun(options, watch, run, environment, isSampling: true);
    }

    /// <summary>The devices of this machine, without a run.</summary>
    public static IReadOnlyList<AvailableDevice> DevicesOfThisMachine()
    {
        var machine = Machine(RunSettings.Read(EnvironmentVariables.OfThisProcess, RunIdentity.BuildProperties(Assembly.GetEntryAssembly() ?? typeof(RunStart).Assembly)));
        try
        {
            return RunDescription.Devices(machine);
        }
        finally
        {
            machine.Sensors.Close();
        }
    }

    private static TrackingRun OfThisProcess(Assembly assembly, string kind, string? declaredRegion)
    {
        var warmUp = RunWarmUp.Begin(TimeProvider.System);
        var environment = Ambient.Host?.Over(EnvironmentVariables.OfThisProcess) ?? EnvironmentVariables.OfThisProcess;
        var settings = RunSettings.Read(environment, RunIdentity.BuildProperties(assembly));
        settings = settings with { Region = settings.Region ?? (declaredRegion is not null && settings.Regions.Find(declaredRegion) is not null ? declaredRegion : null) };
        var (identity, ci) = (RunIdentity.Of(assembly, kind), CiContext.Read(EnvironmentVariables.OfThisProcess));
        var machine = Machine(settings);
        if (Ambient.HasEndedRun)
        {
            machine = machine with { AlreadyRunning = TimeSpan.Zero, IsLater = true };
        }

        return new TrackingRun(identity, settings, ci, machine, TimeProvider.System, sampling: true, warmUp);
    }

    private static RunMachine Machine(RunSettings settings) =>
        RunMachine.This(settings.CpuPower, EnvironmentVariables.OfThisProcess, TimeProvider.System, settings.CpuModel);
}
