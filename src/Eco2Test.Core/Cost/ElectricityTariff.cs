using System.Globalization;

namespace Eco2Test.Cost;

/// <summary>
/// What a kilowatt-hour costs: always the same (<c>0.25 EUR/kWh</c>), or by the time of day
/// (<c>22:00-06:00 0.12 EUR/kWh | 06:00-22:00 0.25 EUR/kWh</c>), by the clock of a place (<c>@ Europe/Paris</c>) or of the
/// machine. Amounts stay in the currency in which the tariff is written: nothing is converted.
/// </summary>
internal sealed class ElectricityTariff
{
    private const int MinutesOfDay = 24 * 60;
    private const string Example = "'0.25 EUR/kWh' or '22:00-06:00 0.12 EUR/kWh | 06:00-22:00 0.25 EUR/kWh'";

    // Per kWh, in each minute of the day.
    private readonly double[] _byMinute;

    private ElectricityTariff(string text, string currency, double[] byMinute, TimeZoneInfo? zone) =>
        (Text, Currency, _byMinute, Zone, IsFlat) = (text, currency, byMinute, zone, Array.TrueForAll(byMinute, price => price == byMinute[0]));

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The currency's code of ISO 4217.</summary>
    public string Currency { get; }

    /// <summary>The place by whose clock it goes; <see langword="null"/>: that of the machine.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>Whether the time of day makes no difference.</summary>
    public bool IsFlat { get; }

    /// <summary>Reads a tariff.</summary>
    /// <returns><see langword="null"/> when it was read, else what is wrong with it and what would be right.</returns>
    public static string? Read(string text, out ElectricityTariff? tariff)
    {
        tariff = null;
        var at = text.IndexOf('@');
        TimeZoneInfo? zone = null;
        if (at >= 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(text[(at + 1)..].Trim(), out zone))
        {
            return $"'{text[(at + 1)..].Trim()}' is no time zone that this machine knows; write one such as 'Europe/Paris', or none for the machine's own";
        }

        var parts = new List<TariffPart>();
        foreach (var part in (at < 0 ? text : text[..at]).Split(['|', ';', ','], StringSplitOptions.TrimEntries))
        {
            if (TariffPart.Read(part, out var read) is { } problem)
            {
                return $"{problem}; write {Example}";
            }

            parts.Add(read);
        }

        if (parts.Find(part => part.Currency != parts[0].Currency) is { Text: not null } other)
        {
            return $"'{parts[0].Text}' and '{other.Text}' are in two currencies, and nothing is converted: write all in one";
        }

        var byMinute = new double[MinutesOfDay];
        if (Lay(parts, byMinute) is { } wrong)
        {
            return wrong;
        }

        tariff = new ElectricityTariff(text.Trim(), parts[0].Currency, byMinute, zone);
        return null;
    }

    /// <summary>The price in a minute of the day, from 0, per kWh.</summary>
    public double PricePerKilowattHour(int minuteOfDay) => _byMinute[minuteOfDay];

    /// <summary>In how many minutes the price is another one; that of a whole day when it is always the same.</summary>
    public int MinutesToChange(int minuteOfDay)
    {
        var minutes = 1;
        while (minutes < MinutesOfDay && _byMinute[(minuteOfDay + minutes) % MinutesOfDay] == _byMinute[minuteOfDay])
        {
            minutes++;
        }

        return minutes;
    }

    /// <summary>Lays the parts over the day, each minute in exactly one.</summary>
    private static string? Lay(List<TariffPart> parts, double[] byMinute)
    {
        var owner = new string?[MinutesOfDay];
        foreach (var part in parts)
        {
            for (var i = 0; i < part.Minutes; i++)
            {
                var minute = (part.From + i) % MinutesOfDay;
                if (owner[minute] is { } first)
                {
                    return $"'{first}' and '{part.Text}' overlap at {Clock(minute)}: each time of the day has one price";
                }

                (owner[minute], byMinute[minute]) = (part.Text, part.PricePerKilowattHour);
            }
        }

        var gap = Array.IndexOf(owner, null);
        return gap < 0 ? null : $"there is no price from {Clock(gap)} to {Clock(EndOfGap(owner, gap))}: the parts must make a whole day";
    }

    private static int EndOfGap(string?[] owner, int gap)
    {
        while (gap < MinutesOfDay && owner[gap] is null)
        {
            gap++;
        }

        return gap;
    }

    private static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    /// <summary>One price, and when it is in force.</summary>
    /// <param name="Text">As it was written.</param>
    /// <param name="From">The first minute of the day.</param>
    /// <param name="Minutes">For how long.</param>
    /// <param name="PricePerKilowattHour">In <paramref name="Currency"/>.</param>
    /// <param name="Currency">The currency's code.</param>
    private readonly record struct TariffPart(string Text, int From, int Minutes, double PricePerKilowattHour, string Currency)
    {
        public static string? Read(string text, out TariffPart part)
        {
            part = default;
            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (from, minutes) = (0, MinutesOfDay);
            if (words.Length > 0 && words[0].Contains(':'))
            {
                if (!TryReadTimes(words[0], out from, out minutes))
                {
                    return $"'{words[0]}' is no part of a day";
                }

                words = words[1..];
            }

            if (words is not [var number, var unit])
            {
                return $"'{text}' is no price of a kilowatt-hour";
            }

            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) || !double.IsFinite(price))
            {
                return $"'{number}' is no price (digits, with '.' as the decimal point)";
            }

            if (unit.Length != 7 || !unit.EndsWith("/kWh", StringComparison.Ordinal) || unit.AsSpan(0, 3).IndexOfAnyExceptInRange('A', 'Z') >= 0)
            {
                return $"'{unit}' is no currency (three capital letters, ISO 4217) per kWh";
            }

            part = new TariffPart(text, from, minutes, price, unit[..3]);
            return null;
        }

        private static bool TryReadTimes(string text, out int from, out int minutes)
        {
            (from, minutes) = (0, 0);
            if (text.Split('-') is not [var first, var second] || !TryReadTime(first, out from) || !TryReadTime(second, out var to) || from == MinutesOfDay)
            {
                return false;
            }

            // Over midnight, where it ends before it begins.
            minutes = to > from ? to - from : to - from + MinutesOfDay;
            return to != from;
        }

        /// <summary><c>6:00</c>, <c>06:00</c>, and <c>24:00</c> for the end of the day.</summary>
        private static bool TryReadTime(string text, out int minute)
        {
            minute = 0;
            if (text.Split(':') is not [{ Length: 1 or 2 } hours, { Length: 2 } minutes]
                || !int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
                || !int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var rest)
                || rest > 59)
            {
                return false;
            }

            minute = (hour * 60) + rest;
            return minute <= MinutesOfDay;
        }
    }
}
