namespace Eco2Test.Hardware;

/// <summary>
/// Names of processors as tables write them: <c>AMD EPYC 7763 64-Core Processor</c> is AMD EPYC 7763, and
/// <c>12th Gen Intel(R) Core(TM) i9-12900K CPU @ 3.20GHz</c> is Intel Core i9-12900K.
/// </summary>
internal static class CpuName
{
    private static readonly string[] Marks = ["(R)", "(r)", "(TM)", "(tm)", "(Virtual)"];

    public static string Normalized(string name)
    {
        var clock = name.IndexOf('@');
        var text = clock < 0 ? name : name[..clock];
        foreach (var mark in Marks)
        {
            text = text.Replace(mark, " ", StringComparison.Ordinal);
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var kept = new List<string>(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is "with" or "w/" && i + 1 < words.Length && words[i + 1].StartsWith("Radeon", StringComparison.Ordinal))
            {
                break;
            }

            if (i == 0 && words.Length > 1 && words[1] == "Gen" && IsCount(words[0], "th"))
            {
                i++;
            }
            else if (words[i] is not ("CPU" or "Processor") && !IsCount(words[i], "-Core") && !IsCount(words[i], "-Cores"))
            {
                kept.Add(words[i]);
            }
        }

        return string.Join(' ', kept);
    }

    /// <summary><c>64-Core</c>.</summary>
    private static bool IsCount(string word, string unit) =>
        word.Length > unit.Length && word.EndsWith(unit, StringComparison.Ordinal) && !word.AsSpan(0, word.Length - unit.Length).ContainsAnyExceptInRange('0', '9');
}
