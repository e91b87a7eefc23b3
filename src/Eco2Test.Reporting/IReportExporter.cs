using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>
/// Writes a report in one format. It opens nothing, reads no clock and no environment, never closes the writer, and
/// writes the same text in every culture, with <c>\n</c> at the end of each line. What it throws comes from the writer.
/// </summary>
public interface IReportExporter
{
    /// <summary>What the name of such a file ends with, such as <c>.md</c>.</summary>
    string Extension { get; }

    /// <summary>Writes the whole report.</summary>
    void Write(EmissionsReport report, TextWriter writer);
}
