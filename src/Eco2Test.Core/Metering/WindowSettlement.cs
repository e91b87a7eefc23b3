using Eco2Test.Budgets;
using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>Makes of the account of a window what its user gets: the measurement, its price, the verdict on its budgets, and its row in the report.</summary>
internal sealed class WindowSettlement(RunSettings settings, PriceList prices, ReportMethod method, TimeProvider time, Func<bool> isDebugging)
{
    /// <summary>The cost of an edge is about 10 µs: below this the figure is more edge than window.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromMicroseconds(200);

    /// <summary>Energy of a kind that is less than this part of a window's says nothing about how the whole is known.</summary>
    private const double DecisiveShare = 0.1;

    /// <summary>Why settings could not be read; a budget cannot be trusted then.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>How CPU energy is known where counters fail.</summary>
    public required Provenance CpuModel { get; init; }

    /// <summary>The outcome of a window that has closed. It never changes.</summary>
    public (ClosedWindow Window, Price Price) Close(TrackingWindow window, TestOutcome outcome)
    {
        var price = PriceOf(window);
        var measurement = Measure(window, price);
        var budget = Judge(window.Request, measurement);
        var overlap = Overlap(window, measurement);
        if (overlap is not null && budget.Message is not null)
        {
            budget = budget with { Message = $"{budget.Message}\n{overlap}" };
        }

        FailTests(window, budget);
        var report = WindowReport.Of(window, measurement, price, outcome, budget.Verdict);
        return (new ClosedWindow(report, measurement, budget, price.Report) { Overlap = overlap }, price);
    }

    private static string? Overlap(TrackingWindow window, Measurement measurement) =>
        measurement.Quality == MeasurementQuality.Overlapped && window.Request.HasBudget && window.Root.Neighbours is { Any: true } neighbours
            ? $"{window.Request.Id} shares energy that nobody's flow explains with what ran beside it: {neighbours}. To know its own, run it by itself: "
                + "in a collection with DisableParallelization (xUnit), [NonParallelizable] (NUnit), [DoNotParallelize] (MSTest), [NotInParallel] (TUnit)."
            : null;

    /// <summary>A method whose budget is exceeded fails the test that it is in, and outside tests nobody.</summary>
    private static void FailTests(TrackingWindow window, BudgetOutcome budget)
    {
        if (!budget.Fails || window.Request.Kind != WindowKind.Method)
        {
            return;
        }

        for (var outer = window.Including; outer is not null; outer = outer.Including)
        {
            if (outer.Request.Kind == WindowKind.Test)
            {
                outer.FailureInside ??= budget.Message;
            }
        }
    }

    /// <summary>What a window that is open has used so far.</summary>
    public (ReportWindow Report, Price Price) Look(TrackingWindow window)
    {
        window.Account.Settle();
        var price = PriceOf(window);
        var measurement = Measure(window, price) with { Quality = MeasurementQuality.Incomplete };
        return (WindowReport.Of(window, measurement, price, TestOutcome.Unknown, BudgetVerdict.None), price);
    }

    /// <summary>What a window that is open has used so far. Under the ledger's gate.</summary>
    public Measurement Measure(TrackingWindow window)
    {
        window.Account.Settle();
        return Measure(window, PriceOf(window));
    }

    private Measurement Measure(TrackingWindow window, Price price)
    {
        var account = window.Account;
        var energy = account.Total;
        var emissions = price.Emissions(energy);
        var now = time.GetTimestamp();
        var duration = time.GetElapsedTime(window.StartTimestamp + account.PausedTicks(now), now);
        return new Measurement
        {
            Energy = energy.Central,
            EnergyLow = energy.Low,
            EnergyHigh = energy.High,
            Cpu = account.Cpu.Central,
            Gpu = account.Gpu.Central,
            Ram = account.Ram.Central,
            Self = account.Self,
            Emissions = emissions.Central,
            EmissionsLow = emissions.Low,
            EmissionsHigh = emissions.High,
            CpuTime = TimeSpan.FromSeconds(account.CpuSeconds),
            Duration = duration,
            Count = window.Count,
            Provenance = ProvenanceOf(account),
            Quality = duration < Resolution || account.IsBelowResolution ? MeasurementQuality.BelowResolution
                : account.Overlapped ? MeasurementQuality.Overlapped
                : MeasurementQuality.Ok,
        };
    }

    /// <summary>The least certain of the parts that make a good deal of the energy.</summary>
    private Provenance ProvenanceOf(LedgerAccount account)
    {
        var decisive = account.Total.Central * DecisiveShare;
        var provenance = Provenance.Measured;
        Consider(account.Cpu, account.IsCpuModeled ? CpuModel : method.Cpu.Provenance);
        Consider(account.Ram, account.IsRamModeled ? Provenance.Modeled : method.Ram.Provenance);
        Consider(account.Gpu, method.Gpu?.Provenance ?? Provenance.Measured);
        return account.Total.Central > Energy.Zero ? provenance : method.Cpu.Provenance;

        void Consider(BoundedEnergy part, Provenance ofPart) =>
            provenance = part.Central > decisive && ofPart > provenance ? ofPart : provenance;
    }

    private BudgetOutcome Judge(WindowRequest request, Measurement measurement)
    {
        if (!request.HasBudget)
        {
            return default;
        }

        if (request.Problem is { } problem)
        {
            return new(BudgetVerdict.NotMeasurable, problem, Fails: true);
        }

        if (Problems.Count > 0)
        {
            return new(BudgetVerdict.NotMeasurable, string.Join('\n', Problems), Fails: true);
        }

        return isDebugging() ? default : BudgetJudge.Judge(request.Id, measurement, request.EnergyBudget, request.EmissionsBudget, settings.Budgets);
    }

    /// <summary>A nested window is priced as its root, so that grams add up.</summary>
    private Price PriceOf(TrackingWindow window) => PriceOf(window.Root.Request);

    /// <summary>The price of a window by itself, and of a root.</summary>
    public Price PriceOf(WindowRequest request) => prices.Of(request.Region, request.Pue, request.Intensity);
}
