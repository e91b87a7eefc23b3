using Eco2Test.Cost;
using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Cost;

public sealed class ElectricityTariffTests
{
    private const string DayAndNight = "22:00-06:00 0.12 EUR/kWh | 06:00-22:00 0.25 EUR/kWh";

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void A_flat_price_is_read_in_every_culture(string culture) => HostileCulture.Run(culture, () =>
    {
        var tariff = Read("0.25 EUR/kWh");

        tariff.IsFlat.ShouldBeTrue();
        tariff.Currency.ShouldBe("EUR");
        Mean(tariff, "2026-03-01T00:00:00Z", hours: 30).ShouldBe(0.25);
    });

    [Fact]
    public void A_price_by_the_time_of_day_goes_over_midnight()
    {
        var tariff = Read(DayAndNight);

        tariff.IsFlat.ShouldBeFalse();
        Mean(tariff, "2026-01-10T05:59:00Z", hours: 0).ShouldBe(0.12);
        Mean(tariff, "2026-01-10T06:00:00Z", hours: 0).ShouldBe(0.25);
        Mean(tariff, "2026-01-10T21:59:59Z", hours: 0).ShouldBe(0.25);
        Mean(tariff, "2026-01-10T23:00:00Z", hours: 2).ShouldBe(0.12, "over midnight");
        Mean(tariff, "2026-01-10T21:00:00Z", hours: 2).ShouldBe((0.12 + 0.25) / 2, 1e-12);
        Mean(tariff, "2026-01-10T13:17:00Z", hours: 24).ShouldBe(((8 * 0.12) + (16 * 0.25)) / 24, 1e-12);
    }

    [Theory]
    [InlineData("22:00-06:00 0.12 EUR/kWh; 06:00-22:00 0.25 EUR/kWh")]
    [InlineData("22:00-06:00 0.12 EUR/kWh, 6:00-22:00 0.25 EUR/kWh")]
    [InlineData("  06:00-22:00  0.25  EUR/kWh|22:00-24:00 0.12 EUR/kWh|0:00-06:00 0.12 EUR/kWh ")]
    public void Parts_stand_in_any_order_and_apart_by_what_a_command_line_takes(string text) =>
        Mean(Read(text), "2026-01-10T00:00:00Z", hours: 24).ShouldBe(Mean(Read(DayAndNight), "2026-01-10T00:00:00Z", hours: 24), 1e-12);

    [Fact]
    public void A_minute_that_is_no_quarter_of_an_hour_counts_exactly() =>
        Mean(Read("07:07-19:59 0.30 USD/kWh | 19:59-07:07 0.10 USD/kWh"), "2026-01-10T07:00:00Z", hours: 1).ShouldBe(((7 * 0.10) + (53 * 0.30)) / 60, 1e-12);

    [Theory]
    [InlineData("2026-03-29", 1, "the day on which the clock is put forward has 23 hours, and its night 7")]
    [InlineData("2026-10-25", -1, "the day on which it is put back has 25 hours, and its night 9")]
    [InlineData("2026-06-15", 0, "any other day has 24")]
    public void A_day_on_which_the_clock_changes_has_the_hours_that_it_has(string day, int skipped, string why)
    {
        var tariff = Read(DayAndNight + " @ Europe/Paris");
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var midnight = DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var from = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
        var to = new DateTimeOffset(midnight.AddDays(1), zone.GetUtcOffset(midnight.AddDays(1)));

        var mean = TariffClock.Of(tariff, TimeZoneInfo.Utc, from).MeanPricePerKilowattHour(from, to - from);

        (to - from).TotalHours.ShouldBe(24 - skipped, why);
        mean.ShouldBe((((8 - skipped) * 0.12) + (16 * 0.25)) / (24 - skipped), 1e-12, why);
    }

    [Fact]
    public void Without_a_place_it_goes_by_the_clock_of_the_machine_which_is_recorded()
    {
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var clock = TariffClock.Of(Read(DayAndNight), tokyo, DateTimeOffset.UnixEpoch);

        clock.Report.ShouldBe(new ReportTariff { Text = DayAndNight, Currency = "EUR", Zone = "Asia/Tokyo", UtcOffsetMinutes = 540 });
        clock.MeanPricePerKilowattHour(At("2026-01-10T21:30:00Z"), TimeSpan.Zero).ShouldBe(0.25, "it is 6:30 in Tokyo");
    }

    [Fact]
    public void What_was_recorded_is_read_on_a_machine_that_does_not_know_the_zone()
    {
        var recorded = new ReportTariff { Text = DayAndNight + " @ Nowhere/Atlantis", Currency = "EUR", Zone = "Nowhere/Atlantis", UtcOffsetMinutes = 120 };

        var clock = TariffClock.Of(recorded).ShouldNotBeNull();

        clock.Report.ShouldBe(recorded);
        clock.MeanPricePerKilowattHour(At("2026-01-10T03:59:00Z"), TimeSpan.Zero).ShouldBe(0.12);
        clock.MeanPricePerKilowattHour(At("2026-01-10T04:01:00Z"), TimeSpan.Zero).ShouldBe(0.25);
        TariffClock.Of(recorded with { Zone = "" })!.MeanPricePerKilowattHour(At("2026-01-10T05:59:00Z"), TimeSpan.Zero).ShouldBe(0.12, "a file can name none: UTC");
    }

    [Theory]
    [InlineData("", "'' is no price of a kilowatt-hour; write '0.25 EUR/kWh' or ")]
    [InlineData("0.25", "'0.25' is no price of a kilowatt-hour")]
    [InlineData("0.25 EUR", "'EUR' is no currency (three capital letters, ISO 4217) per kWh")]
    [InlineData("0.25 eur/kWh", "'eur/kWh' is no currency")]
    [InlineData("0.25 EUR/MWh", "'EUR/MWh' is no currency")]
    [InlineData("0,25 EUR/kWh", "'0' is no price of a kilowatt-hour")]
    [InlineData("-0.25 EUR/kWh", "'-0.25' is no price")]
    [InlineData("NaN EUR/kWh", "'NaN' is no price")]
    [InlineData("06:00-25:00 0.25 EUR/kWh", "'06:00-25:00' is no part of a day")]
    [InlineData("06:00-06:00 0.25 EUR/kWh", "'06:00-06:00' is no part of a day")]
    [InlineData("06:60-07:00 0.25 EUR/kWh", "'06:60-07:00' is no part of a day")]
    [InlineData("06:00-22:00 0.25 EUR/kWh", "there is no price from 00:00 to 06:00: the parts must make a whole day")]
    [InlineData("22:00-06:00 0.12 EUR/kWh | 06:00-21:30 0.25 EUR/kWh", "there is no price from 21:30 to 22:00")]
    [InlineData("22:00-06:00 0.12 EUR/kWh | 05:00-22:00 0.25 EUR/kWh", "'22:00-06:00 0.12 EUR/kWh' and '05:00-22:00 0.25 EUR/kWh' overlap at 05:00")]
    [InlineData("0.12 EUR/kWh | 0.25 EUR/kWh", "overlap at 00:00")]
    [InlineData("22:00-06:00 0.12 EUR/kWh | 06:00-22:00 0.25 USD/kWh", "are in two currencies, and nothing is converted")]
    [InlineData("0.25 EUR/kWh @ Europe/Pari", "'Europe/Pari' is no time zone that this machine knows")]
    public void What_is_no_tariff_is_said_with_its_place(string text, string problem)
    {
        ElectricityTariff.Read(text, out var tariff).ShouldNotBeNull().ShouldContain(problem);
        tariff.ShouldBeNull();
    }

    private static ElectricityTariff Read(string text)
    {
        ElectricityTariff.Read(text, out var tariff).ShouldBeNull();
        return tariff.ShouldNotBeNull();
    }

    private static double Mean(ElectricityTariff tariff, string from, double hours) =>
        TariffClock.Of(tariff, TimeZoneInfo.Utc, At(from)).MeanPricePerKilowattHour(At(from), TimeSpan.FromHours(hours));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
