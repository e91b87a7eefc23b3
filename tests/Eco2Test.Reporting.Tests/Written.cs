using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

/// <summary>What an exporter writes.</summary>
internal static class Written
{
    public static string By(IReportExporter exporter, EmissionsReport report, string culture = "") => InCulture.Run(culture, () =>
    {
        var writer = new StringWriter();
        exporter.Write(report, writer);
        return writer.ToString();
    });

    public static string[] Lines(IReportExporter exporter, EmissionsReport report) => By(exporter, report).TrimEnd('\n').Split('\n');
}
