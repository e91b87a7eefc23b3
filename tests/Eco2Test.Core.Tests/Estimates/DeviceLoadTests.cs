using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Estimates;

public sealed class DeviceLoadTests
{
    private static readonly Gen<double> Utilization = Gen.Double[0.01, 1];

    private static readonly GpuModel[] Gpus = [.. GpuModel.All()];

    [Fact]
    public void A_GPU_draws_its_TDP_times_its_utilisation()
    {
        var load = DeviceLoad.Of(GpuModel.Find("V100")!, 8, 0.432);

        load.Name.ShouldBe("Tesla V100-SXM2-16GB");
        load.Power.Central!.Value.Watts.ShouldBe(8 * 300 * 0.432, 1e-9);

        // A mean power is known to 5 %; and as the share of busy time: 35 W at rest, 300 W for 43.2 % of the time.
        load.Power.Low.Watts.ShouldBe(8 * 300 * 0.432 * 0.95, 1e-9);
        load.Power.High.Watts.ShouldBe(8 * (35 + (265 * 0.432)), 1e-9);
    }

    [Fact]
    public void Without_a_utilisation_it_is_between_rest_and_TDP()
    {
        var load = DeviceLoad.Of(GpuModel.Find("V100")!, 8, utilization: null);

        (load.Power.Low.Watts, load.Power.Central, load.Power.High.Watts).ShouldBe((8 * 35, null, 8 * 300));
        load.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_taken_for_the_least_at_rest_is_below_that_of_every_GPU_of_which_it_is_known()
    {
        var shares = Gpus.Where(gpu => gpu.Idle is not null).Select(gpu => gpu.Idle!.Value / gpu.Tdp).ToList();

        shares.Count.ShouldBe(10);
        shares.ShouldAllBe(share => share > DeviceLoad.LeastIdleShareOfGpu && share < DeviceLoad.MostIdleShareOfGpu);
    }

    [Fact]
    public void A_TDP_that_nobody_checked_widens_the_bounds_and_is_said()
    {
        var gpu = GpuModel.Find("H100 PCIe")!;
        gpu.IsVerified.ShouldBeFalse();

        DeviceLoad.Of(gpu, 1, null).Power.High.Watts.ShouldBe(350 * 1.2, 1e-9);
        DeviceLoad.Of(gpu, 1, 0.5).Power.Low.Watts.ShouldBe(350 * 0.8 * 0.5 * 0.95, 1e-9);
        DeviceLoad.Of(gpu, 1, 0.5).Notes.ShouldHaveSingleItem().ShouldContain("not checked");
    }

    [Fact]
    public void Two_TDPs_of_one_processor_are_both_within_the_bounds_and_said()
    {
        var cpu = new CpuModel("Some CPU", Power.FromWatts(100), Cores: 10, "eco2ai", OtherTdp: Power.FromWatts(140));

        var load = DeviceLoad.Of(cpu, 2, cores: null, 0.5);

        load.Power.Central!.Value.Watts.ShouldBe(100, 1e-9);
        load.Power.Low.Watts.ShouldBe(95, 1e-9);
        load.Power.High.Watts.ShouldBeGreaterThan(140);
        load.Notes.ShouldHaveSingleItem().ShouldContain("disagree");
        DeviceLoad.Of(cpu, 2, null, null).Power.High.Watts.ShouldBe(280, 1e-9);
    }

    [Fact]
    public void Some_cores_of_a_socket_have_their_part_of_its_TDP()
    {
        var cpu = new CpuModel("Some CPU", Power.FromWatts(280), Cores: 64, "eco2ai", OtherTdp: null);

        var load = DeviceLoad.Of(cpu, 1, cores: 4, 1);

        load.Power.Central!.Value.Watts.ShouldBe(17.5, 1e-9);
        load.Name.ShouldBe("4 of 64 cores of Some CPU");
    }

    [Fact]
    public void Memory_draws_the_same_whatever_works()
    {
        var power = DeviceLoad.OfMemory(100).Power;

        power.Central!.Value.Watts.ShouldBe(37.5, 1e-9);
        (power.Low.Watts, power.High.Watts).ShouldBe((16, 62.5));
    }

    [Fact]
    public void A_runner_follows_its_curve_and_rests_at_its_idle_power()
    {
        var runner = LentRunner.Find("GitHub:ubuntu-24.04")!;

        DeviceLoad.Of(runner, 1, 0).Power.Central!.Value.Watts.ShouldBe(1.759, 0.001);
        DeviceLoad.Of(runner, 2, 1).Power.Central!.Value.Watts.ShouldBe(2 * 8.18, 0.01);
        DeviceLoad.Of(runner, 1, 0.5).Power.Central!.Value.Watts.ShouldBe(5.164, 0.001);
        DeviceLoad.Of(runner, 1, null).Power.Central.ShouldBeNull();
        DeviceLoad.Of(runner, 1, 0.5).IncludesMemory.ShouldBeTrue();
    }

    [Fact]
    public void A_runner_without_known_watts_is_none() => LentRunner.Find("github:ubuntu-24.04-arm").ShouldBeNull();

    [Fact]
    public void A_machine_of_a_cloud_is_its_CPUs_by_their_coefficients_and_its_GPUs()
    {
        var loads = DeviceLoad.Of(CloudInstance.Find("p3.16xlarge")!, 1, 0.5);

        loads.Select(load => load.Count).ShouldBe([1, 8]);
        loads[0].Power.Central!.Value.Watts.ShouldBe(64 * (0.74 + ((3.54 - 0.74) * 0.5)), 1e-9);
        loads[0].Notes.ShouldHaveSingleItem().ShouldContain("an average vCPU is assumed");
        loads[1].Name.ShouldBe("Tesla V100-SXM2-16GB");
    }

    [Fact]
    public void A_machine_that_may_have_one_of_several_processors_has_their_mean_and_the_bounds_of_all()
    {
        var power = DeviceLoad.Of(CloudInstance.Find("aws:c5.xlarge")!, 1, 1).Single().Power;

        power.Central!.Value.Watts.ShouldBe(4 * (3.97 + 4.26) / 2, 1e-9);
        power.Low.Watts.ShouldBe(4 * 3.97 * 0.6, 1e-9);
        power.High.Watts.ShouldBe(4 * 4.26 * 1.5, 1e-9);
    }

    [Fact]
    public void Every_machine_of_a_cloud_has_GPUs_and_microarchitectures_that_are_known() => CloudInstance.All().ShouldAllBe(instance =>
        (instance.Gpu == null || GpuModel.Find(instance.Gpu)!.Name == instance.Gpu) && DeviceLoad.Of(instance, 1, 0.5).Count > 0);

    [Fact]
    public void Bounds_contain_the_figure_and_the_busier_the_more() =>
        Gen.Select(Gen.Int[0, Gpus.Length - 1], Utilization, Utilization).Sample((gpu, one, other) =>
        {
            var (less, more) = (DeviceLoad.Of(Gpus[gpu], 1, Math.Min(one, other)).Power, DeviceLoad.Of(Gpus[gpu], 1, Math.Max(one, other)).Power);

            return Contains(less) && Contains(more) && less.Central <= more.Central && less.Low <= more.Low && less.High <= more.High;
        });

    [Fact]
    public void Bounds_of_every_device_are_in_order()
    {
        foreach (var load in new double?[] { null, 0, 0.01, 0.5, 1 })
        {
            IEnumerable<DeviceLoad> all =
            [
                .. Gpus.Select(gpu => DeviceLoad.Of(gpu, 1, load)), .. LentRunner.All().Select(runner => DeviceLoad.Of(runner, 1, load)),
                .. CloudInstance.All().SelectMany(instance => DeviceLoad.Of(instance, 1, load)),
                .. CpuModel.All().Select(cpu => DeviceLoad.Of(cpu, 1, null, load)),
            ];
            all.ShouldAllBe(each => Contains(each.Power) && (each.Power.Central == null) == (load == null));
        }
    }

    [Fact]
    public void A_whole_has_a_figure_only_where_every_part_has_one()
    {
        var price = new Price(RegionCatalog.Default.FindPlace("aws:eu-west-3")!, Assumed: false, SetPue: null);
        var gpu = DeviceLoad.Of(GpuModel.Find("V100")!, 1, 0.5);

        var known = new Estimate([gpu, DeviceLoad.OfMemory(64)], TimeSpan.FromHours(10), price);
        var unknown = new Estimate([gpu, DeviceLoad.Of(GpuModel.Find("P40")!, 1, null)], TimeSpan.FromHours(10), price);

        // (150 W + 24 W) × 10 h, × 1.2 in the building, × 44.18 g/kWh.
        known.Energy.Central!.Value.KilowattHours.ShouldBe(1.74, 1e-9);
        known.BuildingEnergy.Central!.Value.KilowattHours.ShouldBe(2.088, 1e-9);
        known.Emissions.Central!.Value.Grams.ShouldBe(92.24784, 1e-6);
        unknown.Energy.Central.ShouldBeNull();
        unknown.Emissions.Central.ShouldBeNull();
    }

    [Theory]
    [InlineData("AMD EPYC 7763 64-Core Processor")]
    [InlineData("amd epyc 7763")]
    public void A_processor_is_found_as_it_writes_itself(string name) => CpuModel.Find(name).ShouldContain(cpu => cpu.Tdp.Watts == 280 && cpu.Name == "AMD EPYC 7763");

    [Theory]
    [InlineData("Xeon Platinum 838", "8380")]
    [InlineData("EPYC 776", "7763")]
    public void The_nearest_processors_are_told(string name, string near) =>
        NearestNames.Of(name, CpuModel.All().Select(cpu => cpu.Name), 10).ShouldContain(found => found.Contains(near, StringComparison.Ordinal));

    [Fact]
    public void What_is_like_nothing_has_no_nearest_name()
    {
        NearestNames.Of("qqqqqqqq", Gpus.Select(gpu => gpu.Name)).ShouldBeEmpty();
        NearestNames.Of("", Gpus.Select(gpu => gpu.Name)).ShouldBeEmpty();
        NearestNames.Of(new string('a', 1_000_000), Gpus.Select(gpu => gpu.Name)).ShouldBeEmpty();
    }

    private static bool Contains(Estimated<Power> power) =>
        power.Low >= Power.Zero && power.Low <= power.High && (power.Central is not { } central || (power.Low <= central && central <= power.High));
}
