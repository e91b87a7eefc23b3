using Eco2Test.Sensors;
using Eco2Test.TestKit.Nvml;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>What a sensor gives for a window against what the GPU truly drew, over many phases of load, refresh and window.</summary>
public sealed class NvmlAccuracyTests(ITestOutputHelper output)
{
    private const double IdleWatts = 60;
    private const double PeakWatts = 300;

    [Theory]
    [InlineData(0.02, 1)]
    [InlineData(0.1, 0.25)]
    [InlineData(0.1, 1)]
    [InlineData(0.1, 10)]
    public void A_counter_is_unbiased_and_never_off_by_more_than_a_refresh_of_power(double refresh, double window)
    {
        foreach (var form in new[] { StandInForm.Constant, StandInForm.Square, StandInForm.Ramp, StandInForm.Sine })
        {
            var errors = Errors(2_000, window, readEvery: window, driver => driver.SetCounter(0, refresh), random => Load(random, form));
            var most = PeakWatts * refresh;

            errors.Select(error => Math.Abs(error.Joules)).Max().ShouldBeLessThanOrEqualTo(most + 0.002);
            // The mean of n errors of spread u = P·U/√6 is itself within 4 u/√n of none, 99.99 % of the time.
            Math.Abs(errors.Average(error => error.Joules)).ShouldBeLessThan(4 * most / Math.Sqrt(6 * errors.Count));
            Report($"counter, {form}, U = {refresh} s, T = {window} s", errors);
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    public void Twice_the_spread_contains_a_steady_load_in_95_of_100_windows_and_five_times_any(double refresh)
    {
        foreach (var form in new[] { StandInForm.Constant, StandInForm.Square, StandInForm.Ramp, StandInForm.Sine })
        {
            var errors = Errors(5_000, window: 1, readEvery: 1, driver => driver.SetCounter(0, refresh), random => Load(random, form));
            var (two, five) = (Contained(errors, refresh, spreads: 2), Contained(errors, refresh, spreads: 5));
            output.WriteLine(FormattableString.Invariant($"counter, {form}, U = {refresh} s, T = 1 s: contained by 2 u {two:P1}, by 5 u {five:P1}"));

            five.ShouldBeGreaterThanOrEqualTo(0.95, form.ToString());
            if (form == StandInForm.Constant)
            {
                two.ShouldBeGreaterThanOrEqualTo(0.95);
            }
        }
    }

    [Fact]
    public void A_counter_over_a_hundred_refreshes_is_right_to_half_a_percent()
    {
        foreach (var (refresh, window) in new[] { (0.02, 2.0), (0.1, 10.0) })
        {
            foreach (var form in new[] { StandInForm.Constant, StandInForm.Square, StandInForm.Sine })
            {
                MedianError(Errors(2_000, window, window, driver => driver.SetCounter(0, refresh), random => Load(random, form))).ShouldBeLessThanOrEqualTo(0.005);
            }
        }
    }

    [Theory]
    [InlineData(1, 0.04)]
    [InlineData(10, 0.01)]
    public void Power_at_10_Hz_is_right_for_loads_that_are_not_locked_to_its_refresh(double window, double most)
    {
        foreach (var form in new[] { StandInForm.Constant, StandInForm.Square, StandInForm.Ramp, StandInForm.Sine })
        {
            var errors = Errors(1_000, window, readEvery: 0.1, PowerOnly(refresh: 0.1, looksAt: 0), random => Load(random, form));
            Report($"power at 10 Hz, {form}, T = {window} s", errors);

            MedianError(errors).ShouldBeLessThanOrEqualTo(most, form.ToString());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.025)]
    public void A_load_that_is_locked_to_a_sensor_that_looks_at_moments_cannot_be_seen(double looksAt)
    {
        var errors = Errors(200, window: 10, readEvery: 0.1, PowerOnly(refresh: 0.1, looksAt), random => Locked(random.NextDouble()));
        Report($"power at 10 Hz, locked, sensor looks at {looksAt} s of 0.1 s", errors);

        errors.Max(error => Math.Abs(error.Joules) / error.Truth).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void A_locked_load_is_as_far_off_at_any_rate_of_reading()
    {
        foreach (var readEvery in new[] { 1, 0.1, 0.01 })
        {
            Errors(20, window: 10, readEvery, PowerOnly(refresh: 0.1, looksAt: 0), _ => Locked(0))
                .Max(error => Math.Abs(error.Joules) / error.Truth).ShouldBeGreaterThan(0.5);
        }
    }

    [Fact]
    public void A_sensor_that_looks_all_the_time_sees_a_locked_load()
    {
        var errors = Errors(200, window: 10, readEvery: 0.1, PowerOnly(refresh: 0.1, looksAt: 0.1), random => Locked(random.NextDouble()));

        errors.Max(error => Math.Abs(error.Joules) / error.Truth).ShouldBeLessThan(0.01);
    }

    /// <summary>A burst of a quarter of each refresh, with its phase as a part of it.</summary>
    private static StandInLoad Locked(double phase) => new(StandInForm.Square, IdleWatts, PeakWatts, Period: 0.1, Duty: 0.25, phase * 0.1);

    /// <summary>Bursts, ramps and waves of 1 to 5 s, as of batches and epochs: their period has nothing to do with the sensor's.</summary>
    private static StandInLoad Load(Random random, StandInForm form) =>
        new(form, IdleWatts, PeakWatts, Period: 1 + (4 * random.NextDouble()), Duty: 0.2 + (0.6 * random.NextDouble()), Phase: 10 * random.NextDouble());

    private static Action<StandInNvml> PowerOnly(double refresh, double looksAt) => driver =>
    {
        driver.SetFault(0, StandInCall.Energy, NvmlCode.NotSupported);
        driver.SetPowerSensor(0, StandInCall.InstantPowerField, refresh, looksAt);
    };

    private static List<Error> Errors(int count, double window, double readEvery, Action<StandInNvml> set, Func<Random, StandInLoad> load)
    {
        using var driver = new StandInNvml();
        set(driver);
        var random = new Random(4711);
        var sensor = driver.Sensors().Single();
        var errors = new List<Error>();
        for (var i = 0; i < count; i++)
        {
            // The stand-in draws by the new load as if it always had: what the counter jumps by is read away.
            driver.SetLoad(0, load(random));
            sensor.TryRead(out _).ShouldBeTrue();
            driver.Advance(1 + random.NextDouble());
            sensor.TryRead(out var before).ShouldBeTrue();
            var start = driver.Now;
            for (var reading = 0; reading < Math.Round(window / readEvery); reading++)
            {
                driver.Advance(readEvery);
                sensor.TryRead(out _).ShouldBeTrue();
            }

            // A window that were a multiple of the refresh would be exact.
            driver.Advance(0.1 * random.NextDouble());
            sensor.TryRead(out var after).ShouldBeTrue();
            var truth = driver.Energy(0, start, driver.Now);
            errors.Add(new Error((after - before).Joules - truth, truth, driver.Now - start));
        }

        return errors;
    }

    /// <summary>The part of the windows whose error is within so many u = P·U/√6, P being the window's mean power.</summary>
    private static double Contained(List<Error> errors, double refresh, double spreads) =>
        errors.Average(error => Math.Abs(error.Joules) <= spreads * error.Truth / error.Seconds * refresh / Math.Sqrt(6) ? 1 : 0);

    private static double MedianError(List<Error> errors) => Quantile(errors, 0.5);

    private static double Quantile(List<Error> errors, double part) =>
        errors.Select(error => Math.Abs(error.Joules) / error.Truth).Order().ElementAt((int)(part * (errors.Count - 1)));

    private void Report(string what, List<Error> errors) => output.WriteLine(FormattableString.Invariant(
        $"{what}: median {Quantile(errors, 0.5):P2}, p95 {Quantile(errors, 0.95):P2}, most {Quantile(errors, 1):P2}"));

    private readonly record struct Error(double Joules, double Truth, double Seconds);
}
