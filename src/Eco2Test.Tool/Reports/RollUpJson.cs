using System.Text.Json;
using System.Text.Json.Serialization;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>A roll-up as JSON, with nothing folded.</summary>
internal static class RollUpJson
{
    public static string Write(RollUp rollUp) => JsonSerializer.Serialize(
        new RollUpDocument(RollUpSection.Name(rollUp.By), rollUp.Overlaps, [.. rollUp.Rows.Select(row => new RollUpSum(
            row.Name, row.Windows, row.BelowResolution, row.Joules, row.LowJoules, row.HighJoules, row.Grams, row.LowGrams, row.HighGrams, row.Share, row.Quality))]),
        RollUpJsonContext.Readable.RollUpDocument) + "\n";
}

/// <summary>What is written of a roll-up.</summary>
internal sealed record RollUpDocument(string By, bool Overlaps, IReadOnlyList<RollUpSum> Rows);

/// <summary>A sum, named as in a report.</summary>
internal sealed record RollUpSum(
    string Name, int Windows, int BelowResolution, double Joules, double LowJoules, double HighJoules, double EmissionsGrams, double LowGrams, double HighGrams, double Share,
    MeasurementQuality Quality);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(KebabEnumConverter<MeasurementQuality>)])]
[JsonSerializable(typeof(RollUpDocument))]
internal sealed partial class RollUpJsonContext : JsonSerializerContext
{
    /// <summary>Indented, and accents as they are.</summary>
    public static RollUpJsonContext Readable { get; } = new(With(ReadableJson.Options()));

    private static JsonSerializerOptions With(JsonSerializerOptions options)
    {
        options.Converters.Add(new KebabEnumConverter<MeasurementQuality>());
        return options;
    }
}
