namespace Eco2Test.Reports;

/// <summary>Windows of one id, added up to one row of a report.</summary>
internal static class WindowAddition
{
    /// <summary>The row of one with another one added.</summary>
    public static ReportWindow Sum(ReportWindow sum, ReportWindow window) => sum with
    {
        Count = sum.Count + window.Count,
        Outcome = window.Outcome == TestOutcome.Failed ? window.Outcome : sum.Outcome,
        DurationSeconds = sum.DurationSeconds + window.DurationSeconds,
        CpuSeconds = sum.CpuSeconds + window.CpuSeconds,
        Energy = ReportEnergies.Sum(sum.Energy, window.Energy),
        EmissionsGrams = sum.EmissionsGrams + window.EmissionsGrams,
        LowGrams = sum.LowGrams + window.LowGrams,
        HighGrams = sum.HighGrams + window.HighGrams,
        CostAmount = sum.CostAmount + window.CostAmount,
        Quality = Worse(sum.Quality, window.Quality),
        Metrics = window.Metrics,
        Verdict = window.Verdict > sum.Verdict ? window.Verdict : sum.Verdict,
    };

    /// <summary>A window without some of its CPU energy, of which a part was its own; its upper bounds keep it.</summary>
    public static ReportWindow WithoutCpu(ReportWindow window, double joules, double own)
    {
        var (before, left) = (window.Energy, window.Energy.Joules - joules);
        var factor = before.Joules > 0 ? left / before.Joules : 1;
        return window with
        {
            CpuSeconds = before.CpuJoules > 0 ? window.CpuSeconds * (1 - (joules / before.CpuJoules)) : window.CpuSeconds,
            Energy = before with
            {
                Joules = left,
                LowJoules = before.LowJoules * factor,
                CpuJoules = before.CpuJoules - joules,
                SelfJoules = before.SelfJoules - own,
            },
            EmissionsGrams = window.EmissionsGrams * factor,
            LowGrams = window.LowGrams * factor,
        };
    }

    /// <summary>One that was cut off or overlapped taints the sum; one that was long enough lends it to those that were not.</summary>
    private static MeasurementQuality Worse(MeasurementQuality one, MeasurementQuality other) =>
        one == MeasurementQuality.Incomplete || other == MeasurementQuality.Incomplete ? MeasurementQuality.Incomplete
        : one == MeasurementQuality.Overlapped || other == MeasurementQuality.Overlapped ? MeasurementQuality.Overlapped
        : one < other ? one : other;
}
