using Eco2Test.Core.Tests.Metering;
using Eco2Test.Sensors;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>Windows' Energy Meter Interface against devices that are made of bytes; no Windows.</summary>
public sealed class EnergyMeterSensorTests
{
    private readonly FakeMachine _machine = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_package_counts_what_its_channel_counts(int version)
    {
        var device = new FakeEnergyMeter((ushort)version, "RAPL_Package0_PKG");
        var package = Find(device).Packages.ShouldHaveSingleItem();
        var before = Read(package);

        _machine.Idle(seconds: 1);
        device.Add(0, joules: 42);

        (Read(package) - before).ShouldBe(42, 1e-6);
        package.Channel.ShouldBe(new EnergyChannel("RAPL_Package0_PKG", "emi", EnergyDomain.Package, Provenance.Measured, EnergyMeterSensor.Period) { Scale = 3.6e-9, Uncertainty = 0.1 });
    }

    [Fact]
    public void Cores_and_uncore_are_in_their_package_and_memory_is_beside_it()
    {
        var device = new FakeEnergyMeter(2, "RAPL_Package0_PP0", "RAPL_Package0_PKG", "RAPL_Package0_PP1", "RAPL_Package0_DRAM", "RAPL_Package0_Core3_CORE", "RAPL_Package0_PSYS");

        var set = Find(device);

        Devices(set.Packages).ShouldBe(["RAPL_Package0_PKG"]);
        Devices(set.Memory).ShouldBe(["RAPL_Package0_DRAM"]);
        set.NotAdded.Select(channel => (channel.Device, channel.Domain, channel.ContainedIn)).ShouldBe(
        [
            ("RAPL_Package0_PP0", EnergyDomain.Core, "RAPL_Package0_PKG"),
            ("RAPL_Package0_PP1", EnergyDomain.Uncore, "RAPL_Package0_PKG"),
            ("RAPL_Package0_Core3_CORE", EnergyDomain.Core, "RAPL_Package0_PKG"),
            ("RAPL_Package0_PSYS", EnergyDomain.Platform, null),
        ]);
    }

    [Fact]
    public void Each_channel_has_its_own_measurement()
    {
        var device = new FakeEnergyMeter(2, "RAPL_Package0_PKG", "RAPL_Package0_DRAM", "RAPL_Package1_PKG", "RAPL_Package1_DRAM");
        device.Energies[2] = 7_000_000_000_000;
        var set = Find(device);
        var before = set.Packages.Concat(set.Memory).Select(Read).ToList();

        _machine.Idle(seconds: 1);
        for (var i = 0; i < 4; i++)
        {
            device.Add(i, joules: i + 1);
        }

        set.Packages.Concat(set.Memory).Zip(before, (sensor, then) => Math.Round(Read(sensor) - then, 6)).ShouldBe([1, 3, 2, 4]);
    }

    [Fact]
    public void Packages_that_show_one_counter_are_the_dies_of_one_processor()
    {
        var device = new FakeEnergyMeter(2, "RAPL_Package0_PKG", "RAPL_Package1_PKG", "RAPL_Package1_DRAM");

        var set = Find(device);

        Devices(set.Packages).ShouldBe(["RAPL_Package0_PKG"]);
        set.NotAdded.Select(channel => (channel.Device, channel.ContainedIn)).ShouldContain(("RAPL_Package1_PKG", "RAPL_Package0_PKG"));
    }

    [Fact]
    public void Packages_of_two_devices_are_added()
    {
        var (first, second) = (new FakeEnergyMeter(1, "RAPL_Package0_PKG"), new FakeEnergyMeter(1, "RAPL_Package1_PKG"));
        second.Energies[0] = 5;

        Devices(Find(first, second).Packages).ShouldBe(["RAPL_Package0_PKG", "RAPL_Package1_PKG"]);
        first.IsDisposed.ShouldBeFalse();
        second.IsDisposed.ShouldBeFalse();
    }

    [Fact]
    public void A_device_without_the_processor_is_let_go_and_missing_is_said()
    {
        var device = new FakeEnergyMeter(2, "Battery", "RAPL_", "RAPL_Package0", "RAPL__PKG2", "GPU");

        var set = Find(device);

        set.Packages.ShouldBeEmpty();
        set.Missing.ShouldHaveSingleItem().Reason.ShouldContain("Energy Meter Interface");
        device.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public void A_device_that_fails_is_a_fault_and_no_energy_until_it_answers_again()
    {
        var device = new FakeEnergyMeter(2, "RAPL_Package0_PKG");
        var package = Find(device).Packages.Single();
        var before = Read(package);

        device.Works = false;
        package.TryRead(out var meanwhile).ShouldBeFalse();
        meanwhile.Joules.ShouldBe(before);
        package.Fault.ShouldBe("RAPL_Package0_PKG: the energy meter gives no measurement (its driver answers with an error)");

        device.Works = true;
        _machine.Idle(seconds: 1);
        device.Add(0, joules: 3);
        (Read(package) - before).ShouldBe(3, 1e-6);
        package.Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(31)]
    public void A_measurement_that_ends_early_is_a_fault(int length)
    {
        var device = new FakeEnergyMeter(2, "RAPL_Package0_PP0", "RAPL_Package0_PKG");
        var package = Find(device).Packages.Single();

        device.MeasurementLength = length;

        package.TryRead(out _).ShouldBeFalse();
        package.Fault.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    public void A_value_that_cannot_be_is_no_energy_and_is_said(ulong value)
    {
        var device = new FakeEnergyMeter(2, "RAPL_Package0_PKG");
        var package = Find(device).Packages.Single();
        var before = Read(package);

        _machine.Idle(seconds: 1);
        device.Energies[0] = value;

        Read(package).ShouldBe(before);
        package.Remark.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0u)]
    [InlineData(10u)]
    public void A_device_that_lies_about_the_length_of_its_metadata_is_none(uint size)
    {
        var device = new FakeEnergyMeter(2, "RAPL_Package0_PKG") { MetadataSize = size };

        Find(device).Packages.ShouldBeEmpty();
    }

    [Fact]
    public void A_device_that_answers_nothing_and_one_of_another_version_stop_nobody()
    {
        var (dead, future, works) = (new FakeEnergyMeter(2, "RAPL_Package0_PKG") { Works = false }, new FakeEnergyMeter(2, "RAPL_Package0_PKG") { Version = 9 }, new FakeEnergyMeter(2, "RAPL_Package0_PKG"));

        Find(dead, future, works).Packages.ShouldHaveSingleItem();
        dead.IsDisposed.ShouldBeTrue();
        future.IsDisposed.ShouldBeTrue();
        works.IsDisposed.ShouldBeFalse();
    }

    [Fact]
    public void A_reading_allocates_nothing()
    {
        var package = Find(new FakeEnergyMeter(2, "RAPL_Package0_PKG", "RAPL_Package0_PP0")).Packages.Single();

        Allocations.Of(() => package.TryRead(out _)).ShouldBe(0);
    }

    private SensorSet Find(params IEnergyMeterDevice[] devices) => new EnergyMeterSearch(devices, _machine).Find();

    private static IEnumerable<string> Devices(IEnumerable<IEnergySensor> sensors) => sensors.Select(sensor => sensor.Channel.Device);

    private static double Read(IEnergySensor sensor)
    {
        sensor.TryRead(out var cumulative).ShouldBeTrue(sensor.Fault);
        return cumulative.Joules;
    }
}
