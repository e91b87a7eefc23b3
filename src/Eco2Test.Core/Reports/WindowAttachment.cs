using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>What is attached to a test: its window and what is needed to read it. Schema <c>eco2test-window/v1</c>.</summary>
internal sealed record WindowAttachment
{
    public const string CurrentSchema = "eco2test-window/v1";

    public const string FileName = "window.eco2test.json";

    public string Schema { get; init; } = CurrentSchema;

    public required ReportTool Tool { get; init; }

    public required ReportRun Run { get; init; }

    public required ReportMethod Method { get; init; }

    public required ReportIntensity Intensity { get; init; }

    public required double Pue { get; init; }

    public required ReportWindow Window { get; init; }

    /// <summary>What all attempts took, where this is not the first; the others are windows of the report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportAttempts? Attempts { get; init; }
}
