using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Budgets;

/// <summary>Holds a measurement against its budgets. The one place where a verdict is made.</summary>
internal static class BudgetJudge
{
    /// <summary>From so many times the budget on it is said in times: nobody reads 183713 %.</summary>
    private const double Manifold = 10;

    /// <summary>Judges energy and emissions of one run; the worse verdict counts, every message is kept.</summary>
    /// <param name="subject">What was measured.</param>
    /// <param name="measurement">What it used.</param>
    /// <param name="energy">The most energy.</param>
    /// <param name="emissions">The most emissions.</param>
    /// <param name="policy">How budgets are judged.</param>
    /// <param name="why">Why it is not measurable, if it is not: <c>it ran for 0.1 ms, too short to be measured</c>; <see langword="null"/>: by its duration and quality.</param>
    /// <param name="codes">What messages begin with; <see langword="null"/>: the codes of tests.</param>
    public static BudgetOutcome Judge(
        string subject, Measurement measurement, EnergyBudget? energy, EmissionsBudget? emissions, BudgetPolicy policy, string? why = null, BudgetCodes? codes = null)
    {
        why ??= WhyNotMeasurable(measurement);
        return OfEach(measurement, energy, emissions, figures => Judge(subject, figures, measurement, policy, why, codes ?? BudgetCodes.OfTests));
    }

    /// <summary>Judges nothing, since the figure cannot be held against these budgets, whatever it is.</summary>
    /// <param name="subject">What was measured.</param>
    /// <param name="measurement">What it used.</param>
    /// <param name="energy">The most energy.</param>
    /// <param name="emissions">The most emissions.</param>
    /// <param name="policy">How budgets are judged.</param>
    /// <param name="why">Why it cannot, as the end of a sentence.</param>
    /// <param name="codes">What messages begin with.</param>
    public static BudgetOutcome Undecided(
        string subject, Measurement measurement, EnergyBudget? energy, EmissionsBudget? emissions, BudgetPolicy policy, string why, BudgetCodes codes) =>
        OfEach(measurement, energy, emissions, figures => NotMeasurable(subject, figures, measurement, policy.NotMeasurable, why, codes));

    private static BudgetOutcome OfEach(Measurement measurement, EnergyBudget? energy, EmissionsBudget? emissions, Func<Case, BudgetOutcome> judge)
    {
        var ofEnergy = energy is { } energyBudget ? judge(EnergyCase(measurement, energyBudget)) : default;
        var ofEmissions = emissions is { } emissionsBudget ? judge(EmissionsCase(measurement, emissionsBudget)) : default;
        return Worse(ofEnergy, ofEmissions);
    }

    private static Case EnergyCase(Measurement measurement, EnergyBudget budget) =>
        new("used", "", measurement.EnergyLow.Joules / measurement.Count, measurement.EnergyPerRun.Joules, measurement.EnergyHigh.Joules / measurement.Count, budget.Limit.Joules, QuantityText.Energy);

    private static Case EmissionsCase(Measurement measurement, EmissionsBudget budget) =>
        new("emitted", " CO2e", measurement.EmissionsLow.Grams / measurement.Count, measurement.Emissions.Grams / measurement.Count, measurement.EmissionsHigh.Grams / measurement.Count, budget.Limit.Grams, QuantityText.Emissions);

    private static string WhyNotMeasurable(Measurement measurement) => measurement.Quality == MeasurementQuality.Incomplete
        ? "its process ended before it did"
        : $"it ran for {measurement.Duration.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture)} ms, too short to be measured";

    private static BudgetOutcome Judge(string subject, Case figures, Measurement measurement, BudgetPolicy policy, string why, BudgetCodes codes)
    {
        // Of what was cut off nobody knows what it would have used at most; what it did use is at least this.
        var isCutOff = measurement.Quality == MeasurementQuality.Incomplete;
        if (figures.High <= figures.Limit && !isCutOff)
        {
            return new(BudgetVerdict.Kept, null, Fails: false);
        }

        if (measurement.Quality == MeasurementQuality.BelowResolution || (isCutOff && figures.Low <= figures.Limit))
        {
            return NotMeasurable(subject, figures, measurement, policy.NotMeasurable, why, codes);
        }

        var decisive = policy.Bound switch
        {
            BudgetBound.Lower => figures.Low,
            BudgetBound.Central => figures.Central,
            _ => figures.High,
        };
        if (decisive > figures.Limit)
        {
            return new(BudgetVerdict.Exceeded, $"{codes.Exceeded}: {Facts(subject, figures, measurement)}, {Excess(figures)}", Fails: true);
        }

        return figures.Central > figures.Limit
            ? new(BudgetVerdict.Warned, $"{codes.Warned}: {Facts(subject, figures, measurement)}, probably {Over(figures.Central, figures)}, but its lower bound is within", Fails: false)
            : new(BudgetVerdict.Kept, null, Fails: false);
    }

    private static BudgetOutcome NotMeasurable(string subject, Case figures, Measurement measurement, NotMeasurableAction action, string why, BudgetCodes codes)
    {
        var message = $"{codes.NotMeasurable}: {Facts(subject, figures, measurement)}, but {why}; the budget decides nothing";
        return new(BudgetVerdict.NotMeasurable, action == NotMeasurableAction.Ignore ? null : message, Fails: action == NotMeasurableAction.Error);
    }

    /// <summary><c>Shop.Tests.Trains used 612 J (modeled, 540–900 J), budget 500 J</c></summary>
    private static string Facts(string subject, Case figures, Measurement measurement) =>
        $"{subject} {figures.Verb} {QuantityText.Write(figures.Central, figures.Scale)}{figures.Gas} ({measurement.Provenance.ToString().ToLowerInvariant()}, "
        + $"{QuantityText.WriteRange(figures.Low, figures.High, figures.Scale)}{(measurement.Count > 1 ? $", mean of {measurement.Count} runs" : "")}), budget {QuantityText.Write(figures.Limit, figures.Scale)}";

    private static string Excess(Case figures) => (figures.Low > figures.Limit, figures.Central > figures.Limit) switch
    {
        (true, _) => $"{Over(figures.Central, figures)} ({AtLeast(figures)})",
        (_, true) => Over(figures.Central, figures),
        _ => Over(figures.High, figures, "up to "),
    };

    private static string AtLeast(Case figures) => $"at least {(IsManifold(figures.Low, figures) ? Times(figures.Low, figures) : Excess(figures.Low, figures))}";

    /// <summary><c>over by 22 %</c>; <c>1,838 times the budget</c> where percents of so many digits say nothing.</summary>
    private static string Over(double value, Case figures, string bound = "") =>
        IsManifold(value, figures) ? $"{bound}{Times(value, figures)} the budget" : $"over by {bound}{Excess(value, figures)}";

    private static bool IsManifold(double value, Case figures) => figures.Limit > 0 && value >= figures.Limit * Manifold;

    private static string Times(double value, Case figures) =>
        $"{(value / figures.Limit).ToString("#,##0", CultureInfo.InvariantCulture)} times";

    private static string Excess(double value, Case figures) => figures.Limit > 0
        ? Percent((value - figures.Limit) / figures.Limit * 100)
        : QuantityText.Write(value, figures.Scale);

    /// <summary>Whole percents; a small excess keeps its digits, so that it never reads as none.</summary>
    private static string Percent(double percent) =>
        $"{(percent >= 10 ? percent.ToString("0", CultureInfo.InvariantCulture) : QuantityText.Digits(percent))} %";

    private static BudgetOutcome Worse(BudgetOutcome left, BudgetOutcome right)
    {
        var messages = new[] { left.Message, right.Message }.Where(message => message is not null);
        return new(
            Severity(left.Verdict) >= Severity(right.Verdict) ? left.Verdict : right.Verdict,
            string.Join('\n', messages) is { Length: > 0 } message ? message : null,
            left.Fails || right.Fails);
    }

    private static int Severity(BudgetVerdict verdict) => verdict switch
    {
        BudgetVerdict.None => 0,
        BudgetVerdict.Kept => 1,
        BudgetVerdict.NotMeasurable => 2,
        BudgetVerdict.Warned => 3,
        _ => 4,
    };

    /// <summary>A budget's figures in its base unit, ready to be compared and written.</summary>
    private readonly record struct Case(string Verb, string Gas, double Low, double Central, double High, double Limit, QuantityText.Scale Scale);
}
