using Eco2Test.Carbon;
using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>A window as the report has it.</summary>
internal static class WindowReport
{
    public static ReportWindow Of(TrackingWindow window, Measurement measurement, Price price, TestOutcome outcome, BudgetVerdict verdict)
    {
        var request = window.Request;
        return new ReportWindow
        {
            Seq = window.ReportedSeq,
            Id = request.Id,
            DisplayName = request.DisplayName,
            Kind = request.Kind,
            Parent = window.Including?.ReportedSeq,
            Attempt = request.Attempt,
            Count = window.Count,
            Outcome = outcome,
            Categories = request.Categories,
            Comparison = request.Comparison,
            StartedAt = window.StartedAt,
            DurationSeconds = measurement.Duration.TotalSeconds,
            CpuSeconds = window.Account.CpuSeconds,
            Energy = new ReportEnergy
            {
                Joules = measurement.Energy.Joules,
                LowJoules = measurement.EnergyLow.Joules,
                HighJoules = measurement.EnergyHigh.Joules,
                CpuJoules = measurement.Cpu.Joules,
                GpuJoules = measurement.Gpu.Joules,
                RamJoules = measurement.Ram.Joules,
                SelfJoules = measurement.Self.Joules,
            },
            EmissionsGrams = measurement.Emissions.Grams,
            LowGrams = measurement.EmissionsLow.Grams,
            HighGrams = measurement.EmissionsHigh.Grams,
            Intensity = price.Key,
            Quality = measurement.Quality,
            Metrics = window.Metrics(),
            Budget = request.HasBudget
                ? new ReportBudget { EnergyJoules = request.EnergyBudget?.Limit.Joules, EmissionsGrams = request.EmissionsBudget?.Limit.Grams }
                : null,
            Verdict = verdict,
            Source = request.Source,
        };
    }
}
