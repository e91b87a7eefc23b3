using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Hardware;

/// <summary>
/// How often the bounds of each model contain what a machine with a known power curve really adds for a window, by load:
/// the figures of docs/methodology.md, "How good the bounds are". Only the first model has seen the curve it is held against.
/// </summary>
public sealed class CpuPowerBoundsTests
{
    private const double WindowSeconds = 10;

    private static readonly CpuIdentity Zen3 = new("AMD EPYC 7763 64-Core Processor", "AuthenticAMD", 25, 1, 1, IsGuest: true, ThreadsPerSocket: 4, LogicalProcessors: 4);
    private static readonly CpuIdentity Zen2 = new("AMD EPYC 7B12", "AuthenticAMD", 23, 49, 0, IsGuest: true, ThreadsPerSocket: 4, LogicalProcessors: 4);

    /// <summary>The curves of machines whose number of CPUs is known. Of <c>default</c> and <c>intel-xeon-6246</c> it is not.</summary>
    private static readonly Machine[] Machines =
    [
        new("github_EPYC_7763_4_CPU_shared", Zen3, ("GITHUB_ACTIONS", "true"), ("RUNNER_ENVIRONMENT", "github-hosted"), ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64")),
        new("gitlab_EPYC_7B12_saas-linux-medium-amd64", Zen2, ("GITLAB_CI", "true"), ("CI_RUNNER_DESCRIPTION", "1-green.saas-linux-medium-amd64.runners-manager.gitlab.com/default")),
        new("gitlab_EPYC_7B12_saas-linux-small-amd64", Zen2 with { LogicalProcessors = 2 }, ("GITLAB_CI", "true"), ("CI_RUNNER_DESCRIPTION", "1-green.saas-linux-small-amd64.runners-manager.gitlab.com/default")),
        new(
            "macos-14-mac-mini-m1", new("unknown Arm64 processor", null, null, null, null, IsGuest: false, ThreadsPerSocket: null, LogicalProcessors: 3),
            ("GITHUB_ACTIONS", "true"), ("RUNNER_ENVIRONMENT", "github-hosted"), ("RUNNER_OS", "macOS"), ("RUNNER_ARCH", "ARM64"), ("ImageOS", "macos14")),
    ];

    /// <summary>The linear form of its own curve.</summary>
    [Theory]
    [InlineData(5, 0, 4, 0.00, 5.25)]
    [InlineData(10, 1, 4, 0.02, 2.89)]
    [InlineData(25, 4, 4, 0.20, 1.43)]
    [InlineData(50, 4, 4, 0.80, 1.06)]
    [InlineData(75, 4, 4, 0.78, 1.03)]
    [InlineData(95, 4, 4, 0.78, 1.05)]
    public void A_known_runner(int load, int contained, int of, double least, double most) =>
        Study("ci-runner", machine => CpuPowerModels.Choose(machine.Cpu, null, machine.Runner), load).ShouldBe((contained, of, least, most));

    /// <summary>The coefficients are of another source, which has not seen these machines.</summary>
    [Theory]
    [InlineData(5, 0, 3, 0, 5.84)]
    [InlineData(10, 1, 3, 1.25, 3.28)]
    [InlineData(25, 3, 3, 1.30, 1.77)]
    [InlineData(50, 3, 3, 1.08, 1.33)]
    [InlineData(75, 3, 3, 1.03, 1.41)]
    [InlineData(95, 3, 3, 1.08, 1.44)]
    public void The_same_machine_elsewhere_by_its_microarchitecture(int load, int contained, int of, double least, double most) =>
        Study("microarchitecture", machine => machine.Cpu.HasName ? CpuPowerModels.Choose(machine.Cpu, null) : null, load).ShouldBe((contained, of, least, most));

    /// <summary>As if its own generation had no coefficient: Zen 2 by that of Zen 3 (as Zen 4 is), Zen 3 by that of Zen 2 (as Zen is).</summary>
    [Theory]
    [InlineData(5, 0, 3, 0, 6.90)]
    [InlineData(10, 1, 3, 0.97, 3.81)]
    [InlineData(25, 3, 3, 1.01, 1.88)]
    [InlineData(50, 3, 3, 0.84, 1.40)]
    [InlineData(75, 3, 3, 0.81, 1.32)]
    [InlineData(95, 3, 3, 0.94, 1.39)]
    public void The_same_machine_by_its_nearest_relative(int load, int contained, int of, double least, double most) =>
        Study("microarchitecture", NearestRelative, load).ShouldBe((contained, of, least, most));

    /// <summary>As if the processor were there whole, on bare metal. The curves contain memory, which the product adds to this model.</summary>
    [Theory]
    [InlineData(5, 0, 3, 0.00, 4.87)]
    [InlineData(10, 1, 3, 1.03, 2.70)]
    [InlineData(25, 3, 3, 1.07, 1.46)]
    [InlineData(50, 3, 3, 0.89, 1.09)]
    [InlineData(75, 3, 3, 0.85, 1.16)]
    [InlineData(95, 3, 3, 0.98, 1.19)]
    public void The_same_processor_by_its_TDP(int load, int contained, int of, double least, double most) =>
        Study("tdp-per-thread", machine => machine.Cpu.HasName ? CpuPowerModels.Choose(machine.Cpu with { IsGuest = false, ThreadsPerSocket = 128 }, null) : null, load)
            .ShouldBe((contained, of, least, most));

    /// <summary>Nothing is known of the machine.</summary>
    [Theory]
    [InlineData(5, 0, 4, 0, 3.01)]
    [InlineData(10, 3, 4, 0.02, 1.66)]
    [InlineData(25, 4, 4, 0.27, 0.82)]
    [InlineData(50, 4, 4, 0.47, 1.06)]
    [InlineData(75, 4, 4, 0.45, 1.03)]
    [InlineData(95, 4, 4, 0.52, 1.03)]
    public void The_same_machine_as_an_average_vCPU(int load, int contained, int of, double least, double most) =>
        Study("average-vcpu", machine => CpuPowerModels.Choose(machine.Cpu with { ModelName = "?", Vendor = null, IsGuest = true }, null), load)
            .ShouldBe((contained, of, least, most));

    [Fact]
    public void A_known_runners_bounds_contain_its_curve_at_every_load_from_25_per_cent() =>
        Machines.SelectMany(machine => machine.Curve.Loads.Where(load => load >= 25).Select(load => Window(machine, CpuPowerModels.Choose(machine.Cpu, null, machine.Runner), load)))
            .Select(window => window.Contained).ShouldBe(Enumerable.Repeat(true, 4 * 16));

    [Fact]
    public void Idle_bounds_of_an_identified_processor_contain_idle_and_a_Mac_idles_on_more_than_an_average_vCPU_may()
    {
        bool[] Contained(Func<Machine, CpuPowerModel> choose) =>
            [.. Machines.Select(machine => (Truth: machine.Curve.Watts(0) / machine.Cpu.LogicalProcessors, choose(machine).IdlePower))
                .Select(pair => pair.Truth >= pair.IdlePower.Low.Watts && pair.Truth <= pair.IdlePower.High.Watts)];

        Contained(machine => CpuPowerModels.Choose(machine.Cpu, null, machine.Runner)).ShouldBe([true, true, true, true]);
        Contained(machine => CpuPowerModels.Choose(machine.Cpu, null)).ShouldBe([true, true, true, false]);
    }

    [Fact]
    public void The_bounds_of_a_known_runner_are_the_narrowest_around_the_five_server_curves_and_the_Mac_has_its_own()
    {
        var factors = KnownCurve.All().Values.Where(curve => curve.Machine != "macos-14-mac-mini-m1").SelectMany(Factors).ToList();
        factors.Count.ShouldBe(5 * 16);

        foreach (var machine in Machines)
        {
            var model = CpuPowerModels.Choose(machine.Cpu, null, machine.Runner);
            var own = machine.Curve.Machine == "macos-14-mac-mini-m1" ? Factors(machine.Curve).Min() : 1;
            model.LowFactor.ShouldBe(Math.Min(own, Math.Floor(factors.Min() * 100) / 100), 1e-9);
            model.HighFactor.ShouldBe(Math.Ceiling(factors.Max() * 100) / 100, 1e-9);
        }
    }

    [Fact]
    public void The_constants_alone_contain_92_of_96_loads_and_miss_the_Mac_below_45_per_cent() =>
        KnownCurve.All().Values
            .SelectMany(curve => curve.Loads.Where(load => load >= 25).Select(load => (curve.Machine, Load: load, Factor: curve.FactorOfLine(load))))
            .Where(point => point.Factor is < 0.64 or > 1.44)
            .Select(point => (point.Machine, point.Load))
            .ShouldBe(new[] { 25, 30, 35, 40 }.Select(load => ("macos-14-mac-mini-m1", load)));

    /// <summary>What those constants would be worth for a runner whose curve we had not seen.</summary>
    [Theory]
    [InlineData("default", 16)]
    [InlineData("github_EPYC_7763_4_CPU_shared", 15)]
    [InlineData("gitlab_EPYC_7B12_saas-linux-medium-amd64", 16)]
    [InlineData("gitlab_EPYC_7B12_saas-linux-small-amd64", 16)]
    [InlineData("intel-xeon-6246_vhr_04167", 16)]
    [InlineData("macos-14-mac-mini-m1", 12)]
    public void Bounds_that_are_made_of_the_other_five_curves_contain_so_many_of_16_loads_of_the_sixth(string left, int contained)
    {
        var curves = KnownCurve.All();
        var others = curves.Values.Where(curve => curve.Machine != left).SelectMany(Factors).ToList();

        Factors(curves[left]).Count(factor => factor >= others.Min() && factor <= others.Max()).ShouldBe(contained);
    }

    [Fact]
    public void What_five_curves_say_of_waking_and_sagging_contains_the_sixth_at_every_load_with_the_margins_that_ship_and_not_without()
    {
        LeaveOneOut(above: 1.1, below: 1.4).ShouldBe((6 * 20, 6));
        LeaveOneOut(above: 1, below: 1).ShouldBe((109, 4));
        KnownCurve.All().Values.Max(Above).ShouldBe(CpuLoadBounds.Above / 1.1, 5e-4);
        KnownCurve.All().Values.Max(Below).ShouldBe(CpuLoadBounds.Below / 1.4, 5e-4);
    }

    [Fact]
    public void A_CPU_second_that_costs_a_fifth_of_the_line_at_least_gives_up_6_of_120_points_all_below_25_per_cent_load()
    {
        var missed = KnownCurve.All().Values
            .SelectMany(curve => curve.Loads.Select(load => (curve.Machine, Load: load, Factor: curve.FactorOfLine(load))))
            .Where(point => point.Factor < CpuLoadBounds.LeastCharged)
            .ToList();

        missed.Count.ShouldBe(6);
        missed.ShouldAllBe(point => point.Load < 25);
        missed.Count(point => point.Load > 5).ShouldBe(3, "all of the Mac");
    }

    [Fact]
    public void Around_each_of_the_two_curves_of_one_processor_the_bounds_of_a_known_curve_contain_the_other_at_every_load()
    {
        var (medium, small) = ("gitlab_EPYC_7B12_saas-linux-medium-amd64", "gitlab_EPYC_7B12_saas-linux-small-amd64");

        MissedBy(medium, small).ShouldBe([]);
        MissedBy(small, medium).ShouldBe([]);

        static int[] MissedBy(string taken, string truth)
        {
            var curve = PowerCurve.Find(taken, 4)!;
            return [.. KnownCurve.All()[truth].Loads.Where(load => !Contains(CpuLoadBounds.OfCurve(curve, load / 100.0), KnownCurve.All()[truth].FactorOfLine(load)))];
        }
    }

    /// <summary>
    /// Where the load of the machine is known: half of the width of the bounds, as a part of the central value, of the
    /// machine where it is least and of the one where it is most. All of them contain what the machine really adds.
    /// </summary>
    [Theory]
    [InlineData(5, 2.75, 4.87, 3.54, 4.25, 5.67, 4.73)]
    [InlineData(10, 1.65, 2.60, 2.02, 2.43, 3.24, 2.70)]
    [InlineData(15, 0.61, 0.99, 1.52, 1.82, 2.43, 2.03)]
    [InlineData(25, 0.32, 0.65, 1.11, 1.33, 1.78, 1.48)]
    [InlineData(50, 0.22, 0.30, 0.65, 0.82, 1.18, 1.01)]
    [InlineData(75, 0.17, 0.28, 0.47, 0.61, 0.95, 0.84)]
    [InlineData(95, 0.17, 0.26, 0.39, 0.53, 0.86, 0.77)]
    [InlineData(100, 0.15, 0.15, 0.38, 0.51, 0.84, 0.76)]
    public void Bounds_that_know_the_machines_load_contain_every_machine(int load, double leastOfRunners, double mostOfRunners, double tdp, double microarchitecture, double nearest, double average)
    {
        ByLoad(machine => CpuPowerModels.Choose(machine.Cpu, null, machine.Runner), load).ShouldBe((4, 4, leastOfRunners, mostOfRunners));
        ByLoad(machine => machine.Cpu.HasName ? CpuPowerModels.Choose(machine.Cpu with { IsGuest = false, ThreadsPerSocket = 128 }, null) : null, load)
            .ShouldBe((3, 3, tdp, tdp));
        ByLoad(machine => machine.Cpu.HasName ? CpuPowerModels.Choose(machine.Cpu, null) : null, load).ShouldBe((3, 3, microarchitecture, microarchitecture));
        ByLoad(NearestRelative, load).ShouldBe((3, 3, nearest, nearest));
        ByLoad(machine => CpuPowerModels.Choose(machine.Cpu with { ModelName = "?", Vendor = null, IsGuest = true }, null), load).ShouldBe((4, 4, average, average));
    }

    [Fact]
    public void Bounds_that_know_the_machines_load_contain_every_machine_at_each_of_20_loads()
    {
        for (var load = 5; load <= 100; load += 5)
        {
            ByLoad(machine => CpuPowerModels.Choose(machine.Cpu, null, machine.Runner), load).Contained.ShouldBe(4);
            ByLoad(machine => machine.Cpu.HasName ? CpuPowerModels.Choose(machine.Cpu with { IsGuest = false, ThreadsPerSocket = 128 }, null) : null, load).Contained.ShouldBe(3);
            ByLoad(machine => machine.Cpu.HasName ? CpuPowerModels.Choose(machine.Cpu, null) : null, load).Contained.ShouldBe(3);
            ByLoad(NearestRelative, load).Contained.ShouldBe(3);
            ByLoad(machine => CpuPowerModels.Choose(machine.Cpu with { ModelName = "?", Vendor = null, IsGuest = true }, null), load).Contained.ShouldBe(4);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(7)]
    public void A_load_that_is_none_has_the_bounds_of_the_nearest_that_is_known(double load)
    {
        foreach (var model in new[] { CpuPowerModels.Choose(Zen3, null, Machines[0].Runner), CpuPowerModels.Choose(Zen3, null), CpuPowerModels.Choose(Zen3, Power.FromWatts(3)) })
        {
            model.BoundsAt(load).ShouldBe(model.BoundsAt(load >= 1 ? 1 : 0.05));
            model.BoundsAt(load).Low.ShouldBeInRange(0, 1);
            model.BoundsAt(load).High.ShouldBeInRange(1, 100);
        }
    }

    [Fact]
    public void A_known_runner_has_the_curve_of_the_whole_machine_and_reading_it_allocates_nothing()
    {
        var machine = Machines[0];
        var curve = CpuPowerModels.Choose(machine.Cpu, null, machine.Runner).Curve!;

        curve.LogicalProcessors.ShouldBe(4);
        curve.PowerAt(0).Watts.ShouldBe(1.759, 1e-12);
        curve.PowerAt(0.5).Watts.ShouldBe(5.164, 1e-12);
        curve.PowerAt(1).Watts.ShouldBe(8.18, 1e-12);
        curve.PowerAt(0.525).Watts.ShouldBe((machine.Curve.Watts(50) + machine.Curve.Watts(55)) / 2, 1e-12);
        curve.PowerAt(double.NaN).ShouldBe(curve.PowerAt(0));
        curve.PowerAt(-3).ShouldBe(curve.PowerAt(0));
        curve.PowerAt(double.PositiveInfinity).ShouldBe(curve.PowerAt(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        curve.PowerAt(0.3);
        curve.FactorOfLine(0.3);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        CpuPowerModels.Choose(machine.Cpu, null).Curve.ShouldBeNull("only a known runner has one");
        CpuPowerModels.Choose(machine.Cpu, null, machine.Runner with { IsCpuConfirmed = false }).Curve.ShouldBeNull("it may be another machine");
        PowerCurve.Find("nothing", 4).ShouldBeNull();
    }

    private static CpuPowerModel? NearestRelative(Machine machine) => !machine.Cpu.HasName ? null
        : CpuPowerModels.Choose(machine.Cpu.Family == 25 ? machine.Cpu with { Family = 23, Model = 1 } : machine.Cpu with { Family = 25, Model = 17 }, null);

    private static (int Contained, int Of, double Least, double Most) ByLoad(Func<Machine, CpuPowerModel?> choose, int load)
    {
        var windows = Machines.Select(machine => (Machine: machine, Model: choose(machine))).Where(pair => pair.Model is not null)
            .Select(pair =>
            {
                var bounds = pair.Model!.BoundsAt(load / 100.0);
                return (IsContained: Contains(bounds, Window(pair.Machine, pair.Model, load).Factor), HalfWidth: (bounds.High - bounds.Low) / 2);
            })
            .ToList();
        return (windows.Count(window => window.IsContained), windows.Count, Math.Round(windows.Min(window => window.HalfWidth), 2), Math.Round(windows.Max(window => window.HalfWidth), 2));
    }

    private static bool Contains((double Low, double High) bounds, double factor) => factor >= bounds.Low - 1e-9 && factor <= bounds.High + 1e-9;

    /// <summary>How much of a curve's points, and how many whole curves, bounds contain that are made of the other five.</summary>
    private static (int Points, int Curves) LeaveOneOut(double above, double below)
    {
        var curves = KnownCurve.All().Values.ToList();
        var contained = curves
            .Select(left => left.Loads.Count(load => Contains(
                (CpuLoadBounds.LeastOfLine(load / 100.0, below * curves.Where(curve => curve != left).Max(Below)),
                    CpuLoadBounds.MostOfLine(load / 100.0, above * curves.Where(curve => curve != left).Max(Above))),
                left.FactorOfLine(load))))
            .ToList();
        return (contained.Sum(), contained.Count(count => count == 20));
    }

    private static double Above(KnownCurve curve) => Math.Max(0, curve.Loads.Max(load => (curve.FactorOfLine(load) - 1) / (((100.0 - load) / load) + 0.2)));

    private static double Below(KnownCurve curve) => Math.Max(0, curve.Loads.Max(load => (1 - curve.FactorOfLine(load)) * load / 100));

    /// <summary>Windows at one load: how many the bounds contain, of how many, and the truth from least to most as a factor of the central value.</summary>
    private static (int Contained, int Of, double Least, double Most) Study(string source, Func<Machine, CpuPowerModel?> choose, int load)
    {
        var windows = Machines
            .Select(machine => (Machine: machine, Model: choose(machine)))
            .Where(pair => pair.Model is not null)
            .Select(pair =>
            {
                pair.Model!.Source.ShouldBe(source, pair.Machine.Curve.Machine);
                return Window(pair.Machine, pair.Model, load);
            })
            .ToList();
        return (windows.Count(window => window.Contained), windows.Count, Math.Round(windows.Min(window => window.Factor), 2), Math.Round(windows.Max(window => window.Factor), 2));
    }

    private static (bool Contained, double Factor) Window(Machine machine, CpuPowerModel model, int load)
    {
        var truth = (machine.Curve.Watts(load) - machine.Curve.Watts(0)) * WindowSeconds;
        var charged = model.ActivePower * TimeSpan.FromSeconds(WindowSeconds * machine.Cpu.LogicalProcessors * load / 100.0);

        // The bounds touch the least and the most of a runner's own curve; equal up to rounding is contained.
        return (truth >= charged.Low.Joules - 1e-9 && truth <= charged.High.Joules + 1e-9, truth / charged.Central.Joules);
    }

    private static IEnumerable<double> Factors(KnownCurve curve) => curve.Loads.Where(load => load >= 25).Select(curve.FactorOfLine);

    private sealed record Machine(KnownCurve Curve, CpuIdentity Cpu, CiRunner Runner)
    {
        public Machine(string curve, CpuIdentity cpu, params (string Name, string Value)[] variables)
            : this(
                KnownCurve.All()[curve], cpu,
                CiRunner.Recognise(new EnvironmentVariables(name => variables.FirstOrDefault(variable => variable.Name == name).Value), cpu)!)
        {
        }
    }
}
