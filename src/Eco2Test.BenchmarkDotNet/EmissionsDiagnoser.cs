using System.Runtime.CompilerServices;
using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;
using Eco2Test.Reports;
using Eco2Test.Sensors;
using DiagnoserRunMode = BenchmarkDotNet.Diagnosers.RunMode;

namespace Eco2Test;

/// <summary>
/// Adds to the summary and the exports of BenchmarkDotNet what an operation costs in joules and grams of CO2e, with bounds. It
/// follows the process of a benchmark from outside, with its children, while BenchmarkDotNet says that the actual run of the
/// workload lasts; where the benchmark runs in this process, it follows this one.
/// </summary>
/// <remarks>A fault of the diagnoser breaks no benchmark: it has no figure then, and the summary says why.</remarks>
public sealed class EmissionsDiagnoser : IDiagnoser
{
    private readonly object _gate = new();
    private readonly BenchmarkSettings _settings;
    private readonly ConditionalWeakTable<BenchmarkCase, BenchmarkFigure> _figures = [];
    private readonly List<BenchmarkFigure> _notDisplayed = [];
    private FollowedProcess? _followed;
    private string? _iterationFile;
    private string? _fault;

    /// <summary>A diagnoser for a configuration; see <see cref="EmissionsDiagnoserExtensions.AddEmissionsDiagnoser"/>.</summary>
    public EmissionsDiagnoser(EmissionsDiagnoserOptions? options = null) => _settings = new BenchmarkSettings(options ?? new());

    /// <inheritdoc/>
    public IEnumerable<string> Ids => [nameof(EmissionsDiagnoser)];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [FigureAnalyser.Instance];

    /// <inheritdoc/>
    public DiagnoserRunMode GetRunMode(BenchmarkCase benchmarkCase) => _settings.Of(benchmarkCase).Skip ? DiagnoserRunMode.None : DiagnoserRunMode.NoOverhead;

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters)
    {
        ArgumentNullException.ThrowIfNull(validationParameters);
        return validationParameters.Benchmarks
            .SelectMany(_settings.ProblemsOf)
            .Distinct(StringComparer.Ordinal)
            .Select(problem => new ValidationError(isCritical: true, $"{DiagnosticCodes.BenchmarkSettingUnreadable}: {problem}"));
    }

    /// <inheritdoc/>
    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        lock (_gate)
        {
            try
            {
                Follow(signal, parameters);
            }
            catch (Exception fault)
            {
                _fault ??= FaultText.Of(fault);
            }
        }
    }

    /// <summary>A process of its own is followed from its start, and the process that we are from when the benchmark is prepared.</summary>
    private void Follow(HostSignal signal, DiagnoserActionParameters parameters)
    {
        switch (signal)
        {
            case HostSignal.BeforeProcessStart:
                Forget();
                ListenInside(parameters);
                break;
            case HostSignal.AfterProcessStart:
                var file = _iterationFile;
                Begin(parameters, () => file is null ? [] : IterationFile.Take(file));
                break;
            case HostSignal.BeforeAnythingElse when BenchmarkProcess.NumberOf(parameters.Process) == Environment.ProcessId:
                Forget();
                var listener = new IterationListener(SensorSearch.ClockOfThisProcess());
                Begin(parameters, () =>
                {
                    listener.Dispose();
                    return listener.Iterations;
                });
                break;
            case HostSignal.BeforeActualRun:
                _followed?.BeginStage();
                break;
            case HostSignal.AfterActualRun:
                _followed?.EndStage();
                break;
            case HostSignal.AfterAll or HostSignal.AfterProcessExit:
                _followed?.End();
                break;
        }
    }

    private void Begin(DiagnoserActionParameters parameters, Func<IReadOnlyList<IterationCpuTime>> iterations) =>
        _followed = FollowedProcess.Begin(parameters.BenchmarkCase, _settings.Of(parameters.BenchmarkCase), BenchmarkProcess.NumberOf(parameters.Process), iterations);

    /// <summary>A .NET that this assembly cannot be loaded into is not asked: its program would not start.</summary>
    private void ListenInside(DiagnoserActionParameters parameters)
    {
        if (parameters.BenchmarkCase.GetRuntime() is CoreRuntime { RuntimeMoniker: >= RuntimeMoniker.Net80 })
        {
            _iterationFile = IterationFile.NewPath();
            BenchmarkProcess.ListenInside(parameters.Process, _iterationFile);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        lock (_gate)
        {
            _followed?.End();
            var iterations = StageIterations.Of(results.Measurements, _followed?.Iterations ?? []);
            var figure = BenchmarkFigure.Of(results.BenchmarkCase, _followed, iterations, _fault);
            Forget();
            _figures.AddOrUpdate(results.BenchmarkCase, figure);
            _notDisplayed.Add(figure);
            return OperationMetrics.Of(figure);
        }
    }

    /// <inheritdoc/>
    public void DisplayResults(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        lock (_gate)
        {
            foreach (var line in _notDisplayed.SelectMany(figure => figure.Explanation).Distinct(StringComparer.Ordinal))
            {
                logger.WriteLine(line);
            }

            _notDisplayed.Clear();
        }
    }

    /// <summary>What was found of a benchmark; <see langword="null"/> when it was not followed to its end.</summary>
    internal static BenchmarkFigure? FigureOf(BenchmarkCase benchmark) =>
        benchmark.Config.GetDiagnosers().OfType<EmissionsDiagnoser>().FirstOrDefault() is { } diagnoser && diagnoser._figures.TryGetValue(benchmark, out var figure) ? figure : null;

    private void Forget()
    {
        _followed?.End();
        (_followed, _iterationFile, _fault) = (null, null, null);
    }
}
