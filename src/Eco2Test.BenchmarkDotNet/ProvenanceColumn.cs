using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Eco2Test;

/// <summary>The column that says how the figures of a benchmark are known.</summary>
internal sealed class ProvenanceColumn : IColumn
{
    public static ProvenanceColumn Instance { get; } = new();

    public string Id => "EnergyProvenance";

    public string ColumnName => "Energy is";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Metric;

    /// <summary>Behind the figures.</summary>
    public int PriorityInCategory => 6;

    public bool IsNumeric => false;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "How the energy is known: measured by counters, modeled from CPU time, or assumed; below resolution: only its bounds say something";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        EmissionsDiagnoser.FigureOf(benchmarkCase) is { } figure ? figure.Known ?? "?" : "NA";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
