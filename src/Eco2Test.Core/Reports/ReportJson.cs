using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eco2Test.Reports;

/// <summary>The JSON form <c>eco2test/v1</c> of a report: invariant, camel case, enums in kebab case, unknown fields allowed.</summary>
public static class ReportJson
{
    /// <summary>The report as JSON.</summary>
    public static string Write(EmissionsReport report) => JsonSerializer.Serialize(report, WrittenJson.Default.EmissionsReport);

    /// <summary>Reads a report.</summary>
    /// <exception cref="FormatException">The text is no report of this schema; the message says why.</exception>
    public static EmissionsReport Read(string json)
    {
        EmissionsReport? report;
        try
        {
            report = JsonSerializer.Deserialize(json, ReadJson.Default.EmissionsReport);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"it is not a report of schema '{EmissionsReport.CurrentSchema}': {fault.Message}", fault);
        }

        return report switch
        {
            null => throw new FormatException("it is the JSON value null, not a report"),
            { Schema: EmissionsReport.CurrentSchema } => ReportShape.NullMember(report) is { } member
                ? throw new FormatException($"its member '{member}' is null, or something in it that must not be")
                : report,
            _ => throw new FormatException($"its schema is '{report.Schema}'; this version reads '{EmissionsReport.CurrentSchema}'"),
        };
    }

    /// <summary>The text of a report with these prices, and all else as it is: what this version does not know is kept.</summary>
    internal static string WithPrices(string json, IReadOnlyList<ReportPrice> prices) =>
        With(json, "prices", prices, WrittenJson.Default.IReadOnlyListReportPrice);

    /// <summary>The text of a report with these practices, and all else as it is.</summary>
    internal static string WithPractices(string json, ReportPractices practices) =>
        With(json, "practices", practices, WrittenJson.Default.ReportPractices);

    /// <summary>The practices by themselves, as a report has them.</summary>
    internal static string Write(ReportPractices practices) => JsonSerializer.Serialize(practices, WrittenJson.Default.ReportPractices);

    /// <summary>The text with a member that is new or replaces the one of its name, before the windows, which are long.</summary>
    private static string With<T>(string json, string name, T value, JsonTypeInfo<T> type)
    {
        using var document = JsonDocument.Parse(json);
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject().Where(member => !member.NameEquals(name)))
            {
                if (member.NameEquals("windows"))
                {
                    writer.WritePropertyName(name);
                    JsonSerializer.Serialize(writer, value, type);
                }

                // As it stands in the file: what a newer version wrote may be nothing that this one can read.
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(written.GetBuffer().AsSpan(0, (int)written.Length));
    }

    /// <summary>The attachment of a window, UTF-8.</summary>
    internal static byte[] Write(WindowAttachment attachment) => JsonSerializer.SerializeToUtf8Bytes(attachment, WrittenJson.Default.WindowAttachment);

    /// <summary>An entry of a journal, UTF-8, on one line.</summary>
    internal static byte[] Write(JournalEntry entry)
    {
        var line = new JsonLine();
        JournalLine.Write(line, entry);
        return line.Written.ToArray();
    }

    /// <summary>Reads a line of a journal; <see langword="null"/> when it was cut off.</summary>
    internal static JournalEntry? ReadEntry(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LineJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// Writes files that people read by code made at compile time, which asks for nothing of what is not written: no reflection, fit
/// for Native AOT. To describe all types to the serializer, as reading needs it, has a process compile 900 methods more.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(EmissionsReport))]
[JsonSerializable(typeof(IReadOnlyList<ReportPrice>))]
[JsonSerializable(typeof(ReportPractices))]
[JsonSerializable(typeof(WindowAttachment))]
internal sealed partial class WrittenJson : JsonSerializerContext;

/// <summary>Reads what <see cref="WrittenJson"/> has written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EmissionsReport))]
internal sealed partial class ReadJson : JsonSerializerContext;

/// <summary>Reads a line of a journal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class LineJson : JsonSerializerContext;
