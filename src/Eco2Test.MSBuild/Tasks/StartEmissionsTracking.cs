using Eco2Test.Hardware;
using Eco2Test.Metering;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>Begins the account of a project on the node that builds it, and tells a logger whose process that is.</summary>
[MSBuildMultiThreadableTask]
public sealed class StartEmissionsTracking : EmissionsTask
{
    /// <summary>Full path of the solution, where the project is built as a part of one.</summary>
    public string? Solution { get; set; }

    /// <summary>What the property of that name says.</summary>
    public string? ArtifactsPath { get; set; }

    /// <summary>Whether it is the project that only starts the builds of its frameworks, which have figures of their own.</summary>
    public bool IsOuter { get; set; }

    /// <summary>What the project sets: names of properties without their prefix, with metadata <c>Value</c>.</summary>
    public ITaskItem[] Settings { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Run()
    {
        var node = Node;
        Say(BuildMessage.Node(Environment.ProcessId));
        var properties = new ProjectProperties(Project, Settings);
        if (properties.OfBuild.Count > 0)
        {
            Say(BuildMessage.Budgets(properties.OfBuild));
        }

        if (!IsOuter)
        {
            var subject = new BuildSubject(Path.GetDirectoryName(Project)!, Given(Solution), Project, Key.TargetFramework, Key.Configuration, Given(ArtifactsPath));
            node.Begin(Key, BuildSettings.Read(subject, EnvironmentVariables.OfThisProcess, properties.Value, properties.Place));
        }

        void Say(string text)
        {
            if (node.IsNews(text))
            {
                BuildEngine.LogMessageEvent(BuildMessage.Of(text));
            }
        }
    }
}
