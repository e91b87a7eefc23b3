using Eco2Test.Core.Tests.Metering;
using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>One counter of a powercap tree, read while all goes on that can go on.</summary>
public sealed class RaplSensorTests : IDisposable
{
    private readonly FakePowercap _powercap = new();
    private readonly FakeMachine _machine = new();
    private readonly FakePowercap.FakeZone _package;
    private readonly IEnergySensor _sensor;

    public RaplSensorTests()
    {
        _package = _powercap.AddZone("intel-rapl:0", "package-0");
        _sensor = new PowercapSearch(new SystemFiles(_powercap.Root, _powercap.Refuse), "GenuineIntel", isGuest: false, _machine).Find().Packages.ShouldHaveSingleItem();
    }

    [Fact]
    public void It_counts_what_the_counter_counts()
    {
        var before = Read();

        _machine.Idle(seconds: 1);
        _package.Add(joules: 12.5);

        (Read() - before).Joules.ShouldBe(12.5, 1e-9);
        _sensor.Fault.ShouldBeNull();
        _sensor.Remark.ShouldBeNull();
    }

    [Fact]
    public void A_wrap_is_undone()
    {
        _package.Microjoules = FakePowercap.UsualRange - 1_000_000;
        _machine.Idle(seconds: 1000);
        var before = Read();

        _machine.Idle(seconds: 0.1);
        _package.Add(joules: 20);

        _package.Microjoules.ShouldBeLessThan(20_000_000ul);
        (Read() - before).Joules.ShouldBe(20, 1e-6);
    }

    [Fact]
    public void A_reset_is_lost_time_and_says_so()
    {
        var before = Read();

        _machine.Idle(seconds: 1);
        _package.Microjoules = 5;

        (Read() - before).Joules.ShouldBe(0);
        _sensor.Remark.ShouldNotBeNull().ShouldContain("package-0: the counter jumped");
        _sensor.Fault.ShouldBeNull();
    }

    [Fact]
    public void A_counter_that_vanishes_is_a_fault_until_it_is_back_and_what_it_counted_meanwhile_is_not_lost()
    {
        var before = Read();

        _package.Vanish();
        _sensor.TryRead(out var meanwhile).ShouldBeFalse();
        meanwhile.ShouldBe(before);
        _sensor.TryRead(out _).ShouldBeFalse();
        _sensor.Fault.ShouldBe("package-0: the RAPL counter is gone (its driver was unloaded, or the zone is hidden)");

        _machine.Idle(seconds: 1);
        _package.Return();
        _package.Add(joules: 7);
        (Read() - before).Joules.ShouldBe(7, 1e-6);
        _sensor.Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("many\n")]
    [InlineData("-5\n")]
    [InlineData("1e9\n")]
    [InlineData("12 34\n")]
    [InlineData("1.5\n")]
    [InlineData("99999999999999999999999\n")]
    [InlineData("NaN\n")]
    public void What_is_no_number_is_a_fault_and_no_energy(string text)
    {
        var before = Read();

        _package.SetText(text);
        _sensor.TryRead(out var cumulative).ShouldBeFalse();
        cumulative.ShouldBe(before);
        _sensor.Fault.ShouldBe("package-0: the RAPL counter gives no number");

        _package.Return();
        Read().ShouldBe(before);
    }

    [Fact]
    public void A_huge_text_is_no_number()
    {
        Read();
        _package.SetText(new string('1', 8 << 20));

        _sensor.TryRead(out _).ShouldBeFalse();
        _sensor.Fault.ShouldBe("package-0: the RAPL counter gives no number");
    }

    [Fact]
    public void A_folder_in_the_counters_place_is_a_fault()
    {
        var before = Read();
        _package.BecomeFolder();

        _sensor.TryRead(out _).ShouldBeFalse();
        _sensor.TryRead(out var cumulative).ShouldBeFalse();
        cumulative.ShouldBe(before);
        _sensor.Fault.ShouldBe("package-0: the RAPL counter cannot be read (its driver answers with an error)");
    }

    [Fact]
    public void A_handle_that_is_open_needs_no_permission_and_a_new_one_does()
    {
        Read();
        _package.Deny();
        Read();

        _package.Vanish();
        _sensor.TryRead(out _);
        _package.Return();
        _sensor.TryRead(out _).ShouldBeFalse();
        _sensor.Fault.ShouldBe("package-0: the RAPL counter may not be read (docs/rapl.md)");

        _package.Allow();
        Read();
    }

    [Fact]
    public void Without_an_end_of_line_it_is_a_number_all_the_same()
    {
        _package.SetText("1000000001");

        Read().Joules.ShouldBe(1000.000001, 1e-9);
    }

    [Fact]
    public void After_it_is_disposed_of_nothing_is_opened_again()
    {
        Read();
        _sensor.Dispose();

        _sensor.TryRead(out _).ShouldBeFalse();
        _sensor.Fault.ShouldNotBeNull();
    }

    [Fact]
    public void A_reading_allocates_nothing_and_a_fault_that_lasts_is_one_text()
    {
        Allocations.Of(() => _sensor.TryRead(out _)).ShouldBe(0);

        _package.Vanish();
        _sensor.TryRead(out _);
        _sensor.TryRead(out _);
        var fault = _sensor.Fault;
        _sensor.TryRead(out _);
        _sensor.Fault.ShouldBeSameAs(fault);
    }

    public void Dispose()
    {
        _sensor.Dispose();
        _powercap.Dispose();
    }

    private Energy Read()
    {
        _sensor.TryRead(out var cumulative).ShouldBeTrue(_sensor.Fault);
        return cumulative;
    }
}
