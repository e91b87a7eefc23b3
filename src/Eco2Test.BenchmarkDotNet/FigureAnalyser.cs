using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Reports;

namespace Eco2Test;

/// <summary>Says below the summary what must be said of figures: that there is none, what it is worth, what sensors and place lack.</summary>
internal sealed class FigureAnalyser : AnalyserBase
{
    public static FigureAnalyser Instance { get; } = new();

    public override string Id => "Energy";

    protected override IEnumerable<Conclusion> AnalyseReport(BenchmarkReport report, Summary summary) =>
        (EmissionsDiagnoser.FigureOf(report.BenchmarkCase) ?? BenchmarkFigure.NotMeasured(report.BenchmarkCase, "it did not run to its end"))
            .Notices.Select(notice => CreateWarning($"{notice.Code}: {notice.Message}", report));
}
