using Eco2Test.Hardware;

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
        Study("microarchitecture", machine => !machine.Cpu.HasName ? null : CpuPowerModels.Choose(
            machine.Cpu.Family == 25 ? machine.Cpu with { Family = 23, Model = 1 } : machine.Cpu with { Family = 25, Model = 17 }, null), load)
            .ShouldBe((contained, of, least, most));

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
