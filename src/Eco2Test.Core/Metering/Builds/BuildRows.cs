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
        return new SampledRow
        {
            Seq = seq,
            Id = step.Id,
            DisplayName = step.Name,
            Kind = step.Kind,
            StartedAt = step.StartedAt,
            Duration = step.Active,
            Use = use,
            Energy = new BoundedEnergy(total.Low, total.Central, total.High < most ? total.High : most).InOrder(),
            IsBelowResolution = step.IsBelowResolution,
            IsOverlapped = step.IsOverlapped,
        }.At(price) with
        {
            Parent = parent,
            Count = step.Count,
            Outcome = step.Succeeded ? TestOutcome.Passed : TestOutcome.Failed,
        };
    }
}
