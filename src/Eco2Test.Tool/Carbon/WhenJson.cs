using System.Text.Json;
using System.Text.Json.Serialization;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>When to run, as JSON; units are in the names.</summary>
internal static class WhenJson
{
    public static string Write(WhenPlan plan) => JsonSerializer.Serialize(
        new WhenAnswer(
            plan.Series.Source,
            plan.Zone,
            plan.Series.Kind == IntensityKind.Average ? "average" : "marginal",
            plan.Series.Basis,
            plan.Series.Boundary,
            plan.Work.HasPlace ? plan.Work.Place.Key : null,
            plan.Work.Duration.TotalSeconds,
            plan.Forecast.Now,
            plan.Forecast.Until,
            plan.Work.Energy?.Joules,
            plan.Pue,
            plan.Now is { } now ? Option(plan, now, [new TimeStretch(plan.Forecast.Now, plan.Forecast.Now + plan.Work.Duration)]) : null,
            plan.Start is { } start ? Option(plan, start.Mean, [new TimeStretch(start.Start, start.Start + plan.Work.Duration)]) : null,
            Option(plan, plan.Pause.Mean, plan.Pause.Runs),
            plan.Pause.Pauses,
            plan.Pause.Limit.GramsPerKilowattHour,
            plan.Notices),
        WhenJsonContext.Readable.WhenAnswer) + "\n";

    private static WhenOption Option(WhenPlan plan, CarbonIntensity mean, IReadOnlyList<TimeStretch> runs)
    {
        var saved = plan.Now is { } now ? now - mean : (CarbonIntensity?)null;
        return new WhenOption(
            runs[0].From,
            runs[^1].To,
            mean.GramsPerKilowattHour,
            plan.Emissions(mean)?.Grams,
            plan.SavingPercent(mean),
            saved?.GramsPerKilowattHour,
            saved is { } less ? plan.Emissions(less)?.Grams : null,
            [.. runs.Select(run => new WhenRun(run.From, run.To))]);
    }
}

/// <summary>The whole answer.</summary>
internal sealed record WhenAnswer(
    string Source, string? Zone, string Kind, string Basis, string Boundary, string? Place, double DurationSeconds, DateTimeOffset Now, DateTimeOffset Until,
    double? EnergyJoules, double Pue, WhenOption? StartNow, WhenOption? FlexibleStart, WhenOption PauseAndResume, int Pauses, double LimitGramsPerKilowattHour,
    IReadOnlyList<string> Notices);

/// <summary>One way to run the work; savings are against starting now.</summary>
internal sealed record WhenOption(
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, double GramsPerKilowattHour, double? EmissionsGrams, double? SavesPercent, double? SavesGramsPerKilowattHour,
    double? SavesGrams, IReadOnlyList<WhenRun> Runs);

/// <summary>A stretch in which the work runs.</summary>
internal sealed record WhenRun(DateTimeOffset From, DateTimeOffset To);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WhenAnswer))]
internal sealed partial class WhenJsonContext : JsonSerializerContext
{
    public static WhenJsonContext Readable { get; } = new(ReadableJson.Options());
}
