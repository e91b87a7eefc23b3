using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>A GPU of the product's table (<c>gpus.csv</c>).</summary>
/// <param name="Name">As its driver calls it, such as <c>NVIDIA A100-SXM4-40GB</c>.</param>
/// <param name="Aliases">What people call it, such as <c>A100</c>.</param>
/// <param name="Tdp">Thermal design power.</param>
/// <param name="Idle">Power without work; <see langword="null"/> when it is not known.</param>
/// <param name="IsVerified">Whether the figure was read from a source that is named.</param>
/// <param name="Source">Where the figures are from.</param>
internal sealed record GpuModel(string Name, IReadOnlyList<string> Aliases, Power Tdp, Power? Idle, bool IsVerified, string Source)
{
    private const string Table = "gpus.csv";

    /// <summary>The GPU of this name or alias, in any case; <see langword="null"/> when none is called so.</summary>
    public static GpuModel? Find(string text)
    {
        var wanted = text.Trim();
        GpuModel? found = null;
        foreach (var row in new CsvScan(ProductData.Bytes(Table)))
        {
            if (row.Means(0, wanted))
            {
                return Of(row);
            }

            // A name that is whole comes before the alias of another.
            found ??= !row.IsEmpty(1) && Of(row) is var gpu && gpu.Aliases.Contains(wanted, StringComparer.OrdinalIgnoreCase) ? gpu : null;
        }

        return found;
    }

    /// <summary>All of them, in the order of names.</summary>
    public static IReadOnlyList<GpuModel> All()
    {
        var all = new List<GpuModel>();
        foreach (var row in new CsvScan(ProductData.Bytes(Table)))
        {
            all.Add(Of(row));
        }

        return all;
    }

    private static GpuModel Of(CsvRow row) => new(
        Name: row.Text(0),
        Aliases: row.IsEmpty(1) ? [] : row.Text(1).Split('|'),
        Tdp: Power.FromWatts(row.Number(2)),
        Idle: row.IsEmpty(3) ? null : Power.FromWatts(row.Number(3)),
        IsVerified: row.Is(5, "1"),
        Source: row.Text(6));
}
