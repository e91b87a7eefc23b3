using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Eco2Test.DiagnosedBenchmarks;
using Eco2Test.TestKit;

namespace Eco2Test.Diagnosing;

/// <summary>Benchmarks as BenchmarkDotNet runs them, in a process of their own and in this one, and what it exports.</summary>
public sealed class RealRunTests : IDisposable
{
    private static readonly string[] Figures = ["J/op", "J/op low", "J/op high", "gCO2e/op", "gCO2e/op low", "gCO2e/op high"];

    private readonly string _folder = Directory.CreateTempSubdirectory("eco2test-benchmarks").FullName;
    private readonly AccumulationLogger _log = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Work_costs_more_than_waiting_without_its_setup_and_every_export_says_so(bool inThisProcess)
    {
        var job = Job.Dry.WithIterationCount(3).WithWarmupCount(1);

        var summary = InCulture.Run("de-DE", () => Run<BurnAndSleep>(inThisProcess ? job.WithToolchain(InProcessEmitToolchain.Instance) : job));

        summary.Reports.Length.ShouldBe(2, _log.GetLog());
        // The setup is ten times the work: with it, the two would cost nearly the same.
        var (burn, sleep) = (MetricsOf(summary, "Burn"), MetricsOf(summary, "Sleep"));
        burn["JoulesPerOperation"].ShouldBeGreaterThan(3 * sleep["JoulesPerOperation"]);
        foreach (var metrics in new[] { burn, sleep })
        {
            metrics["JoulesPerOperation"].ShouldBeGreaterThan(0);
            metrics["JoulesPerOperation"].ShouldBeInRange(metrics["LowJoulesPerOperation"], metrics["HighJoulesPerOperation"]);
            metrics["GramsPerOperation"].ShouldBeInRange(metrics["LowGramsPerOperation"], metrics["HighGramsPerOperation"]);
        }

        summary.BenchmarksCases.ShouldAllBe(benchmark => EmissionsDiagnoser.FigureOf(benchmark)!.Known!.Contains("resolution") == false);
        CheckCsv(burn["JoulesPerOperation"]);
        CheckMarkdown();
        CheckJson(burn);
        _log.GetLog().ShouldContain("electricity of FR");
    }

    [Fact]
    public void A_benchmark_that_fails_has_no_figure_and_that_is_said()
    {
        var summary = Run<Failing>(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance));

        var lines = Markdown();
        lines.Single(line => line.StartsWith("| Throws", StringComparison.Ordinal)).Split('|').Count(cell => cell.Trim() == "NA").ShouldBeGreaterThanOrEqualTo(Figures.Length + 1);
        MetricsOf(summary, "Works")["JoulesPerOperation"].ShouldBeGreaterThan(0);
        FigureAnalyser.Instance.Analyse(summary).ShouldContain(conclusion =>
            conclusion.Kind == ConclusionKind.Warning && conclusion.Message.StartsWith("ECO2050: Failing.Throws", StringComparison.Ordinal));
    }

    [Fact]
    public void A_region_that_is_none_is_an_error_before_anything_runs()
    {
        var summary = Run<Nowhere>(Job.Dry.WithToolchain(InProcessEmitToolchain.Instance));

        summary.HasCriticalValidationErrors.ShouldBeTrue();
        summary.Reports.ShouldBeEmpty();
        summary.ValidationErrors.Single(error => error.IsCritical).Message.ShouldSatisfyAllConditions(
            message => message.ShouldStartWith("ECO2052: Region: "), message => message.ShouldContain("Frnace"), message => message.ShouldContain("France"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Summary Run<T>(Job job) => BenchmarkRunner.Run<T>(ManualConfig.CreateEmpty()
        .AddJob(job)
        .AddLogger(_log)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddExporter(MarkdownExporter.GitHub, new CsvExporter(CsvSeparator.Comma), JsonExporter.Full)
        .WithArtifactsPath(_folder)
        .WithBuildTimeout(TimeSpan.FromMinutes(10))
        .WithOptions(ConfigOptions.DisableOptimizationsValidator));

    private static IReadOnlyDictionary<string, double> MetricsOf(Summary summary, string method) =>
        summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method).Metrics.ToDictionary(metric => metric.Key, metric => metric.Value.Value);

    private void CheckCsv(double joulesOfBurn)
    {
        string[][] rows = [.. File.ReadAllLines(Export(".csv")).Select(line => line.Split(','))];
        var header = rows[0].ToList();
        Figures.Append("Energy is").ShouldBeSubsetOf(header);
        var burn = rows.Single(row => row[0] == "Burn");

        // Cells before it, such as times with thousands, may hold commas: counted from behind.
        double.Parse(burn[burn.Length - header.Count + header.IndexOf("J/op")], CultureInfo.InvariantCulture).ShouldBe(joulesOfBurn, 0.001 * joulesOfBurn);
    }

    private void CheckMarkdown()
    {
        var header = Markdown().Single(line => line.StartsWith("| Method", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
        Figures.Append("Energy is").ShouldBeSubsetOf(header);
    }

    private void CheckJson(IReadOnlyDictionary<string, double> burn)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Export("-full.json")));
        var metrics = json.RootElement.GetProperty("Benchmarks").EnumerateArray()
            .Single(benchmark => benchmark.GetProperty("Method").GetString() == "Burn").GetProperty("Metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("Descriptor").GetProperty("Id").GetString()!);
        metrics["GramsPerOperation"].GetProperty("Value").GetDouble().ShouldBe(burn["GramsPerOperation"], 1e-6 * burn["GramsPerOperation"]);
        metrics["GramsPerOperation"].GetProperty("Descriptor").GetProperty("Unit").GetString().ShouldBe("g");
        metrics["JoulesPerOperation"].GetProperty("Descriptor").GetProperty("Legend").GetString().ShouldNotBeNull().ShouldContain("CPU: ");
    }

    private string[] Markdown() => File.ReadAllLines(Export("-github.md"));

    private string Export(string end) => Directory.EnumerateFiles(_folder, "*" + end, SearchOption.AllDirectories).Single();
}
