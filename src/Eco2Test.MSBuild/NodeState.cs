using Eco2Test.Hardware;
using Eco2Test.Metering;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>What the tasks of a build know on one of its nodes: MSBuild keeps it until the build has ended.</summary>
internal sealed class NodeState : IDisposable
{
    private static readonly object Gate = new();

    private readonly HashSet<string> _said = [];
    private readonly Dictionary<ProjectKey, ProjectOnNode> _projects = [];
    private ProjectMeter? _meter;

    private NodeState()
    {
    }

    /// <summary>The one of this node. Two versions of the package in a build have one each: their types differ.</summary>
    public static NodeState Of(IBuildEngine4 engine)
    {
        // Under -mt several nodes are in one process, and neither looks before the other has registered.
        lock (Gate)
        {
            if (engine.GetRegisteredTaskObject(typeof(NodeState), RegisteredTaskObjectLifetime.Build) is not NodeState state)
            {
                state = new NodeState();
                engine.RegisterTaskObject(typeof(NodeState), state, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            }

            return state;
        }
    }

    /// <summary>Whether a compiler server was there before this node built anything; <see langword="null"/>: nobody asked, or it cannot be known here.</summary>
    public bool? CompilerServerWasThere { get; private set; }

    /// <summary>Whether nobody on this node has said that yet.</summary>
    public bool IsNews(string text)
    {
        lock (_said)
        {
            return _said.Add(text);
        }
    }

    /// <summary>A project begins.</summary>
    public void Begin(ProjectKey key, BuildSettings settings)
    {
        lock (_projects)
        {
            if (_meter is null)
            {
                CompilerServerWasThere = settings.Budgets.Any(budget => budget is { IsOfBuild: false, Mode: not null }) ? NodeMode.SeesCompilerServer(Environment.GetCommandLineArgs()) : null;
                _meter = ProjectMeter.Start(settings.Named(EnvironmentVariables.OfThisProcess, LoggerMark.RunId).Run, Environment.GetCommandLineArgs());
            }

            _projects[key] = new ProjectOnNode(settings);
        }

        _meter.Begin(key, key.DisplayName, settings.Run);
    }

    /// <summary>A project waits for others, or goes on.</summary>
    public void Wait(ProjectKey key, bool waits) => _meter?.Wait(key, waits);

    /// <summary>A project begins to compile, or has compiled.</summary>
    public void Compile(ProjectKey key, bool begins) => _meter?.Compile(key, begins);

    /// <summary>A project is past its compilation, which there may not have been.</summary>
    public void CancelCompile(ProjectKey key) => _meter?.CancelCompile(key);

    /// <summary>A project has failed.</summary>
    public void Fail(ProjectKey key) => _meter?.Fail(key);

    /// <summary>A project has been built.</summary>
    public ProjectFigure? End(ProjectKey key)
    {
        var figure = _meter?.End(key);
        if (Find(key) is { } project)
        {
            project.Figure = figure;
        }

        return figure;
    }

    /// <summary>A project that has begun here; <see langword="null"/> when none of that name has.</summary>
    public ProjectOnNode? Find(ProjectKey key)
    {
        lock (_projects)
        {
            return _projects.GetValueOrDefault(key);
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _meter, null)?.Dispose();
}

/// <summary>What is known of a project on its node.</summary>
/// <param name="settings">What is set for it.</param>
internal sealed class ProjectOnNode(BuildSettings settings)
{
    /// <summary>What is set for it.</summary>
    public BuildSettings Settings => settings;

    /// <summary>What it used; <see langword="null"/> while it is built.</summary>
    public ProjectFigure? Figure { get; set; }
}
