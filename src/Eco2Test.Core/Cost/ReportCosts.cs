using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Cost;

/// <summary>
/// Prices the energy of a report: kWh × PUE × price of the time at which it was used, as Eco2AI does. Windows and untracked
/// energy are priced each by itself, and make the whole.
/// </summary>
internal sealed class ReportCosts
{
    private readonly EmissionsReport _report;
    private readonly TariffClock _tariff;
    private readonly double[] _prices;

    private ReportCosts(EmissionsReport report, TariffClock tariff)
    {
        (_report, _tariff) = (report, tariff);
        _prices = report.Timeline is { } timeline
            ? [.. timeline.UntrackedJoules.Select((_, interval) => tariff.MeanPricePerKilowattHour(
                timeline.StartedAt.AddSeconds(interval * timeline.IntervalSeconds), TimeSpan.FromSeconds(timeline.IntervalSeconds)))]
            : [];
    }

    /// <summary>The report with what its energy costs; as it is when there is no tariff.</summary>
    public static EmissionsReport Add(EmissionsReport report, ReportTariff? tariff) =>
        tariff is null || TariffClock.Of(tariff) is not { } clock ? report : new ReportCosts(report, clock).Priced();

    private EmissionsReport Priced()
    {
        var windows = _report.Windows.Select(window => window with { CostAmount = Of(window) }).ToList();
        var untracked = OfUntracked();
        var amount = windows.Where(window => window.Parent is null).Sum(window => window.CostAmount!.Value) + untracked;
        var totals = _report.Totals;
        var whole = totals.EnergyJoules == 0 ? 0 : amount / totals.EnergyJoules;
        return _report with
        {
            Windows = windows,
            Cost = new ReportCost
            {
                Amount = amount,
                LowAmount = totals.LowJoules * whole,
                HighAmount = totals.HighJoules * whole,
                UntrackedAmount = untracked,
                Tariff = _tariff.Report,
                Timing = _tariff.IsFlat ? "flat" : _report.Timeline is null ? "even" : "timeline",
            },
        };
    }

    /// <summary>By its own intervals where it is in several, else by the time that it took.</summary>
    private double Of(ReportWindow window)
    {
        var pue = PueOf(window.Intensity);
        return window.Timeline is { } timeline && timeline.First >= 0 && timeline.First + timeline.Joules.Count <= _prices.Length
            ? timeline.Joules.Select((joules, i) => CostOf(joules, pue, _prices[timeline.First + i])).Sum()
            : CostOf(window.Energy.Joules, pue, _tariff.MeanPricePerKilowattHour(window.StartedAt, Time(window.DurationSeconds)));
    }

    private double OfUntracked()
    {
        var pue = PueOf(_report.Totals.Intensity);
        return _report.Timeline is { } timeline
            ? timeline.UntrackedJoules.Select((joules, i) => CostOf(joules, pue, _prices[i])).Sum()
            : CostOf(_report.Totals.UntrackedJoules, pue, _tariff.MeanPricePerKilowattHour(_report.Run.StartedAt, Time(_report.Run.DurationSeconds)));
    }

    private double PueOf(string intensity) => _report.Intensities.FirstOrDefault(priced => priced.Key == intensity)?.Pue ?? _report.Pue;

    private static double CostOf(double joules, double pue, double pricePerKilowattHour) =>
        Energy.FromJoules(joules).KilowattHours * pue * pricePerKilowattHour;

    private static TimeSpan Time(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(366).TotalSeconds));
}
