using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>A picture of a series in one line: eight heights from the least to the most that it shows.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Letters = "_.,-~=+#";

    /// <summary>The picture's height is at least this part of the most: what is steady looks steady.</summary>
    private const double LeastRange = 0.1;

    /// <summary>The last values that fit, to the right; a gap is a space.</summary>
    public static string Write(IReadOnlyCollection<Power?> values, int columns, bool hasBlocks)
    {
        var shown = values.TakeLast(columns).ToList();
        var known = shown.OfType<Power>().ToList();
        var heights = hasBlocks ? Blocks : Letters;
        var (least, most) = known.Count == 0 ? default : (known.Min(), known.Max());
        var range = Math.Max((most - least).Watts, most.Watts * LeastRange);
        return string.Concat(shown.Select(value => value is { } power ? heights[Height(power)] : ' ')).PadLeft(Math.Max(0, columns));

        int Height(Power power) => range > 0 ? (int)Math.Min(heights.Length - 1, (power - least).Watts / range * heights.Length) : 0;
    }
}
