using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>The rows of a report that the parts of a build have.</summary>
internal static class BuildRows
{
    /// <summary>Projects inside the window of the build, targets inside these, tasks inside those.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="build">The row of the build.</param>
    /// <param name="price">The price of the build.</param>
    /// <param name="nextSeq">Gives each row its number.</param>
    public static IReadOnlyList<ReportWindow> Of(AttributedBuild parts, ReportWindow build, Price price, Func<int> nextSeq)
    {
        // What closing the window has taken back, such as a figure below resolution, is taken from all parts alike.
        var joules = parts.Steps.Where(step => step.Parent is null).Sum(step => step.Use.Total.Central.Joules);
        var factor = joules > build.Energy.Joules ? Math.Max(0, build.Energy.Joules) / joules : 1;
        List<ReportWindow> rows = new(parts.Steps.Count);
        foreach (var step in parts.Steps)
        {
            rows.Add(Row(step, step.Parent is { } place ? rows[place].Seq : build.Seq, factor, build, price, nextSeq()));
        }

        var inside = rows.ToLookup(row => row.Parent!.Value, row => row.Energy.Joules);
        return [.. rows.Select(row => row with { Energy = row.Energy with { SelfJoules = Math.Max(0, row.Energy.Joules - inside[row.Seq].Sum()) } })];
    }

    private static ReportWindow Row(AttributedStep step, int parent, double factor, ReportWindow build, Price price, int seq)
    {
        var use = step.Use * factor;
        var most = Energy.FromJoules(build.Energy.HighJoules);
        var total = use.Total;
        var energy = new BoundedEnergy(total.Low, total.Central, total.High < most ? total.High : most).InOrder();
        var emissions = price.Emissions(energy);
        return new ReportWindow
        {
            Seq = seq,
            Id = step.Id,
            DisplayName = step.Name,
            Kind = step.Kind,
            Parent = parent,
            Count = step.Count,
            Outcome = step.Succeeded ? TestOutcome.Passed : TestOutcome.Failed,
            StartedAt = step.StartedAt,
            DurationSeconds = step.Active.TotalSeconds,
            CpuSeconds = use.CpuSeconds,
            Energy = new ReportEnergy
            {
                Joules = energy.Central.Joules,
                LowJoules = energy.Low.Joules,
                HighJoules = energy.High.Joules,
                CpuJoules = use.Cpu.Central.Joules,
                GpuJoules = use.Gpu.Central.Joules,
                RamJoules = use.Ram.Central.Joules,
                SelfJoules = energy.Central.Joules,
            },
            EmissionsGrams = emissions.Central.Grams,
            LowGrams = emissions.Low.Grams,
            HighGrams = emissions.High.Grams,
            Intensity = price.Key,
            Quality = step.IsBelowResolution ? MeasurementQuality.BelowResolution
                : step.IsOverlapped ? MeasurementQuality.Overlapped
                : MeasurementQuality.Ok,
            Sampled = true,
        };
    }
}
