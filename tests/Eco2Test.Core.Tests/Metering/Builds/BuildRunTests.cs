using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Metering.Builds;

/// <summary>A build from its first sample to its report.</summary>
public sealed class BuildRunTests
{
    [Fact]
    public void A_build_has_its_projects_inside_it_and_these_their_targets_and_tasks()
    {
        using var build = new FakeBuild(entryBefore: 0.5);
        build.Processes.Start(FakeBuild.Node, FakeBuild.Entry, "dotnet MSBuild.dll /nologo /nodemode:1 /nodeReuse:true");
        build.Processes.Start(FakeBuild.Compiler, FakeBuild.Entry, "dotnet exec VBCSCompiler.dll");
        build.Run.NodeIs(2, FakeBuild.Node);
        build.Pass(1000, FakeBuild.Entry);
        build.Pass(1000, FakeBuild.Node, FakeBuild.Compiler);
        build.Step(BuildStepKind.Project, 0, 1000, "App");
        build.Step(BuildStepKind.Project, 1000, 2000, "Lib", node: 2, succeeded: false);
        build.Step(BuildStepKind.Target, 1000, 2000, "Lib", "CoreCompile", node: 2);
        build.Step(BuildStepKind.Task, 1500, 2000, "Lib", "CoreCompile", "Csc", node: 2);

        var report = Ended(build, succeeded: false, out var told);

        FakeRun.ShouldBeConserved(report);
        report.Windows.Select(window => (window.Kind, window.Id, window.Parent, Cpu: Math.Round(window.CpuSeconds, 6), Joules: Math.Round(window.Energy.Joules, 6), Self: Math.Round(window.Energy.SelfJoules, 6))).ShouldBe([
            (WindowKind.Project, "src/App.csproj", 1, 1, 2, 2),
            (WindowKind.Project, "src/Lib.csproj", 1, 1.5, 3, 0),
            (WindowKind.Target, "src/Lib.csproj > CoreCompile", 3, 1.5, 3, 1),
            (WindowKind.Task, "src/Lib.csproj > CoreCompile > Csc", 4, 1, 2, 2),
            (WindowKind.Build, "Shop.slnx", null, 3.5, 7, 2)]);
        report.Windows.Select(window => window.Outcome).ShouldBe([TestOutcome.Passed, TestOutcome.Failed, TestOutcome.Passed, TestOutcome.Passed, TestOutcome.Failed]);
        report.Windows.Select(window => window.Sampled).ShouldBe([true, true, true, true, false]);
        report.Windows.ShouldAllBe(window => window.Intensity == "FR" && window.EmissionsGrams > 0);
        (told.Mode, told.Succeeded).ShouldBe(("nodes=2 reuse=on compiler=cold server=off graph=off", false));
        told.Processes.Select(processes => (processes.Role, processes.Count, Math.Round(processes.CpuSeconds, 6))).ShouldBe([("entry", 1, 1.5), ("node", 1, 1), ("compilerServer", 1, 1)]);
        told.EngineCpuSeconds.ShouldBe(0.5 + 0.5, 1e-9, "before the first project, and the compiler server when nothing was compiled");
        report.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void Beside_another_build_the_compiler_server_counts_while_a_front_end_hears_of_compilations()
    {
        using var build = new FakeBuild();
        build.Processes.Start(FakeBuild.Compiler, 1, "dotnet exec VBCSCompiler.dll");
        build.Processes.Start(900, 1, "dotnet build Other.slnx");
        build.Run.HearsCompilations();
        build.Pass(1100, FakeBuild.Entry);
        build.Pass(2000, FakeBuild.Entry, FakeBuild.Compiler);
        build.Run.Compiles(begins: true);
        build.Pass(1000, FakeBuild.Entry, FakeBuild.Compiler);
        build.Run.Compiles(begins: false);
        build.Pass(1000, FakeBuild.Entry, FakeBuild.Compiler);

        Ended(build, succeeded: true, out var told);

        told.Processes.Single(processes => processes.Role == "compilerServer").CpuSeconds.ShouldBe(1, 0.11);
    }

    [Fact]
    public void A_build_that_is_killed_leaves_a_journal_that_makes_an_incomplete_report()
    {
        using var build = new FakeBuild();
        build.Step(BuildStepKind.Project, 0, 1000, "App");
        build.Pass(3000, FakeBuild.Entry);

        var report = JournalReader.Read(build.JournalPath);

        var window = report.Windows.ShouldHaveSingleItem();
        (window.Kind, window.Id, window.Quality, window.Outcome).ShouldBe((WindowKind.Build, "Shop.slnx", MeasurementQuality.Incomplete, TestOutcome.Unknown));
        report.Build.ShouldNotBeNull().Succeeded.ShouldBeNull();
        window.CpuSeconds.ShouldBe(2.05, 1e-9, "the last books are of that moment");
        report.Notices.ShouldContain(notice => notice.Message.StartsWith("The process ended while 1 window was open", StringComparison.Ordinal));
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void Samples_are_kept_for_a_binary_log_that_comes_later_and_give_the_same_parts()
    {
        using var build = new FakeBuild(samplesFile: true);
        build.Processes.Start(FakeBuild.Node, FakeBuild.Entry, "dotnet MSBuild.dll /nodemode:1 /nodeReuse:false");
        build.Run.NodeIs(2, FakeBuild.Node);
        build.Pass(1000, FakeBuild.Entry, FakeBuild.Node);
        build.Step(BuildStepKind.Project, 0, 1000, "App");
        build.Step(BuildStepKind.Project, 500, 1000, "Lib", node: 2);

        var report = Ended(build, succeeded: true, out _);
        var samples = BuildSamplesFile.Read(build.SamplesPath);
        BuildStep[] steps =
        [
            new() { Kind = BuildStepKind.Project, Node = 1, Context = 1, ProjectFile = "/repo/src/App.csproj", StartedAt = build.Start, EndedAt = build.Start.AddSeconds(1) },
            new() { Kind = BuildStepKind.Project, Node = 2, Context = 2, ProjectFile = "/repo/src/Lib.csproj", StartedAt = build.Start.AddSeconds(0.5), EndedAt = build.Start.AddSeconds(1) },
        ];

        BuildAttribution.Of(samples.Intervals, steps, samples.Nodes, "/repo").Steps.Select(step => (step.Id, Math.Round(step.Use.CpuSeconds, 9)))
            .ShouldBe(report.Windows.Where(window => window.Kind == WindowKind.Project).Select(window => (window.Id, Math.Round(window.CpuSeconds, 9))));
    }

    [Fact]
    public void Nodes_that_said_nothing_are_matched_and_the_report_says_so()
    {
        using var build = new FakeBuild();
        build.Processes.Start(FakeBuild.Node, FakeBuild.Entry, "dotnet MSBuild.dll /nodemode:1");
        build.Processes.Start(201, FakeBuild.Entry, "dotnet MSBuild.dll /nodemode:1");
        build.Pass(1000, FakeBuild.Node);
        build.Pass(1000, 201);
        build.Step(BuildStepKind.Project, 1000, 2000, "Late", node: 2);
        build.Step(BuildStepKind.Project, 0, 1000, "Early", node: 3);

        var report = Ended(build, succeeded: true, out var told);

        report.Windows.Where(window => window.Kind == WindowKind.Project).Select(window => (window.Id, Math.Round(window.CpuSeconds, 6))).ShouldBe([("src/Late.csproj", 1), ("src/Early.csproj", 1)]);
        report.Notices.ShouldContain(notice => notice.Code == "ECO3015" && notice.Message.StartsWith("Nodes were matched by what they did", StringComparison.Ordinal));
        told.Mode.ShouldBe("nodes=3 reuse=on compiler=none server=off graph=off");
    }

    [Theory]
    [InlineData("dotnet build -graph", null, null, "nodes=1 reuse=on server=off graph=on")]
    [InlineData("dotnet build -graph:false", 8, null, "nodes=8 reuse=on server=off graph=off")]
    [InlineData("dotnet build -nr:false", 2, true, "nodes=2 reuse=off server=off graph=on")]
    [InlineData("dotnet MSBuild.dll /nodemode:8", null, null, "nodes=1 reuse=on server=on graph=off")]
    public void The_mode_is_told_by_the_command_line_and_by_the_front_end(string entry, int? nodes, bool? graph, string mode)
    {
        using var build = new FakeBuild(entry);
        build.Run.SaysBuild(nodes, graph);
        build.Pass(100, FakeBuild.Entry);

        Ended(build, succeeded: true, out var told);

        told.Mode.ShouldBe(mode);
    }

    [Theory]
    [InlineData(true, "Csc", "warm")]
    [InlineData(false, "Csc", "off")]
    [InlineData(true, "Copy", "none")]
    public void Where_compilers_ran_is_part_of_the_mode(bool hasServer, string task, string compiler)
    {
        using var build = new FakeBuild(environment: ("MSBUILDDISABLENODEREUSE", "1"));
        build.Step(BuildStepKind.Task, 0, 100, "App", "Target", task);

        BuildMode.Of(new BuildModeFacts
        {
            Compiled = task == "Csc",
            Processes = hasServer ? [new BuildProcessUse(1, 0, BuildProcessRole.CompilerServer, TimeSpan.FromSeconds(1)) { WasThere = true }] : [],
        }).ToString().ShouldBe($"nodes=1 reuse=on compiler={compiler} server=off graph=off");
        build.Pass(100, FakeBuild.Entry);
        Ended(build, succeeded: true, out var told);
        told.Mode.ShouldBe($"nodes=1 reuse=off compiler={(task == "Csc" ? "off" : "none")} server=off graph=off");
    }

    private static EmissionsReport Ended(FakeBuild build, bool succeeded, out ReportBuild told)
    {
        var outcome = build.Run.End(succeeded);
        told = outcome.Build;
        var read = JournalReader.Read(outcome.Journal!);
        ReportJson.Write(outcome.Report()).ShouldBe(ReportJson.Write(read with { Build = told }), "what is remembered of a journal is what is in it");
        return read;
    }
}
