using Eco2Test.Reports;

namespace Eco2Test.Carbon;

/// <summary>The four practices of Patterson et al. (2022) as figures of one run: Map, Machine, Mechanization, Model.</summary>
internal static class FourPractices
{
    /// <summary>Reckons with a report and the product's tables.</summary>
    /// <exception cref="FormatException">The report's figures cannot be reckoned with; the message says which.</exception>
    public static ReportPractices Of(EmissionsReport report, DevicePerformance performance, MetricChoice? metric = null)
    {
        var run = RunFigures.Of(report);
        return new()
        {
            Map = MapPractice.Of(run, RegionCatalog.Default.All),
            Machine = MachinePractice.Of(run, report.Testbed, performance),
            Mechanization = MechanizationPractice.Of(run, CloudRegion.All()),
            Model = ModelPractice.Of(report, metric),
        };
    }
}
