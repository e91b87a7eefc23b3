using Eco2Test.Metering;
using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Metering.Builds;

/// <summary>What the projects of a node get, on a machine on which a CPU second is 2 J, 1 J at least and 3 J at most.</summary>
public sealed class ProjectMeterTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeMachine _machine = new();
    private readonly ProjectMeter _meter;
    private TimeSpan _server = TimeSpan.FromSeconds(50);

    public ProjectMeterTests() => _meter = Meter();

    private ProjectMeter Meter(bool mayBeSeveral = false)
    {
        var clock = new NodeClock(_machine, _ => _server, Node(1));
        return new ProjectMeter(
            new TrackingRun(
                new RunIdentity("node", null, null, "build"), new RunSettings { Region = "FR", ResultsFolder = _folder, KeepsJournal = false }, new CiContext("github", "77.1", "abc", "main", 42),
                FakeMachine.Describe(clock) with { BackgroundShare = 0 }, _machine, sampling: false),
            clock, mayBeSeveral);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_project_that_begins_while_another_is_open_has_interrupted_it()
    {
        Work(5);
        Begin("Outer");
        Work(1);
        Begin("Inner");
        Work(2);
        Begin("Innermost");
        Work(4);

        Joules("Innermost").ShouldBe(8, 1e-9);
        Work(8);
        Joules("Inner").ShouldBe(20, 1e-9);
        Work(16);
        Joules("Outer").ShouldBe(34, 1e-9);
    }

    [Fact]
    public void A_project_that_waits_gets_nothing_until_it_goes_on()
    {
        Begin("Shop");
        Work(1);
        _meter.Wait("Shop", waits: true);
        Work(2);
        Begin("Library");
        Work(4);
        Joules("Library").ShouldBe(8, 1e-9);

        // The end of another does not end the waiting, and who waits waits once.
        Work(8);
        _meter.Wait("Shop", waits: true);
        Work(16);
        _meter.Wait("Shop", waits: false);
        _meter.Wait("Shop", waits: false);
        Work(32);

        var figure = _meter.End("Shop").ShouldNotBeNull().Measurement;
        figure.Energy.Joules.ShouldBe(66, 1e-9);
        figure.Duration.TotalSeconds.ShouldBe(33, 1e-9);
        figure.Quality.ShouldBe(MeasurementQuality.Ok);
    }

    [Fact]
    public void A_project_that_goes_on_while_another_is_open_interrupts_that()
    {
        Begin("Shop");
        _meter.Wait("Shop", waits: true);
        Begin("Other");
        Work(1);
        _meter.Wait("Shop", waits: false);
        Work(2);

        Joules("Shop").ShouldBe(4, 1e-9);
        Work(4);
        Joules("Other").ShouldBe(10, 1e-9);
    }

    [Fact]
    public void A_failed_project_that_never_ends_gets_what_comes_until_the_next_begins_and_one_of_its_name_begins_anew()
    {
        Begin("Failed");
        Work(1);
        Begin("Shop");
        Work(2);
        Begin("Failed");
        Work(4);

        Joules("Failed").ShouldBe(8, 1e-9);
        Work(8);
        Joules("Shop").ShouldBe(20, 1e-9);
    }

    [Fact]
    public void A_project_that_failed_to_compile_shares_the_compiler_server_with_nobody_any_more()
    {
        Begin("Shop");
        Work(1);
        Begin("Failed");
        Work(1);
        _meter.Compile("Failed", begins: true);
        Work(1);
        _meter.Fail("Failed");
        Work(1);
        Compile("Shop", seconds: 1, serverSeconds: 4);

        var figure = _meter.End("Shop").ShouldNotBeNull().Measurement;
        ShouldBe(figure, low: 6, central: 12, high: 18);
        figure.Quality.ShouldBe(MeasurementQuality.Ok);
        _meter.End("Failed").ShouldBeNull();
    }

    [Fact]
    public void A_project_that_ends_though_another_has_interrupted_it_was_at_work_beside_that()
    {
        Begin("Shop");
        Work(1);
        Begin("Other");
        Work(2);

        ShouldBe(_meter.End("Shop").ShouldNotBeNull().Measurement, low: 1, central: 2, high: 3 * (1 + 2));
        Work(1);
        ShouldBe(_meter.End("Other").ShouldNotBeNull().Measurement, low: 1, central: 2 * (2 + 1), high: 3 * (2 + 1));
    }

    [Fact]
    public void A_project_that_begins_to_wait_though_another_has_interrupted_it_was_at_work_beside_that()
    {
        Begin("Shop");
        Begin("Other");
        Work(2);
        _meter.Wait("Shop", waits: true);
        Work(1);

        ShouldBe(_meter.End("Other").ShouldNotBeNull().Measurement, low: 1, central: 2 * (2 + 1), high: 3 * (2 + 1));
        _meter.End("Shop").ShouldNotBeNull().Measurement.EnergyHigh.Joules.ShouldBe(3 * 2, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_project_that_begins_and_ends_while_another_is_silent_may_have_used_nothing_where_several_nodes_are_in_one_process(bool mayBeSeveral)
    {
        using var meter = Meter(mayBeSeveral);
        meter.Begin("Shop", "Shop", new RunSettings { Region = "FR" });
        Work(1);
        meter.Begin("Other", "Other", new RunSettings { Region = "FR" });
        Work(2);
        var other = meter.End("Other").ShouldNotBeNull().Measurement;
        Work(1);
        var shop = meter.End("Shop").ShouldNotBeNull().Measurement;

        ShouldBe(other, low: mayBeSeveral ? 0 : 2, central: 4, high: 6);
        ShouldBe(shop, low: 2, central: 4, high: mayBeSeveral ? 3 * (2 + 2) : 6);
        var quality = mayBeSeveral ? MeasurementQuality.Overlapped : MeasurementQuality.Ok;
        (other.Quality, shop.Quality).ShouldBe((quality, quality));
    }

    [Fact]
    public void What_a_project_had_while_another_was_silent_is_doubted_though_it_was_interrupted_itself_and_has_waited()
    {
        using var meter = Meter(mayBeSeveral: true);
        meter.Begin("Silent", "Silent", new RunSettings { Region = "FR" });
        meter.Begin("Shop", "Shop", new RunSettings { Region = "FR" });
        Work(1);
        meter.Begin("Third", "Third", new RunSettings { Region = "FR" });
        Work(2);
        meter.End("Third");
        Work(4);
        meter.Wait("Shop", waits: true);
        meter.Wait("Shop", waits: false);
        Work(8);

        // What the third had may be that of both who were silent then.
        var shop = meter.End("Shop").ShouldNotBeNull().Measurement;
        ShouldBe(shop, low: 0, central: 2 * (1 + 4 + 8), high: 3 * (1 + 2 + 4 + 8));
    }

    [Theory]
    [InlineData("dotnet build", false)]
    [InlineData("dotnet build -mt", true)]
    [InlineData("dotnet msbuild /multiThreaded", true)]
    [InlineData("dotnet build -mt:false", false)]
    [InlineData("dotnet MSBuild.dll /nodemode:8", true)]
    [InlineData("dotnet MSBuild.dll /nodemode:1", false)]
    public void Several_nodes_may_be_in_a_process_that_makes_threads_of_them(string words, bool may) => BuildCommandLine.MayBeSeveralNodes(words.Split(' ')).ShouldBe(may);

    [Fact]
    public void Of_a_project_of_which_nobody_said_that_it_began_there_is_no_figure()
    {
        Begin("Shop");
        Work(1);
        _meter.Wait("Unknown", waits: true);
        _meter.Compile("Unknown", begins: false);
        _meter.CancelCompile("Unknown");

        _meter.End("Unknown").ShouldBeNull();
        Work(2);
        Joules("Shop").ShouldBe(6, 1e-9);
        _meter.End("Shop").ShouldBeNull("it has ended");
    }

    [Fact]
    public void Who_compiles_alone_has_all_of_the_compiler_server_and_no_doubt()
    {
        Begin("Shop");
        Work(1);
        Compile("Shop", seconds: 1, serverSeconds: 4);

        var figure = _meter.End("Shop").ShouldNotBeNull().Measurement;
        ShouldBe(figure, low: 5, central: 10, high: 15);
        figure.Quality.ShouldBe(MeasurementQuality.Ok);
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void While_another_node_compiles_the_bounds_run_from_none_to_all_of_what_the_server_did(string culture) => HostileCulture.Run(culture, () =>
    {
        Begin("Shop");
        Work(1);
        _meter.Compile("Shop", begins: true);
        _machine.Idle(1);
        Node(2).Begin();
        Compile("Shop", seconds: 1, serverSeconds: 4, begins: false);

        // A half of 4 s alone, a half shared: 1 s of them may be somebody else's, and 1 s of somebody else's may be its own.
        var figure = _meter.End("Shop").ShouldNotBeNull();
        ShouldBe(figure.Measurement, low: 1 + 2, central: 2 * (1 + 3), high: 3 * (1 + 4));
        figure.Measurement.Quality.ShouldBe(MeasurementQuality.Overlapped);

        var report = figure.Report(new RunIdentity("Shop", "net10.0", "Release", "project"));
        var window = report.Windows.ShouldHaveSingleItem();
        (window.Energy.LowJoules, window.Energy.HighJoules, window.LowGrams, window.HighGrams, window.Quality).ShouldBe((
            figure.Measurement.EnergyLow.Joules, figure.Measurement.EnergyHigh.Joules, figure.Measurement.EmissionsLow.Grams, figure.Measurement.EmissionsHigh.Grams,
            MeasurementQuality.Overlapped));
        (report.Totals.LowJoules, report.Totals.HighGrams).ShouldBe((window.Energy.LowJoules, window.HighGrams));
        report.Notices.ShouldContain(notice => notice.Code == DiagnosticCodes.CompilerServerShared);
    });

    [Fact]
    public void A_project_that_compiles_though_another_has_interrupted_it_shares_with_that_from_none_to_all()
    {
        Begin("Shop");
        Work(1);
        Begin("Other");
        Work(2);
        _meter.Compile("Shop", begins: true);
        Work(4);
        _meter.Compile("Shop", begins: false);
        Work(2);

        // What the other one had before may be the shop's as well: 2 of its seconds.
        var figure = _meter.End("Shop").ShouldNotBeNull().Measurement;
        figure.Energy.Joules.ShouldBe(2 * (1 + 3), 1e-9);
        figure.EnergyLow.Joules.ShouldBe(1, 1e-9);
        figure.EnergyHigh.Joules.ShouldBeGreaterThanOrEqualTo(3 * (1 + 2 + 6));
        figure.Quality.ShouldBe(MeasurementQuality.Overlapped);
        Work(1);

        figure = _meter.End("Other").ShouldNotBeNull().Measurement;
        figure.Energy.Joules.ShouldBe(2 * (2 + 3 + 1), 1e-9);
        figure.EnergyLow.Joules.ShouldBeInRange(0, 1);
        figure.EnergyHigh.Joules.ShouldBe(3 * (2 + 6 + 1), 1e-9);
        figure.Quality.ShouldBe(MeasurementQuality.Overlapped);
    }

    [Fact]
    public void What_a_project_had_before_it_interrupted_another_stays_its_own_when_that_compiles_all_the_same()
    {
        Begin("Shop");
        Work(4);
        _meter.Wait("Shop", waits: true);
        Begin("Other");
        Work(1);
        _meter.Wait("Shop", waits: false);
        Work(2);
        _meter.Compile("Other", begins: true);

        ShouldBe(_meter.End("Shop").ShouldNotBeNull().Measurement, low: 4, central: 2 * (4 + 2), high: 3 * (4 + 2));
        ShouldBe(_meter.End("Other").ShouldNotBeNull().Measurement, low: 1, central: 2, high: 3 * (1 + 2));
    }

    [Fact]
    public void A_project_that_was_given_nothing_may_have_used_all_that_another_had_meanwhile()
    {
        Begin("Shop");
        Begin("Other");
        Work(2);
        _meter.Compile("Shop", begins: true);

        var figure = _meter.End("Shop").ShouldNotBeNull().Measurement;
        (figure.EnergyLow.Joules, figure.Energy.Joules).ShouldBe((0, 0));
        figure.EnergyHigh.Joules.ShouldBe(6, 1e-9);
        figure.Quality.ShouldBe(MeasurementQuality.BelowResolution);
        ShouldBe(_meter.End("Other").ShouldNotBeNull().Measurement, low: 0, central: 4, high: 6);
    }

    [Fact]
    public void A_project_that_has_compiled_though_another_has_interrupted_it_meanwhile_has_its_part_of_the_server()
    {
        Begin("Shop");
        _meter.Compile("Shop", begins: true);
        Begin("Other");
        Compile("Shop", seconds: 1, serverSeconds: 4, begins: false);

        ShouldBe(_meter.End("Shop").ShouldNotBeNull().Measurement, low: 0, central: 4, high: 12);
        ShouldBe(_meter.End("Other").ShouldNotBeNull().Measurement, low: 0, central: 4, high: 12);
    }

    [Fact]
    public void A_project_that_begins_interrupts_all_that_are_at_work()
    {
        Begin("Shop");
        Begin("Other");
        _meter.Compile("Shop", begins: true);
        Begin("Third");
        Work(1);

        ShouldBe(_meter.End("Third").ShouldNotBeNull().Measurement, low: 1, central: 2, high: 3);
        Joules("Shop").ShouldBe(0);
        Joules("Other").ShouldBe(0);
    }

    [Fact]
    public void A_project_that_waits_does_not_go_on_because_it_compiles()
    {
        Begin("Shop");
        _meter.Wait("Shop", waits: true);
        _meter.Compile("Shop", begins: true);
        Work(1);

        Joules("Shop").ShouldBe(0);
    }

    [Fact]
    public void What_one_project_shared_is_not_in_the_bounds_of_the_next()
    {
        var other = Node(2);
        var start = other.Begin();
        Begin("Shop");
        Compile("Shop", seconds: 1, serverSeconds: 4);
        ShouldBe(_meter.End("Shop").ShouldNotBeNull().Measurement, low: 0, central: 4, high: 12);
        other.End(start);
        _machine.Idle(1);

        Begin("Next");
        Compile("Next", seconds: 1, serverSeconds: 4);
        ShouldBe(_meter.End("Next").ShouldNotBeNull().Measurement, low: 4, central: 8, high: 12);
    }

    [Fact]
    public void Doubt_about_less_than_a_hundredth_widens_the_bounds_and_leaves_the_quality()
    {
        Begin("Shop");
        Work(999);
        Node(2).Begin();
        Compile("Shop", seconds: 1, serverSeconds: 2);

        var figure = _meter.End("Shop").ShouldNotBeNull().Measurement;
        ShouldBe(figure, low: 999, central: 2000, high: 3003);
        figure.Quality.ShouldBe(MeasurementQuality.Ok);
    }

    private static void ShouldBe(Measurement figure, double low, double central, double high)
    {
        figure.EnergyLow.Joules.ShouldBe(low, 1e-6);
        figure.Energy.Joules.ShouldBe(central, 1e-6);
        figure.EnergyHigh.Joules.ShouldBe(high, 1e-6);
        var gramsPerJoule = figure.Emissions.Grams / figure.Energy.Joules;
        figure.EmissionsLow.Grams.ShouldBe(low * gramsPerJoule, 1e-9);
        figure.EmissionsHigh.Grams.ShouldBe(high * gramsPerJoule, 1e-9);
    }

    private CompilerSpans Node(int process) => new(new CompilerSpanFolder(_folder), process, static _ => true, _machine);

    private void Begin(string project) => _meter.Begin(project, project, new RunSettings());

    private double Joules(string project) => _meter.End(project).ShouldNotBeNull().Measurement.Energy.Joules;

    private void Work(double seconds)
    {
        _machine.WorkOutsideOfFlow(seconds);
        _machine.Idle(seconds);
    }

    private void Compile(string project, double seconds, double serverSeconds, bool begins = true)
    {
        if (begins)
        {
            _meter.Compile(project, begins: true);
        }

        _machine.Idle(seconds);
        _server += TimeSpan.FromSeconds(serverSeconds);
        _meter.Compile(project, begins: false);
    }
}
