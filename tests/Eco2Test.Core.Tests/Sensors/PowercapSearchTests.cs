using Eco2Test.Core.Tests.Metering;
using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>Which of the zones of a machine are added, so that no joule is counted twice and none is left out unsaid.</summary>
public sealed class PowercapSearchTests : IDisposable
{
    private const string Intel = "GenuineIntel";
    private const string Amd = "AuthenticAMD";

    private readonly FakePowercap _powercap = new();
    private readonly FakeMachine _machine = new();

    [Fact]
    public void A_laptop_has_its_package_and_its_memory_and_what_is_inside_is_not_added()
    {
        _powercap.AddZone("intel-rapl:0", "package-0");
        _powercap.AddZone("intel-rapl:0:0", "core");
        _powercap.AddZone("intel-rapl:0:1", "uncore");
        _powercap.AddZone("intel-rapl:0:2", "dram");
        _powercap.AddZone("intel-rapl:1", "psys");

        var set = Find();

        Devices(set.Packages).ShouldBe(["package-0"]);
        Devices(set.Memory).ShouldBe(["package-0 dram"]);
        set.NotAdded.Select(channel => (channel.Device, channel.Domain, channel.ContainedIn)).ShouldBe(
        [
            ("package-0 core", EnergyDomain.Core, "package-0"),
            ("package-0 uncore", EnergyDomain.Uncore, "package-0"),
            ("psys", EnergyDomain.Platform, null),
        ]);
        set.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void A_channel_says_what_it_is()
    {
        _powercap.AddZone("intel-rapl:0", "package-0");

        var channel = Find().Packages.Single().Channel;

        channel.Source.ShouldBe("rapl-powercap");
        channel.Domain.ShouldBe(EnergyDomain.Package);
        channel.Provenance.ShouldBe(Provenance.Measured);
        channel.UpdatePeriod.ShouldBe(TimeSpan.FromMilliseconds(1));
        channel.WrapModulus.ShouldBe(FakePowercap.UsualRange);
        channel.Scale.ShouldBe(1e-6);
        channel.Uncertainty.ShouldBe(0.05);
        channel.IsSampledPower.ShouldBeFalse();
    }

    [Fact]
    public void All_of_eight_sockets_are_added_in_their_order()
    {
        for (var i = 0; i < 8; i++)
        {
            _powercap.AddZone($"intel-rapl:{i}", $"package-{i}");
            _powercap.AddZone($"intel-rapl:{i}:0", "dram");
        }

        var set = Find();

        Devices(set.Packages).ShouldBe(Enumerable.Range(0, 8).Select(i => $"package-{i}"));
        set.Memory.Count.ShouldBe(8);
        set.NotAdded.ShouldBeEmpty();
    }

    [Fact]
    public void Zones_are_in_the_order_of_their_numbers_and_not_of_their_letters()
    {
        for (var i = 11; i >= 0; i--)
        {
            _powercap.AddZone($"intel-rapl:{i}", $"package-{i}");
        }

        Devices(Find().Packages).ShouldBe(Enumerable.Range(0, 12).Select(i => $"package-{i}"));
    }

    [Fact]
    public void The_same_package_by_mmio_is_not_added()
    {
        _powercap.AddZone("intel-rapl-mmio:0", "package-0");
        _powercap.AddZone("intel-rapl-mmio:0:0", "dram");
        _powercap.AddZone("intel-rapl:0", "package-0");
        _powercap.AddZone("intel-rapl:0:0", "dram");

        var set = Find();

        Devices(set.Packages).ShouldBe(["package-0"]);
        Devices(set.Memory).ShouldBe(["package-0 dram"]);
        set.NotAdded.Select(channel => (channel.Device, channel.ContainedIn)).ShouldBe(
            [("package-0 (mmio)", "package-0"), ("package-0 (mmio) dram", "package-0 dram")]);
    }

    [Fact]
    public void A_package_that_is_there_by_mmio_only_is_the_package()
    {
        _powercap.AddZone("intel-rapl-mmio:0", "package-0");

        Devices(Find().Packages).ShouldBe(["package-0 (mmio)"]);
    }

    [Fact]
    public void A_board_stands_for_the_processor_where_there_is_no_package_and_says_so()
    {
        _powercap.AddZone("intel-rapl:0", "psys");
        _powercap.AddZone("intel-rapl:1", "psys-1");

        var set = Find();

        var board = set.Packages.ShouldHaveSingleItem();
        board.Channel.Domain.ShouldBe(EnergyDomain.Platform);
        board.Remark.ShouldNotBeNull().ShouldContain("whole board");
        set.NotAdded.ShouldHaveSingleItem().Device.ShouldBe("psys-1");
    }

    [Fact]
    public void A_boards_remark_stays_when_its_counter_is_reset()
    {
        var zone = _powercap.AddZone("intel-rapl:0", "psys");
        var board = Find().Packages.Single();

        _machine.Idle(seconds: 1);
        zone.Microjoules = 1;
        board.TryRead(out _).ShouldBeTrue();

        board.Remark.ShouldNotBeNull().ShouldContain("whole board");
        board.Remark.ShouldContain("jumped");
    }

    [Theory]
    [InlineData(Amd)]
    [InlineData("HygonGenuine")]
    public void The_dies_of_an_AMD_package_mirror_its_one_counter_whatever_moment_they_show(string vendor)
    {
        _powercap.AddZone("intel-rapl:0", "package-0-die-0", 5_000_000_000);
        _powercap.AddZone("intel-rapl:0:0", "core");
        _powercap.AddZone("intel-rapl:1", "package-0-die-1", 5_009_000_000);
        _powercap.AddZone("intel-rapl:1:0", "core");
        _powercap.AddZone("intel-rapl:2", "package-1-die-0", 5_000_000_000);
        _powercap.AddZone("intel-rapl:3", "package-1-die-1", 5_000_000_000);

        var set = Find(vendor);

        Devices(set.Packages).ShouldBe(["package-0-die-0", "package-1-die-0"]);
        set.NotAdded.Where(channel => channel.Domain == EnergyDomain.Package).Select(channel => (channel.Device, channel.ContainedIn)).ShouldBe(
            [("package-0-die-1", "package-0-die-0"), ("package-1-die-1", "package-1-die-0")]);
    }

    [Fact]
    public void The_dies_of_an_Intel_package_have_counters_of_their_own_even_if_they_stand_alike()
    {
        _powercap.AddZone("intel-rapl:0", "package-0-die-0");
        _powercap.AddZone("intel-rapl:0:0", "dram");
        _powercap.AddZone("intel-rapl:1", "package-0-die-1");
        _powercap.AddZone("intel-rapl:1:0", "dram");

        var set = Find();

        Devices(set.Packages).ShouldBe(["package-0-die-0", "package-0-die-1"]);
        set.Memory.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(5_000_000_000, 5_000_000_000, 1)]
    [InlineData(5_000_000_000, 5_000_200_000, 1)]
    [InlineData(5_000_000_000, 4_000_000_000, 2)]
    [InlineData(0, 0, 2)]
    public void Where_the_vendor_is_not_known_the_values_of_dies_tell(ulong first, ulong second, int added)
    {
        _powercap.AddZone("intel-rapl:0", "package-0-die-0", first);
        _powercap.AddZone("intel-rapl:1", "package-0-die-1", second);

        Find(vendor: null).Packages.Count.ShouldBe(added);
    }

    [Theory]
    [InlineData(5_000_000_000, 5_000_000_000, 1)]
    [InlineData(5_000_000_000, 7_000_000_000, 2)]
    public void Two_packages_of_one_name_are_added_when_their_counters_differ(ulong first, ulong second, int added)
    {
        _powercap.AddZone("intel-rapl:0", "package-0", first);
        _powercap.AddZone("intel-rapl:1", "package-0", second);

        var set = Find();

        set.Packages.Count.ShouldBe(added);
        Devices(set.Packages).Concat(set.NotAdded.Select(channel => channel.Device)).ShouldBe(["package-0", "package-0 (intel-rapl:1)"]);
    }

    [Fact]
    public void A_folder_of_two_names_is_one_zone()
    {
        _powercap.AddZone("intel-rapl:0", "package-0");
        _powercap.Link("intel-rapl:7", "intel-rapl:0");

        var set = Find();

        Devices(set.Packages).ShouldBe(["package-0"]);
        set.NotAdded.ShouldBeEmpty();
    }

    [Fact]
    public void AMD_zones_under_a_name_of_their_own_are_zones()
    {
        _powercap.AddZone("amd-rapl:0", "package-0");
        _powercap.AddZone("amd-rapl:0:0", "core");

        var set = Find(Amd);

        Devices(set.Packages).ShouldBe(["package-0"]);
        set.Packages.Single().Channel.Uncertainty.ShouldBe(0.1);
        set.NotAdded.ShouldHaveSingleItem().ContainedIn.ShouldBe("package-0");
    }

    [Fact]
    public void A_counter_for_root_only_is_missing_with_its_cause_and_remedy()
    {
        _powercap.AddZone("intel-rapl:0", "package-0").Deny();
        _powercap.AddZone("intel-rapl:0:0", "dram").Deny();

        var set = Find();

        set.Packages.ShouldBeEmpty();
        set.Memory.ShouldBeEmpty();
        var missing = set.Missing.ShouldHaveSingleItem();
        missing.IsDenied.ShouldBeTrue();
        $"{missing.Reason} {missing.Remedy}".ShouldBe(
            "CPU energy is modeled: the RAPL counter is readable by root only (it is a side channel, CVE-2020-8694). To measure, give a group read access by a udev rule: docs/rapl.md.");
    }

    [Fact]
    public void A_part_of_the_processors_is_not_taken_for_the_whole()
    {
        _powercap.AddZone("intel-rapl:0", "package-0");
        _powercap.AddZone("intel-rapl:1", "package-1").Vanish();

        var set = Find();

        set.Packages.ShouldBeEmpty();
        set.Missing.ShouldHaveSingleItem().Reason.ShouldContain("package-1: the RAPL counter is gone");
        set.Missing[0].Reason.ShouldContain("only a part of the machine");
    }

    [Fact]
    public void A_part_of_the_memory_is_not_taken_for_the_whole()
    {
        _powercap.AddZone("intel-rapl:0", "package-0");
        _powercap.AddZone("intel-rapl:0:0", "dram");
        _powercap.AddZone("intel-rapl:1", "package-1");

        var set = Find();

        set.Packages.Count.ShouldBe(2);
        set.Memory.ShouldBeEmpty();
        set.NotAdded.ShouldHaveSingleItem().Device.ShouldBe("package-0 dram");
        set.Missing.ShouldHaveSingleItem().Reason.ShouldContain("Memory energy is modeled");
    }

    [Fact]
    public void Without_powercap_the_kernel_shows_no_counter()
    {
        var missing = Find().Missing.ShouldHaveSingleItem();

        missing.IsDenied.ShouldBeFalse();
        missing.Reason.ShouldContain("the kernel shows no RAPL counter");
        missing.Remedy.ShouldNotBeNull().ShouldContain("modprobe intel_rapl_msr");
    }

    [Fact]
    public void A_guest_is_told_that_its_host_passes_nothing_on()
    {
        var missing = new PowercapSearch(Files, Intel, isGuest: true, _machine).Find().Missing.ShouldHaveSingleItem();

        missing.Reason.ShouldContain("virtual machine");
        missing.Remedy.ShouldBeNull();
    }

    [Fact]
    public void A_container_that_hides_the_zones_is_told_how_to_show_them()
    {
        _powercap.Link("intel-rapl", "intel-rapl");
        _powercap.Link("intel-rapl:0", "intel-rapl:0");

        var missing = Find().Missing.ShouldHaveSingleItem();

        missing.Reason.ShouldContain("container");
        missing.Remedy.ShouldNotBeNull().ShouldContain("/sys/devices/virtual/powercap");
    }

    [Fact]
    public void A_container_without_the_class_is_told_so_too()
    {
        _powercap.Write(".dockerenv", "");

        Find().Missing.ShouldHaveSingleItem().Reason.ShouldContain("this container");
    }

    [Theory]
    [InlineData("intel-rapl:0", "")]
    [InlineData("intel-rapl:0", null)]
    [InlineData("intel-rapl:0", "dram")]
    [InlineData("intel-rapl:0", "a\u0001b")]
    [InlineData("intel-rapl:x", "package-0")]
    [InlineData("intel-rapl:-1", "package-0")]
    [InlineData("intel-rapl:0:0:0", "package-0")]
    [InlineData("intel-rapl:99999999999", "package-0")]
    [InlineData("intel-rapl:0:0", "core")]
    [InlineData("dtpm:0", "package-0")]
    public void What_is_no_zone_is_none(string id, string? name)
    {
        _powercap.AddZone(id, name);

        var set = Find();

        set.Packages.ShouldBeEmpty();
        set.NotAdded.ShouldBeEmpty();
        set.Missing.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0ul)]
    public void Without_a_range_the_counter_is_read_all_the_same(ulong? range)
    {
        _powercap.AddZone("intel-rapl:0", "package-0", range: range);

        Find().Packages.ShouldHaveSingleItem().Channel.WrapModulus.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("-1")]
    public void A_counter_that_gives_no_number_is_missing(string text)
    {
        _powercap.AddZone("intel-rapl:0", "package-0").SetText(text);

        var set = Find();

        set.Packages.ShouldBeEmpty();
        set.Missing.ShouldHaveSingleItem().Reason.ShouldBe("CPU energy is modeled: package-0: the RAPL counter gives no number.");
    }

    [Fact]
    public void A_folder_and_a_huge_name_throw_nothing()
    {
        _powercap.AddZone("intel-rapl:0", "package-0").BecomeFolder();
        _powercap.AddZone("intel-rapl:1", new string('p', 8 << 20));
        _powercap.Write("sys/class/powercap/intel-rapl:2", "a file");

        Find().Missing.ShouldHaveSingleItem().Reason.ShouldContain("cannot be read");
    }

    [Fact]
    public void A_link_that_leads_to_itself_is_no_zone()
    {
        Directory.CreateDirectory(Path.Combine(_powercap.Root, "sys/class/powercap"));
        Directory.CreateSymbolicLink(Path.Combine(_powercap.Root, "sys/class/powercap/intel-rapl:0"), "intel-rapl:0");

        Find().Packages.ShouldBeEmpty();
    }

    public void Dispose() => _powercap.Dispose();

    private SystemFiles Files => new(_powercap.Root, _powercap.Refuse);

    private SensorSet Find(string? vendor = Intel) => new PowercapSearch(Files, vendor, isGuest: false, _machine).Find();

    private static IEnumerable<string> Devices(IEnumerable<IEnergySensor> sensors) => sensors.Select(sensor => sensor.Channel.Device);
}
