using Eco2Test.Carbon;

namespace Eco2Test.Hardware;

/// <summary>The names that are most like a text that is none of them: those that contain all its words, then those that differ least.</summary>
internal static class NearestNames
{
    /// <summary>Longer than any name; what is longer still is near to none.</summary>
    private const int LongestName = 100;

    public static IReadOnlyList<string> Of(string text, IEnumerable<string> names, int count = 3)
    {
        var wanted = text.Trim();
        if (wanted.Length is 0 or > LongestName)
        {
            return [];
        }

        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. names
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(name => (Name: name, Rank: Rank(wanted, words, name)))
                .Where(near => near.Rank is not null)
                .OrderBy(near => near.Rank)
                .ThenBy(near => near.Name, StringComparer.Ordinal)
                .Take(count)
                .Select(near => near.Name),
        ];
    }

    /// <summary>Letters beside the words, less than any distance; else the distance behind all of these; nothing when it is far.</summary>
    private static int? Rank(string wanted, string[] words, string name)
    {
        if (Array.TrueForAll(words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return name.Length;
        }

        var furthest = Math.Max(1, wanted.Length / 3);
        if (Math.Abs(name.Length - wanted.Length) > furthest)
        {
            return null;
        }

        var distance = EditDistance.Between(wanted, name);
        return distance <= furthest ? 1000 + distance : null;
    }
}
