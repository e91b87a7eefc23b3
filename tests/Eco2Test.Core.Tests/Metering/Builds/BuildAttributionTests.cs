using CsCheck;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering.Builds;

/// <summary>What projects, targets and tasks of a build used, by samples and events. A CPU second costs two joules.</summary>
public sealed class BuildAttributionTests
{
    private const int Entry = 100;
    private const int Second = 200;
    private const int Compiler = 300;

    private static readonly int[] Pids = [Entry, Second, Compiler, 555, 666];

    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_task_has_what_its_node_used_while_it_ran_and_project_and_target_contain_it()
    {
        var build = new Recorded()
            .Step(BuildStepKind.Project, 0, 1000, "App")
            .Step(BuildStepKind.Target, 100, 900, "App", "CoreCompile")
            .Step(BuildStepKind.Task, 200, 600, "App", "CoreCompile", "Csc")
            .Busy(Entry, BuildProcessRole.Entry, 0, 1000);

        var parts = build.Attributed();

        parts.Steps.Select(step => (step.Kind, step.Id, step.Name, step.Parent)).ShouldBe([
            (WindowKind.Project, "src/App.csproj", "App", null),
            (WindowKind.Target, "src/App.csproj > CoreCompile", "CoreCompile", 0),
            (WindowKind.Task, "src/App.csproj > CoreCompile > Csc", "Csc", 1)]);
        parts.Steps.Select(step => step.Use.CpuSeconds).ShouldBe([1, 0.8, 0.4], 1e-9);
        parts.Steps.Select(step => step.Use.Total.Central.Joules).ShouldBe([2, 1.6, 0.8], 1e-9);
        parts.Steps.Select(step => step.Active.TotalMilliseconds).ShouldBe([1000, 800, 400]);
        parts.EngineCpuSeconds.ShouldBe(0, 1e-9);
        parts.NodesWereMatched.ShouldBeFalse();
    }

    [Fact]
    public void What_was_a_steps_alone_is_certain_and_of_the_rest_it_may_have_had_none_or_all()
    {
        var parts = new Recorded()
            .Step(BuildStepKind.Project, 0, 200, "App")
            .Step(BuildStepKind.Target, 0, 75, "App", "Build")
            .Busy(Entry, BuildProcessRole.Entry, 0, 200)
            .Attributed();

        // The target: 50 ms alone, 25 of the next 50. A joule of 2 W is between one half and one and a half.
        var target = parts.Steps.Single(step => step.Kind == WindowKind.Target);
        target.Use.Total.ShouldBe(Joules(0.05, 0.15, 0.3));
        target.IsOverlapped.ShouldBeTrue();
        var project = parts.Steps.Single(step => step.Kind == WindowKind.Project);
        project.Use.Total.ShouldBe(Joules(0.2, 0.4, 0.6));
        project.IsOverlapped.ShouldBeFalse();
    }

    [Fact]
    public void A_project_that_waits_for_others_has_nothing_of_what_they_use()
    {
        var parts = new Recorded()
            .Step(BuildStepKind.Project, 0, 1000, "App", context: 1)
            .Step(BuildStepKind.Target, 0, 1000, "App", "ResolveReferences", context: 1)
            .Step(BuildStepKind.Task, 100, 900, "App", "ResolveReferences", "MSBuild", context: 1)
            .Step(BuildStepKind.Project, 200, 800, "Lib", context: 2)
            .Step(BuildStepKind.Target, 200, 800, "Lib", "CoreCompile", context: 2)
            .Busy(Entry, BuildProcessRole.Entry, 0, 1000)
            .Attributed();

        Cpu(parts, "src/App.csproj").ShouldBe(0.2, 1e-9);
        Cpu(parts, "src/Lib.csproj").ShouldBe(0.6, 1e-9);
        parts.EngineCpuSeconds.ShouldBe(0.2, 1e-9, "while one waited and the other had not begun, the engine worked");
    }

    [Fact]
    public void Targets_that_CallTarget_runs_are_at_work_while_it_waits()
    {
        var parts = new Recorded()
            .Step(BuildStepKind.Project, 0, 1000, "App")
            .Step(BuildStepKind.Target, 0, 1000, "App", "Outer")
            .Step(BuildStepKind.Task, 0, 1000, "App", "Outer", "CallTarget")
            .Step(BuildStepKind.Target, 1, 1000, "App", "Called")
            .Step(BuildStepKind.Task, 250, 750, "App", "Called", "Exec")
            .Busy(Entry, BuildProcessRole.Entry, 0, 1000)
            .Attributed();

        Cpu(parts, "src/App.csproj > Called").ShouldBe(0.999, 1e-9);
        Cpu(parts, "src/App.csproj > Called > Exec").ShouldBe(0.5, 1e-9);
        parts.Steps.ShouldNotContain(step => step.Name == "Outer" || step.Name == "CallTarget", "a millisecond before and none while it waited");
    }

    [Fact]
    public void A_task_that_yields_leaves_its_node_to_the_task_that_starts_and_its_child_is_in_doubt()
    {
        var parts = new Recorded()
            .Step(BuildStepKind.Project, 0, 1000, "App", context: 1)
            .Step(BuildStepKind.Target, 0, 1000, "App", "Tool", context: 1)
            .Step(BuildStepKind.Task, 0, 1000, "App", "Tool", "Exec", context: 1)
            .Step(BuildStepKind.Project, 200, 600, "Lib", context: 2)
            .Step(BuildStepKind.Target, 200, 600, "Lib", "Copying", context: 2)
            .Step(BuildStepKind.Task, 200, 600, "Lib", "Copying", "Copy", context: 2)
            .Busy(Entry, BuildProcessRole.Entry, 0, 1000)
            .Busy(555, BuildProcessRole.Child, 0, 1000, parent: Entry)
            .Attributed();

        Cpu(parts, "src/Lib.csproj").ShouldBe(0.4 + 0.2, 1e-9, "of the child, one half while both were open");
        Cpu(parts, "src/App.csproj").ShouldBe(0.6 + 0.8, 1e-9);
        parts.Steps.Single(step => step.Name == "Copy").Use.Total.Low.ShouldBe(Energy.Zero);
    }

    [Fact]
    public void Each_node_has_its_own_process_and_the_compiler_server_is_shared_by_the_compilations_of_both()
    {
        var parts = new Recorded()
            .Compilation("App", node: 1, context: 1, 0, 400)
            .Compilation("Lib", node: 2, context: 2, 200, 400)
            .Busy(Entry, BuildProcessRole.Entry, 0, 400, load: 0.1)
            .Busy(Second, BuildProcessRole.Node, 0, 400, load: 0.2)
            .Busy(Compiler, BuildProcessRole.CompilerServer, 0, 600)
            .Attributed();

        Cpu(parts, "src/App.csproj > CoreCompile > Csc").ShouldBe(0.04 + 0.2 + 0.1, 1e-9);
        Cpu(parts, "src/Lib.csproj > CoreCompile > Csc").ShouldBe(0.04 + 0.1, 1e-9);
        parts.EngineCpuSeconds.ShouldBe(0.04 + 0.2, 1e-9, "of the second node before its task, and of the server when nobody compiled");
        parts.NodesWereMatched.ShouldBeFalse("one other node, one other process");
    }

    [Fact]
    public void A_task_host_works_for_tasks_and_a_child_for_the_tasks_of_whoever_started_it()
    {
        var parts = new Recorded()
            .Step(BuildStepKind.Project, 0, 1000, "App")
            .Step(BuildStepKind.Target, 0, 1000, "App", "Generate")
            .Step(BuildStepKind.Task, 400, 500, "App", "Generate", "Weave")
            .Busy(Entry, BuildProcessRole.Entry, 0, 0)
            .Busy(666, BuildProcessRole.TaskHost, 400, 500)
            .Busy(777, BuildProcessRole.Child, 450, 500, parent: 666)
            .Busy(888, BuildProcessRole.Child, 400, 450, parent: Entry)
            .Attributed();

        Cpu(parts, "src/App.csproj > Generate > Weave").ShouldBe(0.1 + 0.05 + 0.05, 1e-9);
        parts.EngineCpuSeconds.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Restore_evaluation_and_frameworks_have_rows_of_their_own()
    {
        var parts = new Recorded()
            .Add(new BuildStep { Kind = BuildStepKind.Project, Node = 1, Context = 1, ProjectFile = "/repo/Shop.slnx", StartedAt = At(0), EndedAt = At(100) })
            .Add(new BuildStep { Kind = BuildStepKind.Target, Node = 1, Context = 1, ProjectFile = "/repo/Shop.slnx", Target = "Restore", StartedAt = At(0), EndedAt = At(100) })
            .Add(new BuildStep { Kind = BuildStepKind.Project, Node = 1, Context = 2, ProjectFile = "/repo/Shop.slnx.metaproj", StartedAt = At(100), EndedAt = At(200) })
            .Add(new BuildStep { Kind = BuildStepKind.Evaluation, Node = 1, Context = -2, ProjectFile = "/repo/src/One.csproj", StartedAt = At(200), EndedAt = At(300) })
            .Add(new BuildStep { Kind = BuildStepKind.Project, Node = 1, Context = 3, ProjectFile = "/repo/src/One.csproj", TargetFramework = "net10.0", StartedAt = At(300), EndedAt = At(400) })
            .Add(new BuildStep { Kind = BuildStepKind.Project, Node = 1, Context = 4, ProjectFile = "/repo/src/Two.csproj", StartedAt = At(400), EndedAt = At(500) })
            .Add(new BuildStep { Kind = BuildStepKind.Project, Node = 1, Context = 5, ProjectFile = "/repo/src/Two.csproj", TargetFramework = "net8.0", StartedAt = At(500), EndedAt = At(600) })
            .Add(new BuildStep { Kind = BuildStepKind.Project, Node = 1, Context = 6, ProjectFile = "/repo/src/Two.csproj", TargetFramework = "net10.0", StartedAt = At(600), EndedAt = At(700) })
            .Add(new BuildStep { Kind = BuildStepKind.Project, Node = 1, Context = 7, ProjectFile = "/repo/src/Two.csproj", TargetFramework = "net10.0", StartedAt = At(700), EndedAt = At(800), Succeeded = false })
            .Add(new BuildStep { Kind = BuildStepKind.Project, Node = 1, Context = 8, ProjectFile = "/elsewhere/Far.csproj", StartedAt = At(800), EndedAt = At(900) })
            .Busy(Entry, BuildProcessRole.Entry, 0, 1000)
            .Attributed();

        parts.Steps.Select(step => (step.Id, step.Name, Cpu: Math.Round(step.Use.CpuSeconds, 9), step.Succeeded)).ShouldBe([
            ("Shop.slnx (restore)", "Shop.slnx (restore)", 0.1, true),
            ("Shop.slnx (restore) > Restore", "Restore", 0.1, true),
            ("Shop.slnx", "Shop.slnx", 0.1, true),
            ("src/One.csproj (net10.0)", "One (net10.0)", 0.2, true),
            ("src/One.csproj (net10.0) > (evaluation)", "(evaluation)", 0.1, true),
            ("src/Two.csproj", "Two", 0.1, true),
            ("src/Two.csproj (net8.0)", "Two (net8.0)", 0.1, true),
            ("src/Two.csproj (net10.0)", "Two (net10.0)", 0.2, false),
            ("Far.csproj", "Far", 0.1, true)]);
    }

    [Fact]
    public void What_is_small_stays_in_what_contains_it_and_what_is_often_is_counted()
    {
        var build = new Recorded().Step(BuildStepKind.Project, 0, 1000, "App").Step(BuildStepKind.Project, 0, 0, "Nothing", context: 2);
        foreach (var i in Enumerable.Range(0, 10))
        {
            build.Step(BuildStepKind.Target, i * 100, (i * 100) + 50, "App", "Often");
        }

        var parts = build.Step(BuildStepKind.Target, 60, 69, "App", "Small").Busy(Entry, BuildProcessRole.Entry, 0, 1000).Attributed();

        parts.Steps.Select(step => (step.Name, step.Count)).ShouldBe([("App", 1), ("Nothing", 1), ("Often", 10)]);
        parts.Steps[0].Use.CpuSeconds.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void What_a_node_says_of_itself_is_believed_also_of_several_in_one_process()
    {
        var build = new Recorded()
            .Step(BuildStepKind.Project, 0, 100, "App", node: 1)
            .Step(BuildStepKind.Project, 50, 100, "Lib", node: 2, context: 2)
            .Busy(Entry, BuildProcessRole.Entry, 0, 200);

        var parts = build.Attributed((1, Entry), (2, Entry));

        Cpu(parts, "src/App.csproj").ShouldBe(0.05 + 0.025, 1e-9);
        Cpu(parts, "src/Lib.csproj").ShouldBe(0.025, 1e-9);
        parts.EngineCpuSeconds.ShouldBe(0.1, 1e-9);
        parts.NodesWereMatched.ShouldBeFalse();
    }

    [Fact]
    public void What_is_of_no_node_is_done_by_the_first()
    {
        var parts = new Recorded()
            .Step(BuildStepKind.Evaluation, 0, 500, "App", node: 0)
            .Step(BuildStepKind.Evaluation, 500, 1000, "App", node: -2, context: -2)
            .Busy(Entry, BuildProcessRole.Entry, 0, 1000)
            .Attributed();

        Cpu(parts, "src/App.csproj > (evaluation)").ShouldBe(1, 1e-9);
        parts.NodesWereMatched.ShouldBeFalse();
    }

    [Fact]
    public void Several_nodes_that_said_nothing_are_matched_by_when_they_were_busy()
    {
        var parts = new Recorded()
            .Step(BuildStepKind.Project, 0, 1000, "App", node: 1)
            .Step(BuildStepKind.Project, 0, 500, "Early", node: 2, context: 2)
            .Step(BuildStepKind.Project, 500, 1000, "Late", node: 3, context: 3)
            .Busy(Entry, BuildProcessRole.Entry, 0, 0)
            .Busy(Second, BuildProcessRole.Node, 500, 1000)
            .Busy(201, BuildProcessRole.Node, 0, 500, load: 0.5)
            .Attributed();

        Cpu(parts, "src/Early.csproj").ShouldBe(0.25, 1e-9);
        Cpu(parts, "src/Late.csproj").ShouldBe(0.5, 1e-9);
        parts.NodesWereMatched.ShouldBeTrue();
    }

    [Fact]
    public void Energy_that_a_device_takes_back_is_taken_from_those_after()
    {
        ActiveUse Gpu(double joules, double seconds) => new(default, BoundedEnergy.Exact(Energy.FromJoules(joules)), default, seconds);
        var intervals = BuildIntervals.Of(
        [
            new(At(0), [], Gpu(0, 0)),
            new(At(50), [new(Entry, 0, BuildProcessRole.Entry, TimeSpan.FromMilliseconds(50))], Gpu(4, 0.05)),
            new(At(100), [new(Entry, 0, BuildProcessRole.Entry, TimeSpan.FromMilliseconds(100))], Gpu(3, 0.1)),
            new(At(150), [new(Entry, 0, BuildProcessRole.Entry, TimeSpan.FromMilliseconds(150))], Gpu(6, 0.15)),
        ]);
        var steps = new[] { Step(BuildStepKind.Project, 0, 50, "App"), Step(BuildStepKind.Project, 100, 150, "Lib", context: 2) };

        var parts = BuildAttribution.Of(intervals, steps, new Dictionary<int, int>(), "/repo");

        parts.Steps.Select(step => step.Use.Gpu.Central.Joules).ShouldBe([4, 2], 1e-9);
    }

    [Fact]
    public void A_number_that_is_given_again_is_the_sum_and_a_clock_that_is_set_back_loses_nothing()
    {
        var intervals = new BuildIntervals();
        BuildProcessUse Use(double milliseconds) => new(7, 0, BuildProcessRole.Child, TimeSpan.FromMilliseconds(milliseconds));
        intervals.Add(new BuildSample(At(0), [], ActiveUse.None));
        intervals.Add(new BuildSample(At(50), [Use(10)], ActiveUse.None with { CpuSeconds = 0.01 }));
        intervals.Add(new BuildSample(At(20), [Use(15)], ActiveUse.None with { CpuSeconds = 0.015 }));
        intervals.Add(new BuildSample(At(100), [Use(20), Use(5)], ActiveUse.None with { CpuSeconds = 0.025 }));

        intervals.All.Select(interval => (interval.Length.TotalMilliseconds, interval.Processes.Single().CpuTime.TotalMilliseconds)).ShouldBe([(50, 10), (50, 15)]);
        intervals.All.Sum(interval => interval.Used.CpuSeconds).ShouldBe(0.025, 1e-12);
    }

    [Fact]
    public void However_long_a_build_lasts_its_samples_take_little_memory()
    {
        var intervals = new BuildIntervals(most: 10);
        for (var i = 0; i <= 1000; i++)
        {
            intervals.Add(new BuildSample(At(i * 50), [new(Entry, 0, BuildProcessRole.Entry, TimeSpan.FromMilliseconds(i * 10))], ActiveUse.None with { CpuSeconds = i * 0.01 }));
        }

        intervals.All.Count.ShouldBeLessThanOrEqualTo(10);
        intervals.All.Sum(interval => interval.Used.CpuSeconds).ShouldBe(10, 1e-9);
        intervals.All.Sum(interval => interval.Processes.Single().CpuTime.TotalSeconds).ShouldBe(10, 1e-9);
        intervals.All.Zip(intervals.All.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
    }

    [Fact]
    public void A_build_of_300_projects_and_100_000_tasks_is_cut_and_stays_readable()
    {
        var build = new Recorded();
        foreach (var project in Enumerable.Range(0, 300))
        {
            var (node, from) = ((project % 4) + 1, project / 4 * 1000);
            build.Step(BuildStepKind.Project, from, from + 1000, $"P{project}", node: node, context: project);
            foreach (var target in Enumerable.Range(0, 34))
            {
                build.Step(BuildStepKind.Target, from + (target * 29), from + (target * 29) + 29, $"P{project}", $"T{target}", node: node, context: project);
                foreach (var task in Enumerable.Range(0, 10))
                {
                    var at = from + (target * 29) + (task * 2);
                    build.Step(BuildStepKind.Task, at, at + 2, $"P{project}", $"T{target}", $"K{task}", node: node, context: project);
                }
            }
        }

        foreach (var node in Enumerable.Range(0, 4))
        {
            build.Busy(Entry + node, node == 0 ? BuildProcessRole.Entry : BuildProcessRole.Node, 0, 75_000);
        }

        var parts = build.Attributed((2, 101), (3, 102), (4, 103));

        parts.Steps.Count(step => step.Kind == WindowKind.Project).ShouldBe(300);
        parts.Steps.Count.ShouldBeLessThan(300 + 2000);
        parts.Steps.Where(step => step.Kind == WindowKind.Project).ShouldAllBe(step => Math.Abs(step.Use.CpuSeconds - 1) < 1e-6);
        parts.EngineCpuSeconds.ShouldBe(0, 1e-6);
    }

    [Fact]
    public void Nothing_is_counted_twice_whatever_a_build_does() => Gen.Select(
        Gen.Select(Gen.Int[1, 2], Gen.Int[1, 4], Gen.Int[0, 3], Gen.Int[0, 900], Gen.Int[1, 400], Gen.Int[0, 3].Select(kind => (BuildStepKind)kind)).List[0, 25],
        Gen.Select(Gen.Int[0, 4].Select(i => Pids[i]), Gen.Int[0, 900], Gen.Int[1, 300]).List[0, 10]).Sample((drawn, busy) =>
        {
            var build = Drawn(drawn, busy);

            var parts = build.Attributed((2, Second));

            var all = build.Intervals().All.Sum(interval => interval.Used.CpuSeconds);
            parts.EngineCpuSeconds.ShouldBeGreaterThanOrEqualTo(-1e-9);
            (parts.EngineCpuSeconds + parts.Steps.Where(step => step.Parent is null).Sum(step => step.Use.CpuSeconds)).ShouldBe(all, 1e-9);
            for (var i = 0; i < parts.Steps.Count; i++)
            {
                var (step, inside) = (parts.Steps[i], parts.Steps.Where(other => other.Parent == i).ToList());
                inside.Sum(other => other.Use.CpuSeconds).ShouldBeLessThanOrEqualTo(step.Use.CpuSeconds + 1e-9);

                // What is compared was rounded to 1 nJ, row by row.
                inside.Sum(other => other.Use.Total.Central.Joules).ShouldBeLessThanOrEqualTo(step.Use.Total.Central.Joules + (1e-9 * (inside.Count + 1)));
                step.Use.Total.Low.ShouldBeLessThanOrEqualTo(step.Use.Total.Central);
                step.Use.Total.High.ShouldBeGreaterThanOrEqualTo(step.Use.Total.Central);
                step.Use.Total.High.Joules.ShouldBeLessThanOrEqualTo((all * 3) + 1e-9);
            }
        }, iter: 300);

    [Fact]
    public void Each_moment_is_booked_as_the_rule_says() => Gen.Select(
        Gen.Select(Gen.Int[1, 2], Gen.Int[1, 4], Gen.Int[0, 3], Gen.Int[0, 900], Gen.Int[1, 400], Gen.Int[0, 3].Select(kind => (BuildStepKind)kind)).List[0, 25],
        Gen.Select(Gen.Int[0, 1].Select(i => Pids[i]), Gen.Int[0, 900], Gen.Int[1, 300]).List[1, 6]).Sample((drawn, busy) =>
        {
            var build = Drawn(drawn, busy);
            Dictionary<string, double> expected = [];
            foreach (var interval in build.Intervals().All)
            {
                foreach (var process in interval.Processes)
                {
                    for (var at = interval.From; at < interval.To; at = at.AddMilliseconds(1))
                    {
                        if (AtWork(build.Steps, process.Id == Entry ? 1 : 2, at) is { } project)
                        {
                            expected[project] = expected.GetValueOrDefault(project) + (process.CpuTime.TotalSeconds / interval.Length.TotalMilliseconds);
                        }
                    }
                }
            }

            var projects = build.Attributed((2, Second)).Steps.Where(step => step.Kind == WindowKind.Project).ToDictionary(step => step.Name, step => step.Use.CpuSeconds);

            foreach (var (project, seconds) in projects)
            {
                seconds.ShouldBe(expected.GetValueOrDefault(project), 1e-9);
            }

            expected.Keys.ShouldBeSubsetOf(projects.Keys);
        }, iter: 300);

    /// <summary>The project that a node is at in the millisecond from a moment on, straight from the rule.</summary>
    private static string? AtWork(IReadOnlyList<BuildStep> steps, int node, DateTimeOffset at)
    {
        var open = steps.Where(step => step.Node == node && step.StartedAt <= at && step.EndedAt > at)
            .OrderBy(step => step.StartedAt).ThenBy(step => step.Kind).ThenByDescending(step => step.EndedAt).ThenBy(step => steps.ToList().IndexOf(step)).ToList();
        var innermost = open.GroupBy(step => step.Context).Select(request => request.Last()).Where(step => !step.Waits).ToList();
        var leaves = innermost.Where(step => step.Kind is BuildStepKind.Task or BuildStepKind.Evaluation).ToList();
        return (leaves.Count > 0 ? leaves : innermost).OrderBy(open.IndexOf).LastOrDefault() is { } active ? Path.GetFileNameWithoutExtension(active.ProjectFile) : null;
    }

    private static Recorded Drawn(
        IReadOnlyList<(int Node, int Context, int Project, int From, int Length, BuildStepKind Kind)> steps, IReadOnlyList<(int Process, int From, int Length)> busy)
    {
        string[] tasks = ["Csc", "MSBuild", "Copy", "CallTarget"];
        var build = new Recorded();
        foreach (var (node, context, project, from, length, kind) in steps)
        {
            build.Step(
                kind, from, from + length, $"P{project}", kind is BuildStepKind.Target or BuildStepKind.Task ? "T" : null, kind == BuildStepKind.Task ? tasks[from % 4] : null,
                node: node, context: kind == BuildStepKind.Evaluation ? -context : context);
        }

        build.Busy(Entry, BuildProcessRole.Entry, 0, 0);
        foreach (var (process, from, length) in busy)
        {
            var (role, parent) = process switch
            {
                Entry => (BuildProcessRole.Entry, 0),
                Second => (BuildProcessRole.Node, 0),
                Compiler => (BuildProcessRole.CompilerServer, 0),
                555 => (BuildProcessRole.Child, Second),
                _ => (BuildProcessRole.TaskHost, 0),
            };
            build.Busy(process, role, from, from + length, parent: parent);
        }

        return build;
    }

    private static double Cpu(AttributedBuild parts, string id) => parts.Steps.Where(step => step.Id == id).Sum(step => step.Use.CpuSeconds);

    private static DateTimeOffset At(double milliseconds) => Start.AddMilliseconds(milliseconds);

    private static BoundedEnergy Joules(double low, double central, double high) =>
        new(Energy.FromJoules(Math.Round(low, 9)), Energy.FromJoules(Math.Round(central, 9)), Energy.FromJoules(Math.Round(high, 9)));

    private static BuildStep Step(
        BuildStepKind kind, double from, double to, string project, string? target = null, string? task = null, int node = 1, int context = 1) => new()
    {
        Kind = kind,
        Node = node,
        Context = context,
        ProjectFile = $"/repo/src/{project}.csproj",
        Target = target,
        Task = task,
        StartedAt = At(from),
        EndedAt = At(to),
    };

    /// <summary>A build that is made up: what it says it did, and when its processes were busy.</summary>
    private sealed class Recorded
    {
        private readonly List<(BuildProcessUse Process, double From, double To, double Load)> _busy = [];

        public List<BuildStep> Steps { get; } = [];

        public Recorded Add(BuildStep step)
        {
            Steps.Add(step);
            return this;
        }

        public Recorded Step(BuildStepKind kind, double from, double to, string project, string? target = null, string? task = null, int node = 1, int context = 1) =>
            Add(BuildAttributionTests.Step(kind, from, to, project, target, task, node, context));

        public Recorded Compilation(string project, int node, int context, double from, double to) =>
            Step(BuildStepKind.Project, from, to, project, node: node, context: context)
                .Step(BuildStepKind.Target, from, to, project, "CoreCompile", node: node, context: context)
                .Step(BuildStepKind.Task, from, to, project, "CoreCompile", "Csc", node, context);

        public Recorded Busy(int process, BuildProcessRole role, double from, double to, double load = 1, int parent = 0)
        {
            _busy.Add((new BuildProcessUse(process, parent, role, TimeSpan.Zero), from, to, load));
            return this;
        }

        /// <summary>Samples each 50 ms; a CPU second is two joules, between one and three.</summary>
        public BuildIntervals Intervals()
        {
            var end = _busy.Select(busy => busy.To).Concat(Steps.Select(step => (step.EndedAt - Start).TotalMilliseconds)).Max();
            return BuildIntervals.Of(Enumerable.Range(0, (int)Math.Ceiling(end / 50) + 1).Select(sample =>
            {
                var now = sample * 50;
                var processes = _busy.Select(busy => busy.Process with { CpuTime = TimeSpan.FromMilliseconds(Math.Clamp(now - busy.From, 0, busy.To - busy.From) * busy.Load) }).ToList();
                var seconds = processes.Sum(process => process.CpuTime.TotalSeconds);
                var cpu = new BoundedEnergy(Energy.FromJoules(seconds), Energy.FromJoules(2 * seconds), Energy.FromJoules(3 * seconds));
                return new BuildSample(At(now), processes, new ActiveUse(cpu, default, default, seconds));
            }));
        }

        public AttributedBuild Attributed(params (int Node, int Process)[] nodes)
        {
            var parts = BuildAttribution.Of(Intervals(), Steps, nodes.ToDictionary(node => node.Node, node => node.Process), "/repo");
            return parts with { Steps = [.. parts.Steps.Select(step => step with { Use = Rounded(step.Use) })] };
        }

        private static ActiveUse Rounded(ActiveUse use) => use with { Cpu = Joules(use.Cpu.Low.Joules, use.Cpu.Central.Joules, use.Cpu.High.Joules) };
    }
}
