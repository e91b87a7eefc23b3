using System.Runtime.CompilerServices;
using Eco2Test.Hardware;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>
/// The logger that gives a build its energy: <c>dotnet build -logger:Eco2Test.MSBuild.Eco2TestLogger,path/Eco2Test.MSBuild.dll</c>.
/// It translates between MSBuild and a <see cref="LoggedBuild"/>; a fault of its own is a warning, never the outcome of a build.
/// </summary>
public sealed class Eco2TestLogger : INodeLogger
{
    private LoggedBuild? _build;
    private LoggerWithoutCore? _broken;

    static Eco2TestLogger() => CompiledAhead.Load();

    /// <inheritdoc/>
    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Normal;

    /// <inheritdoc/>
    public string? Parameters { get; set; }

    /// <inheritdoc/>
    public void Initialize(IEventSource eventSource) => Initialize(eventSource, nodeCount: 1);

    /// <inheritdoc/>
    public void Initialize(IEventSource eventSource, int nodeCount)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        try
        {
            Begin(eventSource, nodeCount);
        }
        catch (Exception fault) when (fault is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException)
        {
            _broken = new LoggerWithoutCore(Console.Out, fault.Message);
        }
    }

    /// <summary>Ends the build's account, and says what it was.</summary>
    /// <exception cref="LoggerException">The build is over its budget: from here, and only from here, MSBuild makes an exit code of it.</exception>
    public void Shutdown()
    {
        if (_broken is { } broken)
        {
            _broken = null;
            broken.End();
        }
        else
        {
            End();
        }
    }

    // Core is loaded when a method that names it is compiled: where it is missing, whoever calls that can still say so.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin(IEventSource eventSource, int nodeCount)
    {
        var build = new LoggedBuild(EnvironmentVariables.OfThisProcess, BuildTerminal.Of(Verbosity), nodeCount);
        _build = build;
        LoggerMark.Set();
        build.Begin(() => EntryCommand.Read(Environment.GetCommandLineArgs(), Environment.CurrentDirectory));
        eventSource.StatusEventRaised += (_, status) => build.Hear(status);
        eventSource.ProjectStarted += (_, project) => build.Hear(project);
        eventSource.ProjectFinished += (_, project) => build.Hear(project);
        eventSource.TargetStarted += (_, target) => build.Hear(target);
        eventSource.TargetFinished += (_, target) => build.Hear(target);
        eventSource.TaskStarted += (_, task) => build.Hear(task);
        eventSource.TaskFinished += (_, task) => build.Hear(task);
        eventSource.MessageRaised += (_, message) => build.Hear(message);
        eventSource.BuildFinished += (_, finished) => build.Hear(finished);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void End()
    {
        var failure = _build?.End();
        _build = null;
        LoggerMark.Remove();
        if (failure is not null)
        {
            throw new LoggerException(failure.Message, null, failure.Code, null);
        }
    }
}
