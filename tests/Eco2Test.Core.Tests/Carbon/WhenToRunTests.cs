using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Carbon;

/// <summary>When to start, and when to pause: against all that could be done, minute by minute.</summary>
public sealed class WhenToRunTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Stretches of a whole number of minutes, some of which are gaps; marginal intensities can be negative.</summary>
    private static readonly Gen<IntensityForecast> Forecasts = Gen.Select(Gen.Select(Gen.Int[1, 20], Gen.Int[-50, 600], Gen.Int[0, 9]).Array[1, 20], Gen.Int[0, 40], (pieces, late) =>
    {
        var (points, at) = (new List<IntensityPoint>(), Now.AddMinutes(-10));
        foreach (var (minutes, grams, gap) in pieces)
        {
            if (gap > 0)
            {
                points.Add(new IntensityPoint(at, at.AddMinutes(minutes), CarbonIntensity.FromGramsPerKilowattHour(grams)));
            }

            at = at.AddMinutes(minutes);
        }

        return new IntensityForecast(points, Now, Now.AddMinutes(20 + (3 * late)));
    });

    [Fact]
    public void No_start_at_any_minute_is_better_than_the_one_found_and_none_as_good_is_earlier() =>
        Gen.Select(Forecasts, Gen.Int[1, 60]).Sample((forecast, minutes) =>
        {
            var duration = TimeSpan.FromMinutes(minutes);
            var all = EveryMinute(forecast).Select(start => (Start: start, Mean: forecast.Mean(start, duration))).Where(one => one.Mean is not null).ToList();

            var found = FlexibleStart.Find(forecast, duration);

            (found is null).ShouldBe(all.Count == 0);
            if (found is not null)
            {
                found.Mean.GramsPerKilowattHour.ShouldBe(all.Min(one => one.Mean!.Value.GramsPerKilowattHour), 1e-6);
                found.Start.ShouldBe(all.First(one => one.Mean!.Value.GramsPerKilowattHour <= found.Mean.GramsPerKilowattHour + 1e-6).Start);
            }
        });

    [Fact]
    public void The_best_start_can_lie_off_the_grid_of_the_forecast()
    {
        // An hour and a half: it must end with the cheap hour, or begin with it.
        var forecast = Forecast(300, 200, 100, 400);

        var found = FlexibleStart.Find(forecast, TimeSpan.FromHours(1.5))!;

        found.Start.ShouldBe(Now.AddHours(1.5));
        found.Mean.GramsPerKilowattHour.ShouldBe(((0.5 * 200) + 100) / 1.5, 1e-9);
    }

    [Fact]
    public void Where_nothing_is_better_the_start_is_now() =>
        FlexibleStart.Find(Forecast(70.1, 70.1, 70.1, 70.1, 70.1, 70.1, 70.1), TimeSpan.FromHours(2.3))!.Start.ShouldBe(Now);

    [Fact]
    public void A_gap_is_not_run_through()
    {
        var points = Forecast(300, 10, 10, 300).Points.ToList();
        points.RemoveAt(1);
        var forecast = new IntensityForecast(points, Now, Now.AddHours(4));

        FlexibleStart.Find(forecast, TimeSpan.FromHours(2))!.Start.ShouldBe(Now.AddHours(2));
        FlexibleStart.Find(forecast, TimeSpan.FromHours(3)).ShouldBeNull();
    }

    [Fact]
    public void The_cheapest_minutes_are_run_and_no_others() =>
        Gen.Select(Forecasts, Gen.Int[1, 60]).Sample((forecast, minutes) =>
        {
            var cheapest = Minutes(forecast).Order().ToList();

            var plan = PauseAndResume.Cheapest(forecast, TimeSpan.FromMinutes(minutes));

            (plan is null).ShouldBe(cheapest.Count < minutes);
            if (plan is not null)
            {
                ShouldRun(plan, forecast, minutes);
                plan.Mean.GramsPerKilowattHour.ShouldBe(cheapest.Take(minutes).Average(), 1e-9);
                plan.Limit.GramsPerKilowattHour.ShouldBe(cheapest[minutes - 1]);
                plan.Mean.GramsPerKilowattHour.ShouldBeLessThanOrEqualTo((FlexibleStart.Find(forecast, TimeSpan.FromMinutes(minutes))?.Mean ?? plan.Limit).GramsPerKilowattHour + 1e-9);
            }
        });

    [Fact]
    public void Under_a_limit_the_first_minutes_that_keep_it_are_run() =>
        Gen.Select(Forecasts, Gen.Int[1, 60], Gen.Int[-50, 600]).Sample((forecast, minutes, limit) =>
        {
            var under = Minutes(forecast).Where(grams => grams <= limit).Take(minutes).ToList();

            var plan = PauseAndResume.Under(CarbonIntensity.FromGramsPerKilowattHour(limit), forecast, TimeSpan.FromMinutes(minutes));

            (plan is null).ShouldBe(under.Count < minutes);
            if (plan is not null)
            {
                ShouldRun(plan, forecast, minutes);
                plan.Mean.GramsPerKilowattHour.ShouldBe(under.Average(), 1e-9);
            }
        });

    [Fact]
    public void Pauses_are_counted_and_a_late_start_is_none()
    {
        var plan = PauseAndResume.Under(CarbonIntensity.FromGramsPerKilowattHour(200), Forecast(300, 200, 300, 100, 150), TimeSpan.FromHours(2.5))!;

        plan.Pauses.ShouldBe(1);
        plan.Runs.ShouldBe([new TimeStretch(Now.AddHours(1), Now.AddHours(2)), new TimeStretch(Now.AddHours(3), Now.AddHours(4.5))]);
        plan.End.ShouldBe(Now.AddHours(4.5));
    }

    private static IntensityForecast Forecast(params double[] hours) => new(
        [.. hours.Select((grams, hour) => new IntensityPoint(Now.AddHours(hour), Now.AddHours(hour + 1), CarbonIntensity.FromGramsPerKilowattHour(grams)))],
        Now, Now.AddHours(hours.Length));

    private static void ShouldRun(PauseAndResume plan, IntensityForecast forecast, int minutes)
    {
        plan.Runs.Sum(run => run.Length.TotalMinutes).ShouldBe(minutes, 1e-9);
        plan.Runs.Zip(plan.Runs.Skip(1)).ShouldAllBe(pair => pair.First.To < pair.Second.From);
        plan.Runs.ShouldAllBe(run => run.From >= forecast.Now && run.To <= forecast.Until && forecast.Mean(run.From, run.Length) <= plan.Limit * (1 + 1e-9) + CarbonIntensity.FromGramsPerKilowattHour(1e-6 * Math.Abs(plan.Limit.GramsPerKilowattHour)));
        plan.End.ShouldBe(plan.Runs[^1].To);
    }

    private static IEnumerable<DateTimeOffset> EveryMinute(IntensityForecast forecast)
    {
        for (var at = forecast.Now; at < forecast.Until; at = at.AddMinutes(1))
        {
            yield return at;
        }
    }

    /// <summary>The intensity of each minute that is known.</summary>
    private static IEnumerable<double> Minutes(IntensityForecast forecast) => EveryMinute(forecast)
        .Select(at => forecast.Mean(at, TimeSpan.FromMinutes(1))).OfType<CarbonIntensity>().Select(mean => mean.GramsPerKilowattHour);
}
