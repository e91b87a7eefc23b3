using Eco2Test.Reports;

namespace Eco2Test.Cost;

/// <summary>
/// A tariff by the clock of a place. Where that clock is put forward or back the day has 23 or 25 hours: the hour that is
/// skipped costs nothing, and the one that comes twice costs twice what the tariff says of it.
/// </summary>
internal sealed class TariffClock
{
    /// <summary>Clocks of places are put forward and back at whole quarters of an hour (UTC).</summary>
    private static readonly TimeSpan Grid = TimeSpan.FromMinutes(15);

    /// <summary>A stretch that is longer has the mean price of one that long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private readonly ElectricityTariff _tariff;
    private readonly TimeZoneInfo _zone;

    private TariffClock(ElectricityTariff tariff, TimeZoneInfo zone, ReportTariff report) => (_tariff, _zone, Report) = (tariff, zone, report);

    /// <summary>As a report has it.</summary>
    public ReportTariff Report { get; }

    /// <summary>The currency's code of ISO 4217.</summary>
    public string Currency => _tariff.Currency;

    /// <summary>Whether the time of day makes no difference.</summary>
    public bool IsFlat => _tariff.IsFlat;

    /// <summary>By the clock that the tariff names, else by that of the machine.</summary>
    /// <param name="tariff">The tariff.</param>
    /// <param name="local">The machine's own zone.</param>
    /// <param name="now">The moment whose offset from UTC is recorded.</param>
    public static TariffClock Of(ElectricityTariff tariff, TimeZoneInfo local, DateTimeOffset now)
    {
        var zone = tariff.Zone ?? local;
        return new TariffClock(tariff, zone, new ReportTariff
        {
            Text = tariff.Text,
            Currency = tariff.Currency,
            Zone = tariff.IsFlat ? null : zone.Id,
            UtcOffsetMinutes = tariff.IsFlat ? null : (int)zone.GetUtcOffset(now).TotalMinutes,
        });
    }

    /// <summary>
    /// By what a report recorded, on whatever machine; <see langword="null"/> when its text is no tariff. A zone that this
    /// machine does not know, such as one without a name, has the offset that it had when the run began.
    /// </summary>
    public static TariffClock? Of(ReportTariff recorded)
    {
        if (ElectricityTariff.Read(recorded.Text.Split('@')[0], out var tariff) is not null)
        {
            return null;
        }

        var zone = TimeZoneInfo.Utc;
        if (recorded.Zone is { Length: > 0 } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone))
        {
            var offset = TimeSpan.FromMinutes(Math.Clamp(recorded.UtcOffsetMinutes ?? 0, -14 * 60, 14 * 60));
            zone = TimeZoneInfo.CreateCustomTimeZone(id, offset, id, id);
        }

        return new TariffClock(tariff!, zone, recorded);
    }

    /// <summary>The mean price over a stretch of time, per kWh: of energy that is spread evenly over it.</summary>
    public double MeanPricePerKilowattHour(DateTimeOffset from, TimeSpan duration)
    {
        if (IsFlat || duration <= TimeSpan.Zero)
        {
            return _tariff.PricePerKilowattHour(MinuteOfDay(from));
        }

        var end = from + (duration < Longest ? duration : Longest);
        var sum = 0.0;
        for (var now = from; now < end;)
        {
            var minute = MinuteOfDay(now);
            var next = Earlier(end, NextEdge(now));
            sum += _tariff.PricePerKilowattHour(minute) * (next - now).TotalSeconds;
            now = next;
        }

        return sum / (end - from).TotalSeconds;
    }

    /// <summary>Until when the price of a moment is in force at least; it is never later than the next quarter of an hour (UTC).</summary>
    public DateTimeOffset NextEdge(DateTimeOffset now)
    {
        var quarter = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Grid.Ticks) + Grid.Ticks, TimeSpan.Zero);
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return Earlier(quarter, minute.AddMinutes(_tariff.MinutesToChange(MinuteOfDay(now))));
    }

    private int MinuteOfDay(DateTimeOffset moment) => (int)TimeZoneInfo.ConvertTime(moment, _zone).TimeOfDay.TotalMinutes;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
