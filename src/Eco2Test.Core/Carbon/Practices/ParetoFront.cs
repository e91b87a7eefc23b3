using Eco2Test.Reports;

namespace Eco2Test.Carbon;

/// <summary>
/// Marks what nothing beats: of two, one beats the other when it is no worse in energy and in the metric, and better in one of
/// them. Equals do not beat each other.
/// </summary>
internal static class ParetoFront
{
    /// <summary>The contenders, in the order they came in: by energy, the least first.</summary>
    public static IReadOnlyList<ReportContender> Mark(IReadOnlyList<ReportContender> contenders, string metric, bool lessIsBetter)
    {
        if (contenders.Count == 0)
        {
            return contenders;
        }

        // More is better of the negative.
        double Worth(ReportContender contender) => lessIsBetter ? -contender.Metrics[metric] : contender.Metrics[metric];
        var front = Front(contenders, Worth);
        var least = contenders[0];
        return [.. contenders.Select(contender => contender with
        {
            OnFront = front.Contains(contender),
            DominatedBy = front.Contains(contender) ? null : front.First(other => Beats(other, contender, Worth)).Id,
            NotToldApart = [.. front.Where(other => other.Id != contender.Id && Overlap(other, contender)).Select(other => other.Id)],
            EnergyFactor = Finite(contender.Joules / least.Joules),
            MetricDifference = Finite(contender.Metrics[metric] - least.Metrics[metric]),
        })];
    }

    private static List<ReportContender> Front(IReadOnlyList<ReportContender> contenders, Func<ReportContender, double> worth)
    {
        var front = new List<ReportContender>();
        foreach (var contender in contenders.OrderBy(contender => contender.Joules).ThenByDescending(worth))
        {
            // What came before used no more energy: the last of the front has the most worth of them.
            if (front.Count == 0 || worth(contender) > worth(front[^1]) || (worth(contender) == worth(front[^1]) && contender.Joules == front[^1].Joules))
            {
                front.Add(contender);
            }
        }

        return front;
    }

    private static bool Beats(ReportContender one, ReportContender other, Func<ReportContender, double> worth) =>
        one.Joules <= other.Joules && worth(one) >= worth(other) && (one.Joules < other.Joules || worth(one) > worth(other));

    private static bool Overlap(ReportContender one, ReportContender other) => one.LowJoules <= other.HighJoules && other.LowJoules <= one.HighJoules;

    // A report that somebody made up can hold figures of any size.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
