using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>One interval as a line, for files and pipes: seconds since the beginning, then each channel.</summary>
internal static class WatchLine
{
    public static string Write(IEnumerable<WatchedChannel> channels, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s  {string.Join("; ", channels.Select(Channel))}");

    private static string Channel(WatchedChannel channel) =>
        $"{channel.Name} ({channel.Note}): {(channel.Power.Current is { } power ? $"{QuantityText.Digits(power.Watts)} W" : channel.Fault ?? "not known")}";
}
