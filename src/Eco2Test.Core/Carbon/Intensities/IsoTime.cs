using System.Globalization;

namespace Eco2Test.Carbon;

/// <summary>
/// Reads a time as ISO 8601 writes it, with its offset: <c>2026-03-01T14:00Z</c>, <c>2026-03-01 15:00:00+01:00</c>. A time
/// without an offset is none: it would mean another hour on every machine.
/// </summary>
internal static class IsoTime
{
    private const int LongestTime = 40;

    private static readonly string[] WithOffset = [.. Forms("zzz")];
    private static readonly string[] WithoutOffset = [.. Forms("")];

    /// <summary>The time; <see langword="false"/> when the text is none.</summary>
    public static bool TryRead(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length > LongestTime)
        {
            return false;
        }

        text = text.Trim();
        return DateTimeOffset.TryParseExact(
            text.EndsWith('Z') || text.EndsWith('z') ? text[..^1] + "+00:00" : text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>Whether the text would be a time if it had an offset.</summary>
    public static bool LacksOffset(string text) =>
        text.Length <= LongestTime && DateTime.TryParseExact(text.Trim(), WithoutOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>To the minute, in UTC: <c>2026-03-01T14:00Z</c>.</summary>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Forms(string offset) =>
        from separator in new[] { "'T'", "' '" }
        from clock in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" }
        select $"yyyy-MM-dd{separator}{clock}{offset}";
}
