using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.TestKit.Nvml;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>
/// What windows are charged for a GPU, from the calls of the driver to the closed account, against what the GPU truly drew
/// above idle. Time is the stand-in's; the lane's readings at edges and ten times a second are made by hand.
/// </summary>
public sealed class GpuAccuracyTests : IDisposable
{
    private const double IdleWatts = 60;
    private const double PeakWatts = 300;
    private const int Windows = 600;

    /// <summary>All are at rest for some seconds at first, so that what the GPU draws without work can be learned.</summary>
    private static readonly Dictionary<string, StandInLoad> Loads = new()
    {
        ["steady"] = new StandInLoad(StandInForm.Square, IdleWatts, PeakWatts, Period: 20_000, Duty: 0.949, Phase: 18_990),
        ["bursts"] = new StandInLoad(StandInForm.Square, IdleWatts, PeakWatts, Period: 5.3, Duty: 0.4),
        ["short bursts"] = new StandInLoad(StandInForm.Square, IdleWatts, PeakWatts, Period: 3.17, Duty: 0.15),
    };

    private readonly StandInNvml _driver = new();
    private readonly FakeMachine _machine = new();
    private readonly Random _random = new(20261124);
    private readonly ITestOutputHelper _output;

    public GpuAccuracyTests(ITestOutputHelper output)
    {
        _output = output;
        _driver.SetProcesses(0, NvmlProcessKind.Compute, 4711);
    }

    public static TheoryData<string, double, double> Cases()
    {
        var cases = new TheoryData<string, double, double>();
        foreach (var load in Loads.Keys)
        {
            // No whole number of refreshes: the edges of a window lie anywhere in them.
            cases.Add(load, 0.02, 0.413);
            cases.Add(load, 0.02, 2.007);
            cases.Add(load, 0.1, 0.43);
            cases.Add(load, 0.1, 1.73);
            cases.Add(load, 0.1, 10.05);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bounds_contain_what_windows_truly_used_in_95_of_100_and_the_error_is_a_refresh_at_most(string load, double refresh, double length)
    {
        _driver.SetCounter(0, refresh);
        var windows = Charge(Loads[load], length);

        var contained = windows.Count(window => window.Low <= window.Truth + 1e-3 && window.Truth <= window.High + 1e-3) / (double)windows.Count;
        var bias = windows.Average(window => window.Charged - window.Truth);
        var median = windows.Select(window => Math.Abs(window.Charged - window.Truth) / window.Whole).Order().ElementAt(windows.Count / 2);
        _output.WriteLine(FormattableString.Invariant(
            $"{load}, U = {refresh} s, T = {length} s: contained {contained:P1}, half-width {windows.Average(window => (window.High - window.Low) / 2):0.0} J, median error {median:P2}, bias {bias:0.00} J of {windows.Average(window => window.Truth):0} J"));
        contained.ShouldBeGreaterThanOrEqualTo(0.95);
        if (length >= 100 * refresh)
        {
            median.ShouldBeLessThanOrEqualTo(0.005);
        }

        // Idle power is known to a tenth: in ten refreshes one more or less is seen.
        var idle = IdleWatts * length * 0.1;
        windows.Max(window => Math.Abs(window.Charged - window.Truth)).ShouldBeLessThanOrEqualTo((PeakWatts * refresh) + idle + 0.01);
        Math.Abs(bias).ShouldBeLessThanOrEqualTo((4 * PeakWatts * refresh / Math.Sqrt(6 * Windows)) + idle);
    }

    [Theory]
    [InlineData(1.03)]
    [InlineData(5.05)]
    public void Bounds_of_sampled_power_contain_what_windows_truly_used(double length)
    {
        _driver.SetFault(0, StandInCall.Energy, NvmlCode.NotSupported);
        _driver.SetPowerSensor(0, StandInCall.InstantPowerField, 0.1, 0);

        foreach (var (name, load) in Loads)
        {
            var windows = Charge(load, length);

            var contained = windows.Count(window => window.Low <= window.Truth + 1e-3 && window.Truth <= window.High + 1e-3) / (double)windows.Count;
            _output.WriteLine(FormattableString.Invariant($"{name}, power at 10 Hz, T = {length} s: contained {contained:P1}"));
            contained.ShouldBeGreaterThanOrEqualTo(0.95, name);
        }
    }

    /// <summary>A load that works for a quarter of each refresh, and always at the same moment of it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_load_that_is_locked_to_a_sensor_of_power_is_within_the_bounds_when_it_is_seen_and_is_not_seen_otherwise(bool looksWhileItWorks)
    {
        _driver.SetFault(0, StandInCall.Energy, NvmlCode.NotSupported);
        _driver.SetPowerSensor(0, StandInCall.InstantPowerField, 0.1, 0);
        _driver.SetLoad(0, StandInLoad.Constant(IdleWatts));
        var meter = new GpuMeter(_driver.Sensors().Single());
        var ledger = _machine.Ledger(new ThreadSlots(_machine), meter);
        Pass(12, ledger, meter);
        var load = new StandInLoad(StandInForm.Square, IdleWatts, PeakWatts, Period: 0.1, Duty: 0.25, Phase: looksWhileItWorks ? 0.0125 : 0.05);
        _driver.SetLoad(0, load);
        Pass(1, ledger, meter);
        var account = new LedgerAccount(null, exempt: false);
        ledger.Open(account, () => { });
        ledger.Read(meter);
        Pass(10, ledger, meter);
        ledger.Close(account, _ => { });

        var truth = (PeakWatts - IdleWatts) * 0.25 * 10;
        account.Gpu.Central.Joules.ShouldBe(looksWhileItWorks ? 4 * truth : 0, truth * 0.1);
        (account.Gpu.Low.Joules <= truth && truth <= account.Gpu.High.Joules).ShouldBe(looksWhileItWorks);
    }

    public void Dispose() => _driver.Dispose();

    /// <summary>Windows one after the other, at all phases of load and refresh, after the GPU was seen at rest.</summary>
    private List<(double Charged, double Low, double High, double Truth, double Whole)> Charge(StandInLoad load, double length)
    {
        _driver.SetLoad(0, load);
        var meter = new GpuMeter(_driver.Sensors().Single());
        var ledger = _machine.Ledger(new ThreadSlots(_machine), meter);
        Pass(12, ledger, meter);
        var windows = new List<(double, double, double, double, double)>();
        for (var i = 0; i < Windows; i++)
        {
            Pass(_random.NextDouble() * 2, ledger, meter);
            var account = new LedgerAccount(null, exempt: false);
            ledger.Open(account, () => { });
            ledger.Read(meter);
            var from = _driver.Now;
            Pass(length, ledger, meter);
            var whole = _driver.Energy(0, from, _driver.Now);
            ledger.Close(account, _ => { });
            windows.Add((account.Gpu.Central.Joules, account.Gpu.Low.Joules, account.Gpu.High.Joules, whole - (IdleWatts * length), whole));
        }

        return windows;
    }

    private void Pass(double seconds, EnergyLedger ledger, GpuMeter meter)
    {
        for (var left = seconds; left > 1e-9; left -= 0.1)
        {
            var step = Math.Min(left, 0.1);
            _driver.Advance(step);
            _machine.Idle(step);
            ledger.Read(meter);
        }
    }
}
