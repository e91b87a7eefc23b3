using System.Text.Json;
using System.Text.Json.Serialization;
using Eco2Test.Reports;

namespace Eco2Test.Tool;

/// <summary>What <c>eco2test price</c> did, as JSON; the members are named as in a report.</summary>
internal static class PriceJson
{
    public static string Write(IReadOnlyList<PricedReport> priced) => JsonSerializer.Serialize(
        priced.Select(one => new PricedRow(
            one.File, one.Written, one.Report.Totals.EmissionsGrams, one.Declared, one.Replaced, one.Price, one.ChangePercent)).ToList(),
        PriceJsonContext.Readable.ListPricedRow) + "\n";
}

/// <summary>A report that got a price.</summary>
internal sealed record PricedRow(
    string Report, string Written, double DeclaredGrams, ReportIntensity? Declared, ReportPrice? Replaced, ReportPrice Price, double? ChangePercent);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<PricedRow>))]
internal sealed partial class PriceJsonContext : JsonSerializerContext
{
    public static PriceJsonContext Readable { get; } = new(ReadableJson.Options());
}
