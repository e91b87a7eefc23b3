using CsCheck;
using Eco2Test.Core.Tests.Metering;
using Eco2Test.Cost;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Cost;

public sealed class ReportCostTests
{
    private static readonly ReportTariff Flat = new() { Text = "0.25 EUR/kWh", Currency = "EUR" };

    private static readonly ReportTariff ByTime = new()
    {
        Text = "22:00-06:00 0.12 EUR/kWh | 06:00-22:00 0.25 EUR/kWh", Currency = "EUR", Zone = "Europe/Paris", UtcOffsetMinutes = 60,
    };

    [Fact]
    public void Energy_times_pue_times_price_is_the_cost_of_the_whole_and_of_each_window()
    {
        var shop = SampleReports.Shop() with { Pue = 1.2 };
        var report = ReportCosts.Add(shop with { Intensities = [shop.Intensities[0] with { Pue = 1.2 }] }, Flat);

        var cost = report.Cost.ShouldNotBeNull();
        cost.Timing.ShouldBe("flat");
        cost.Tariff.ShouldBe(Flat);
        cost.Amount.ShouldBe(report.Totals.EnergyJoules / 3.6e6 * 1.2 * 0.25, 1e-15);
        cost.UntrackedAmount.ShouldBe(report.Totals.UntrackedJoules / 3.6e6 * 1.2 * 0.25, 1e-15);
        cost.LowAmount.ShouldBe(cost.Amount * 0.6, 1e-15);
        cost.HighAmount.ShouldBe(cost.Amount * 1.5, 1e-15);
        report.Windows.ShouldAllBe(window => Math.Abs(window.CostAmount!.Value - (window.Energy.Joules / 3.6e6 * 1.2 * 0.25)) < 1e-15);
    }

    [Fact]
    public void Roots_and_untracked_make_the_whole_whatever_the_times_of_windows_are() => Gen.Select(
        Gen.Double[0, 1e6].Select(Gen.Double[0, 90_000], (joules, seconds) => (joules, seconds)).List[0, 8], Gen.Bool).Sample((windows, byTimeline) =>
    {
        var report = SampleReports.Of([.. windows.Select((window, i) => SampleReports.Window(i + 1, $"W{i}", window.joules, window.seconds))]);
        report = byTimeline ? WithTimeline(report) : report;

        var priced = ReportCosts.Add(report, ByTime);

        var cost = priced.Cost!;
        (priced.Windows.Where(window => window.Parent is null).Sum(window => window.CostAmount!.Value) + cost.UntrackedAmount).ShouldBe(cost.Amount, 1e-9 * Math.Max(1, cost.Amount));
        cost.Amount.ShouldBeInRange(report.Totals.EnergyJoules / 3.6e6 * 0.12 * 0.999999, report.Totals.EnergyJoules / 3.6e6 * 0.25 * 1.000001);
        cost.Timing.ShouldBe(byTimeline ? "timeline" : "even");
    });

    [Fact]
    public void Energy_by_time_is_priced_by_the_time_at_which_it_was_used()
    {
        // 22:00 in Paris: an hour of day, three of night.
        var start = new DateTimeOffset(2026, 1, 10, 20, 0, 0, TimeSpan.Zero);
        var report = SampleReports.Of(SampleReports.Window(1, "Train", 7.2e6) with
        {
            StartedAt = start, DurationSeconds = 4 * 3600, Timeline = new() { First = 0, Joules = [3.6e6, 0, 0, 3.6e6] },
        });
        report = report with
        {
            Timeline = new() { StartedAt = start, IntervalSeconds = 3600, TrackedJoules = [3.6e6, 0, 0, 3.6e6], UntrackedJoules = [0, 0, report.Totals.UntrackedJoules, 0] },
        };

        var priced = ReportCosts.Add(report, ByTime);

        priced.Windows[0].CostAmount!.Value.ShouldBe(0.25 + 0.12, 1e-12, "one kilowatt-hour by day and one by night");
        priced.Cost!.UntrackedAmount.ShouldBe(report.Totals.UntrackedJoules / 3.6e6 * 0.12, 1e-12);
    }

    [Fact]
    public void A_run_with_a_price_has_it_in_its_journal_and_its_cost_in_its_report()
    {
        ElectricityTariff.Read("0.25 EUR/kWh", out var tariff).ShouldBeNull();
        using var run = new FakeRun(new RunSettings { Region = "FR", Pue = 1.5, ElectricityPrice = tariff });
        run.Work(3);
        run.Test("A");
        run.Run.Sample(journal: true);

        var report = run.Report();

        report.Cost.ShouldNotBeNull().Amount.ShouldBe(report.Totals.EnergyJoules / 3.6e6 * 1.5 * 0.25, 1e-15);
        report.Windows.Single().CostAmount!.Value.ShouldBe(report.Windows.Single().Energy.Joules / 3.6e6 * 1.5 * 0.25, 1e-15);
        ReportJson.Read(ReportJson.Write(report)).Cost.ShouldBe(report.Cost);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void Without_a_price_nothing_is_said_of_cost()
    {
        using var run = new FakeRun();
        run.Test("A");

        var report = run.Report();

        report.Cost.ShouldBeNull();
        ReportJson.Write(report).ShouldNotContain("cost", Case.Insensitive);
    }

    private static EmissionsReport WithTimeline(EmissionsReport report) => report with
    {
        Timeline = new()
        {
            StartedAt = report.Run.StartedAt, IntervalSeconds = 60,
            TrackedJoules = [report.Totals.TrackedJoules, 0], UntrackedJoules = [report.Totals.UntrackedJoules / 2, report.Totals.UntrackedJoules / 2],
        },
    };
}
