using System.Globalization;

namespace Eco2Test.Hardware;

/// <summary>Lists of CPUs as Linux writes them: <c>0-3,8,10-11</c>.</summary>
internal static class CpuList
{
    /// <summary>More than any kernel is built for; a longer list is garbage.</summary>
    private const int MostCpus = 16384;

    /// <summary>The numbers in the list; none when it is missing, empty or garbage.</summary>
    public static List<int> Parse(string? text)
    {
        var cpus = new List<int>();
        foreach (var part in (text ?? "").Trim().Split(','))
        {
            var dash = part.IndexOf('-');
            if (!TryNumber(dash < 0 ? part : part[..dash], out var first)
                || !TryNumber(dash < 0 ? part : part[(dash + 1)..], out var last)
                || last < first || cpus.Count + last - first >= MostCpus)
            {
                return [];
            }

            for (var cpu = first; cpu <= last; cpu++)
            {
                cpus.Add(cpu);
            }
        }

        return cpus;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < MostCpus;
}
