using Microsoft.Build.Framework;

namespace Eco2Test.Tool.Tests;

/// <summary>The events of a binary log: App builds Lib on another node, and compiles when that is done.</summary>
internal static class MadeUpLog
{
    public static readonly DateTime Start = new(2026, 3, 14, 9, 26, 53, DateTimeKind.Utc);

    public static IReadOnlyList<BuildEventArgs> Events(string root = "/src/") =>
    [
        new BuildStartedEventArgs("Build started.", null, Start),
        Of(new ProjectEvaluationStartedEventArgs("evaluates") { ProjectFile = $"{root}App/App.csproj" }, Context(1, -2, evaluation: 7), 0.1),
        Of(new ProjectEvaluationFinishedEventArgs("evaluated") { ProjectFile = $"{root}App/App.csproj" }, Context(1, -2, evaluation: 7), 0.4),
        Of(Project($"{root}App/App.csproj", ("Configuration", "Release")), Context(1, 1), 0.5),
        Of(new TargetStartedEventArgs("", null, "Build", $"{root}App/App.csproj", "t"), Context(1, 1, target: 3), 0.5),
        Of(Said("eco2test: node pid=4711"), Context(1, 1, target: 3, task: 8), 0.51),
        Of(Said("eco2test: something else"), Context(1, 1, target: 3, task: 8), 0.52),
        Of(new BuildMessageEventArgs("eco2test: node pid=1", null, "Message", MessageImportance.Low), Context(3, 1, target: 3, task: 8), 0.53),
        Of(new TaskStartedEventArgs("", null, $"{root}App/App.csproj", "t", "MSBuild"), Context(1, 1, target: 3, task: 9), 0.6),
        Of(Project($"{root}Lib/Lib.csproj", ("Configuration", "Release"), ("TargetFramework", "net10.0")), Context(2, 2), 0.7),
        Of(Said("eco2test: node pid=4712"), Context(2, 2, target: 4, task: 10), 0.71),
        Of(new TargetStartedEventArgs("", null, "CoreCompile", $"{root}Lib/Lib.csproj", "t"), Context(2, 2, target: 4), 0.8),
        Of(new TaskStartedEventArgs("", null, $"{root}Lib/Lib.csproj", "t", "Csc"), Context(2, 2, target: 4, task: 11), 0.9),
        Of(new TaskFinishedEventArgs("", null, $"{root}Lib/Lib.csproj", "t", "Csc", false), Context(2, 2, target: 4, task: 11), 1.9),
        Of(new TargetFinishedEventArgs("", null, "CoreCompile", $"{root}Lib/Lib.csproj", "t", false), Context(2, 2, target: 4), 2),
        Of(new ProjectFinishedEventArgs("", null, $"{root}Lib/Lib.csproj", false), Context(2, 2), 2.1),
        Of(new TaskFinishedEventArgs("", null, $"{root}App/App.csproj", "t", "MSBuild", true), Context(1, 1, target: 3, task: 9), 2.2),
        Of(new TargetFinishedEventArgs("", null, "Build", $"{root}App/App.csproj", "t", true), Context(1, 1, target: 3), 2.3),
        Of(new ProjectFinishedEventArgs("", null, $"{root}App/App.csproj", true), Context(1, 1), 2.4),
        new BuildFinishedEventArgs("", null, false, Start.AddSeconds(2.5)),
    ];

    private static ProjectStartedEventArgs Project(string file, params (string Name, string Value)[] global) => new(
        0, "", "", file, "Build", Array.Empty<object>(), Array.Empty<object>(), BuildEventContext.Invalid, global.ToDictionary(property => property.Name, property => property.Value), "");

    private static BuildMessageEventArgs Said(string text) => new(text, null, "Eco2Test", MessageImportance.Low);

    private static BuildEventContext Context(int node, int project, int target = -1, int task = -1, int evaluation = -1) => new(0, node, evaluation, 0, project, target, task);

    private static T Of<T>(T happened, BuildEventContext context, double seconds)
        where T : BuildEventArgs
    {
        happened.BuildEventContext = context;

        // What a log is read into; nobody else may set it.
        typeof(BuildEventArgs).GetField("timestamp", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.SetValue(happened, Start.AddSeconds(seconds));
        return happened;
    }
}
