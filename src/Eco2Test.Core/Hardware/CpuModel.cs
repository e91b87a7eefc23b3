using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>A processor of the product's table (<c>cpus.csv</c>).</summary>
/// <param name="Name">As its maker calls it, such as <c>AMD EPYC 7763</c>.</param>
/// <param name="Tdp">Thermal design power of one socket.</param>
/// <param name="Cores">Cores of one socket; <see langword="null"/> when the table does not say.</param>
/// <param name="OtherTdp">What the table's other source says when the two disagree.</param>
internal sealed record CpuModel(string Name, Power Tdp, int? Cores, Power? OtherTdp)
{
    private const string Table = "cpus.csv";

    /// <summary>
    /// All rows of this name, written as tables or as processors write it: none, one, or several that differ. A name without a
    /// number is that of a family, and means none of it.
    /// </summary>
    public static IReadOnlyList<CpuModel> Find(string text)
    {
        var wanted = CpuName.Normalized(text);
        return !wanted.Any(char.IsAsciiDigit) ? [] : [.. All().Where(cpu => string.Equals(CpuName.Normalized(cpu.Name), wanted, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>All of them, in the order of names.</summary>
    public static IReadOnlyList<CpuModel> All()
    {
        var all = new List<CpuModel>(capacity: 7000);
        foreach (var row in new CsvScan(ProductData.Bytes(Table)))
        {
            all.Add(new CpuModel(
                Name: row.Text(0),
                Tdp: Power.FromWatts(row.Number(1)),
                Cores: row.IsEmpty(2) ? null : row.Integer(2),
                OtherTdp: row.IsEmpty(3) ? null : Power.FromWatts(row.Number(3))));
        }

        return all;
    }
}
