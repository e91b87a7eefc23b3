using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>Work that can wait.</summary>
/// <param name="Duration">How long it takes.</param>
/// <param name="Within">By when it must be done, from now.</param>
internal sealed record Work(TimeSpan Duration, TimeSpan Within)
{
    /// <summary>What it uses; <see langword="null"/> when nobody says.</summary>
    public Energy? Energy { get; init; }

    /// <summary>The intensity above which it pauses; <see langword="null"/>: the lowest that suffices.</summary>
    public CarbonIntensity? Limit { get; init; }

    /// <summary>Where it would run.</summary>
    public required Place Place { get; init; }

    /// <summary>Whether somebody said where.</summary>
    public bool HasPlace { get; init; }
}

/// <summary>When to run work, and what that saves against starting now.</summary>
internal sealed record WhenPlan
{
    public required Work Work { get; init; }

    public required IntensitySeries Series { get; init; }

    public required IntensityForecast Forecast { get; init; }

    /// <summary>The mean intensity from now on; <see langword="null"/> where the forecast does not have all of it.</summary>
    public CarbonIntensity? Now { get; init; }

    /// <summary><see langword="null"/> where no stretch without a gap is long enough.</summary>
    public FlexibleStart? Start { get; init; }

    public required PauseAndResume Pause { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>The zone that the forecast is of; <see langword="null"/> of a file that says none, where nobody said where either.</summary>
    public string? Zone => Work.HasPlace || Series.Zone != Work.Place.Key ? Series.Zone : null;

    /// <summary>Energy of the building over energy of the device, of the place.</summary>
    public double Pue => Work.Place.Cloud?.Pue ?? 1;

    /// <summary>Finds the best start and the best pauses.</summary>
    public static WhenPlan Make(Work work, (IntensitySeries Series, IntensityForecast Forecast) of)
    {
        var (series, forecast) = of;
        var (now, start) = (forecast.Mean(forecast.Now, work.Duration), FlexibleStart.Find(forecast, work.Duration));
        return new WhenPlan
        {
            Work = work,
            Series = series,
            Forecast = forecast,
            Now = now,
            Start = start,
            Pause = Pauses(work, series, forecast),
            Notices = [.. NoticesOf(work, series, forecast, now, start)],
        };
    }

    /// <summary>What the work emits at an intensity; <see langword="null"/> when nobody says what it uses.</summary>
    public Emissions? Emissions(CarbonIntensity mean) => Work.Energy is { } energy ? energy * Pue * mean : null;

    /// <summary>
    /// The saving against starting now, in percent; <see langword="null"/> where that cannot be said: by what is marginal
    /// nothing is divided.
    /// </summary>
    public double? SavingPercent(CarbonIntensity mean) =>
        Series.Kind == IntensityKind.Average && Now is { GramsPerKilowattHour: > 0 } now ? (1 - (mean / now)) * 100 : null;

    private static PauseAndResume Pauses(Work work, IntensitySeries series, IntensityForecast forecast)
    {
        if (PauseAndResume.Cheapest(forecast, work.Duration) is not { } cheapest)
        {
            throw new InputException(
                ToolCodes.NoTimeToRun,
                $"The forecast of {series.Source} has only {Duration.Write(forecast.Known)} of the time until {Text(forecast.Until)}: the {Duration.Write(work.Duration)} that the work takes do not fit in. Look again later, or give it longer with --within.");
        }

        return work.Limit is not { } limit ? cheapest : PauseAndResume.Under(limit, forecast, work.Duration) ?? throw new InputException(
            ToolCodes.NoTimeToRun,
            $"Until {Text(forecast.Until)} the work is not done at {limit} or less: the lowest limit that suffices is {cheapest.Limit}. Raise --limit, leave it out, or give it longer with --within.");
    }

    private static IEnumerable<string> NoticesOf(Work work, IntensitySeries series, IntensityForecast forecast, CarbonIntensity? now, FlexibleStart? start)
    {
        if (series.Kind == IntensityKind.Marginal)
        {
            yield return "The forecast is marginal: savings are of what one kWh more emits, and say nothing of the average. They are differences, not percentages.";
        }

        if (now is null)
        {
            yield return $"The forecast does not have all of the {Duration.Write(work.Duration)} from now on: what is saved against starting now is not known.";
        }

        if (start is null)
        {
            yield return $"No stretch of the forecast is as long as {Duration.Write(work.Duration)} without a gap: the work can only be run with pauses.";
        }

        var stretches = forecast.Stretches();
        if (stretches.Count > 1)
        {
            yield return $"The forecast has {(stretches.Count == 2 ? "a gap" : $"{stretches.Count - 1} gaps")}: nothing is planned there.";
        }

        if (stretches[^1].To < forecast.Until)
        {
            yield return $"The forecast ends at {Text(stretches[^1].To)}: nothing later is considered.";
        }

        foreach (var remark in series.Notices)
        {
            yield return remark;
        }
    }

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm' UTC'", CultureInfo.InvariantCulture);
}
