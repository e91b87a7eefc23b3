using System.Text.Json;
using System.Text.Json.Serialization;
using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>An estimate as JSON; a central figure that is not known is <c>null</c>.</summary>
internal static class EstimateJson
{
    public const string Schema = "eco2test-estimate/v1";

    public static string Write(EstimateResult result)
    {
        var estimate = result.Estimate;
        var row = new EstimateRow(
            Schema,
            EstimateResult.Version,
            [.. estimate.Devices.Select(Row)],
            estimate.Time.TotalHours,
            result.Utilization,
            estimate.Fraction,
            Watts(estimate.Power),
            KilowattHours(estimate.Energy),
            KilowattHours(estimate.BuildingEnergy),
            estimate.Price.Report,
            Grams(estimate.Emissions),
            estimate.Fraction < 1 ? new WholeRow(KilowattHours(estimate.WholeEnergy), Grams(estimate.WholeEmissions)) : null,
            [.. Equivalent.All().Select(each => new EquivalentRow(each.Key, each.What, result.CountOf(each), each.Each.Grams, each.Year, each.Source, each.Note))],
            result.Notes);
        return JsonSerializer.Serialize(row, EstimateJsonContext.Readable.EstimateRow) + "\n";
    }

    private static DeviceRow Row(DeviceLoad device) => new(device.Name, device.Count, Watts(device.Power), device.Formula, device.Source, device.IncludesMemory);

    private static Estimated<double> Watts(Estimated<Power> power) => power.Select(each => each.Watts);

    private static Estimated<double> KilowattHours(Estimated<Energy> energy) => energy.Select(each => each.KilowattHours);

    private static Estimated<double> Grams(Estimated<Emissions> emissions) => emissions.Select(each => each.Grams);
}

/// <summary>The members carry their units.</summary>
internal sealed record EstimateRow(
    string Schema,
    string Version,
    IReadOnlyList<DeviceRow> Devices,
    double Hours,
    double? Utilization,
    double Fraction,
    Estimated<double> Watts,
    Estimated<double> KilowattHours,
    Estimated<double> BuildingKilowattHours,
    ReportIntensity Intensity,
    Estimated<double> EmissionsGrams,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WholeRow? Whole,
    IReadOnlyList<EquivalentRow> Equivalents,
    IReadOnlyList<string> Notes);

/// <summary>One kind of device; the power is of all of them.</summary>
internal sealed record DeviceRow(string Name, int Count, Estimated<double> Watts, string Formula, string Source, bool IncludesMemory);

/// <summary>The whole work, of which a part was estimated.</summary>
internal sealed record WholeRow(Estimated<double> KilowattHours, Estimated<double> EmissionsGrams);

/// <summary>Something that emits as much.</summary>
internal sealed record EquivalentRow(string Key, string What, Estimated<double> Count, double GramsEach, int Year, string Source, string Note);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EstimateRow))]
internal sealed partial class EstimateJsonContext : JsonSerializerContext
{
    /// <summary>Indented, and accents as they are: it is read by people and programs, not put into a page.</summary>
    public static EstimateJsonContext Readable { get; } = new(ReadableJson.Options());
}
