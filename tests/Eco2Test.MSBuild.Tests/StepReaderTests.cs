using Eco2Test.Metering;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild.Tests;

/// <summary>Events of a build become steps.</summary>
public sealed class StepReaderTests
{
    private readonly List<BuildStep> _steps = [];
    private readonly StepReader _reader;

    public StepReaderTests() => _reader = new StepReader(_steps.Add);

    [Fact]
    public void A_task_knows_its_target_its_project_and_its_time()
    {
        _reader.ProjectStarted(Happened.ProjectStarted("/r/Shop.csproj", 7, 0, new Dictionary<string, string> { ["TargetFramework"] = "net10.0", ["Configuration"] = "Release" }));
        _reader.TargetStarted(Happened.TargetStarted("CoreCompile", 7, 3, 1));
        _reader.TaskStarted(Happened.TaskStarted("Csc", 7, 3, 9, 2));
        _reader.TaskFinished(Happened.TaskFinished("Csc", 7, 3, 9, 4, succeeded: false));
        _reader.TargetFinished(Happened.TargetFinished("CoreCompile", 7, 3, 5));
        _reader.ProjectFinished(Happened.ProjectFinished("/r/Shop.csproj", 7, 6));

        _steps.Select(step => step.Kind).ShouldBe([BuildStepKind.Task, BuildStepKind.Target, BuildStepKind.Project]);
        _steps[0].ShouldBe(new BuildStep
        {
            Kind = BuildStepKind.Task,
            Node = 1,
            Context = 7,
            ProjectFile = "/r/Shop.csproj",
            TargetFramework = "net10.0",
            Configuration = "Release",
            Target = "CoreCompile",
            Task = "Csc",
            StartedAt = new DateTimeOffset(Happened.At(2)),
            EndedAt = new DateTimeOffset(Happened.At(4)),
            Succeeded = false,
        });
        _steps[0].Compiles.ShouldBeTrue();
        _steps[1].Target.ShouldBe("CoreCompile");
        (_steps[2].StartedAt, _steps[2].EndedAt).ShouldBe((new DateTimeOffset(Happened.At(0)), new DateTimeOffset(Happened.At(6))));
    }

    [Fact]
    public void The_same_target_of_two_projects_is_not_mixed_up()
    {
        _reader.ProjectStarted(Happened.ProjectStarted("/r/A.csproj", 1, 0));
        _reader.ProjectStarted(Happened.ProjectStarted("/r/B.csproj", 2, 1));
        _reader.TargetStarted(Happened.TargetStarted("Build", 1, 5, 2));
        _reader.TargetStarted(Happened.TargetStarted("Clean", 2, 5, 3));
        _reader.TargetFinished(Happened.TargetFinished("Build", 1, 5, 9));
        _reader.TargetFinished(Happened.TargetFinished("Clean", 2, 5, 4));

        _steps.Select(step => (step.Target, Path.GetFileName(step.ProjectFile), (step.EndedAt - step.StartedAt).TotalSeconds)).ShouldBe([("Build", "A.csproj", 7.0), ("Clean", "B.csproj", 1.0)]);
    }

    [Fact]
    public void An_evaluation_is_of_no_request()
    {
        var context = new BuildEventContext(submissionId: 1, nodeId: 2, evaluationId: 12, projectInstanceId: 1, projectContextId: -1, targetId: -1, taskId: -1);
        _reader.Status(Happened.EvaluationStarted("/r/A.csproj", context, 0));
        _reader.Status(Happened.EvaluationFinished("/r/A.csproj", context));

        var step = _steps.ShouldHaveSingleItem();
        (step.Kind, step.Node, step.ProjectFile).ShouldBe((BuildStepKind.Evaluation, 2, "/r/A.csproj"));
        step.Context.ShouldBeLessThan(0);
        step.StartedAt.ShouldBe(new DateTimeOffset(Happened.At(0)));
    }

    [Fact]
    public void What_has_no_start_is_left_out()
    {
        _reader.TaskStarted(Happened.TaskStarted("Csc", 7, 3, 9, 2));
        _reader.TaskFinished(Happened.TaskFinished("Csc", 7, 3, 9, 4));
        _reader.ProjectFinished(Happened.ProjectFinished("/r/Shop.csproj", 7, 6));

        _steps.ShouldBeEmpty();
    }
}
