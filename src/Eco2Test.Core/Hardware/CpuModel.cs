using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>A processor of the product's table (<c>cpus.csv</c>).</summary>
/// <param name="Name">As its maker calls it, such as <c>AMD EPYC 7763</c>.</param>
/// <param name="Tdp">Thermal design power of one socket.</param>
/// <param name="Cores">Cores of one socket; <see langword="null"/> when the table does not say.</param>
/// <param name="Source">Where the figures are from, as data/README.md calls it: <c>eco2ai+codecarbon</c>.</param>
/// <param name="OtherTdp">What the table's other source says when the two disagree.</param>
internal sealed record CpuModel(string Name, Power Tdp, int? Cores, string Source, Power? OtherTdp)
{
    private const string Table = "cpus.csv";

    private static readonly string[] SourcesByLetters = ["", "eco2ai", "codecarbon", "eco2ai+codecarbon", "greenalgorithms", "eco2ai+greenalgorithms", "codecarbon+greenalgorithms", "eco2ai+codecarbon+greenalgorithms"];

    private const int LongestNumber = 8;

    /// <summary>
    /// All rows of this name, written as tables or as processors write it: none, one, or several that differ. "Intel Xeon" is a
    /// row of the table, and the name that hypervisors give to all of that family: a name without a number means none.
    /// </summary>
    public static IReadOnlyList<CpuModel> Find(string text)
    {
        var wanted = CpuName.Normalized(text);
        Span<byte> number = stackalloc byte[LongestNumber];
        number = number[..NumberIn(wanted, number)];
        var found = new List<CpuModel>();
        if (number.IsEmpty)
        {
            return found;
        }

        foreach (var row in new CsvScan(ProductData.Bytes(Table)))
        {
            // Reading a row costs more than looking for a number that its name must have.
            if (row.Line.IndexOf(number) >= 0 && string.Equals(CpuName.Normalized(row.Text(0)), wanted, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(Of(row));
            }
        }

        return found;
    }

    /// <summary>All of them, in the order of names.</summary>
    public static IReadOnlyList<CpuModel> All()
    {
        var all = new List<CpuModel>();
        foreach (var row in new CsvScan(ProductData.Bytes(Table)))
        {
            all.Add(Of(row));
        }

        return all;
    }

    private static CpuModel Of(CsvRow row) => new(
        Name: row.Text(0),
        Tdp: Power.FromWatts(row.Number(1)),
        Cores: row.IsEmpty(2) ? null : row.Integer(2),
        Source: SourceOf(row.Raw(3)),
        OtherTdp: row.IsEmpty(4) ? null : Power.FromWatts(row.Number(4)));

    /// <summary>The table in the assembly has a letter for each source: <c>ec</c>.</summary>
    private static string SourceOf(ReadOnlySpan<byte> letters)
    {
        var known = 0;
        foreach (var letter in letters)
        {
            known |= letter switch { (byte)'e' => 1, (byte)'c' => 2, (byte)'g' => 4, _ => throw new FormatException($"'{(char)letter}' is no source of processors.") };
        }

        return SourcesByLetters[known];
    }

    /// <summary>The longest run of digits in a name, cut at what fits; nothing when it has none.</summary>
    private static int NumberIn(string name, Span<byte> number)
    {
        var (best, bestLength, length) = (0, 0, 0);
        for (var i = 0; i < name.Length; i++)
        {
            length = char.IsAsciiDigit(name[i]) ? length + 1 : 0;
            if (length > bestLength)
            {
                (best, bestLength) = (i - length + 1, length);
            }
        }

        bestLength = Math.Min(bestLength, number.Length);
        for (var i = 0; i < bestLength; i++)
        {
            number[i] = (byte)name[best + i];
        }

        return bestLength;
    }
}
