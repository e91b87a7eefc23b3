using Eco2Test.Metering;
using Microsoft.Build.Framework;

namespace Eco2Test.Tool.Tests;

public sealed class BinaryLogTests
{
    [Fact]
    public void Events_are_steps_with_their_node_context_times_and_what_they_are_of()
    {
        var log = BinaryLog.Of(MadeUpLog.Events());

        log.Steps.Select(Line).ShouldBe(
        [
            "Evaluation 1/-8 /src/App/App.csproj . . 0.1-0.4 True",
            "Task 2/2 /src/Lib/Lib.csproj net10.0 CoreCompile/Csc 0.9-1.9 False",
            "Target 2/2 /src/Lib/Lib.csproj net10.0 CoreCompile 0.8-2 False",
            "Project 2/2 /src/Lib/Lib.csproj net10.0 . 0.7-2.1 False",
            "Task 1/1 /src/App/App.csproj . Build/MSBuild 0.6-2.2 True",
            "Target 1/1 /src/App/App.csproj . Build 0.5-2.3 True",
            "Project 1/1 /src/App/App.csproj . . 0.5-2.4 True",
        ]);
        log.Steps.Where(step => step.Kind != BuildStepKind.Evaluation).ShouldAllBe(step => step.Configuration == "Release");
        (log.Entry, log.Succeeded).ShouldBe(("/src/App/App.csproj", false));
        (log.StartedAt, log.EndedAt).ShouldBe((new DateTimeOffset(MadeUpLog.Start), new DateTimeOffset(MadeUpLog.Start).AddSeconds(2.5)));
    }

    [Fact]
    public void A_node_is_the_process_that_a_task_of_ours_says() =>
        BinaryLog.Of(MadeUpLog.Events()).Nodes.OrderBy(node => node.Key).ShouldBe([new(1, 4711), new(2, 4712)]);

    [Fact]
    public void A_log_of_Windows_is_read_elsewhere_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There it is a path of its own.");

        var log = BinaryLog.Of(MadeUpLog.Events("C:\\src\\"));

        log.Entry.ShouldBe("/src/App/App.csproj");
        log.Steps.Select(step => step.ProjectFile).Distinct().Order().ShouldBe(["/src/App/App.csproj", "/src/Lib/Lib.csproj"]);
    }

    [Theory]
    [InlineData(typeof(BuildStartedEventArgs), "there is no start of a build in it")]
    [InlineData(typeof(BuildFinishedEventArgs), "it is cut off: there is no end of the build in it")]
    [InlineData(typeof(ProjectStartedEventArgs), "no project was built")]
    public void What_is_not_of_a_whole_build_says_what_is_missing(Type missing, string problem) =>
        Should.Throw<FormatException>(() => BinaryLog.Of(MadeUpLog.Events().Where(happened => happened.GetType() != missing))).Message.ShouldBe(problem);

    [Fact]
    public void What_began_before_the_log_or_has_no_place_is_left_out()
    {
        var events = MadeUpLog.Events().Where(happened => happened is not TaskStartedEventArgs).ToList();
        events.Insert(1, new TargetStartedEventArgs("", null, "Build", "a.csproj", "t"));
        events.Insert(2, new ProjectFinishedEventArgs("", null, "a.csproj", true));

        BinaryLog.Of(events).Steps.Select(step => step.Kind).ShouldNotContain(BuildStepKind.Task);
    }

    private static string Line(BuildStep step) => FormattableString.Invariant(
        $"{step.Kind} {step.Node}/{step.Context} {step.ProjectFile} {step.TargetFramework ?? "."} {(step.Task is null ? step.Target ?? "." : $"{step.Target}/{step.Task}")} {Seconds(step.StartedAt)}-{Seconds(step.EndedAt)} {step.Succeeded}");

    private static double Seconds(DateTimeOffset moment) => Math.Round((moment - new DateTimeOffset(MadeUpLog.Start)).TotalSeconds, 6);
}
