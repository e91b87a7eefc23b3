using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>The JSON form <c>eco2test/v1</c> of a report: invariant, camel case, enums in kebab case, unknown fields allowed.</summary>
public static class ReportJson
{
    /// <summary>The report as JSON.</summary>
    public static string Write(EmissionsReport report) => JsonSerializer.Serialize(report, ReportJsonContext.Default.EmissionsReport);

    /// <summary>Reads a report.</summary>
    /// <exception cref="FormatException">The text is no report of this schema; the message says why.</exception>
    public static EmissionsReport Read(string json)
    {
        EmissionsReport? report;
        try
        {
            report = JsonSerializer.Deserialize(json, ReportJsonContext.Default.EmissionsReport);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"it is not a report of schema '{EmissionsReport.CurrentSchema}': {fault.Message}", fault);
        }

        return report switch
        {
            null => throw new FormatException("it is the JSON value null, not a report"),
            { Schema: EmissionsReport.CurrentSchema } => report,
            _ => throw new FormatException($"its schema is '{report.Schema}'; this version reads '{EmissionsReport.CurrentSchema}'"),
        };
    }
}

/// <summary>Serialization code made at compile time: no reflection, fit for Native AOT.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = false,
    Converters = [
        typeof(KebabEnumConverter<Provenance>), typeof(KebabEnumConverter<WindowKind>), typeof(KebabEnumConverter<TestOutcome>),
        typeof(KebabEnumConverter<MeasurementQuality>), typeof(KebabEnumConverter<BudgetVerdict>)])]
[JsonSerializable(typeof(EmissionsReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;

/// <summary>Writes <c>BelowResolution</c> as <c>below-resolution</c>.</summary>
internal sealed class KebabEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
