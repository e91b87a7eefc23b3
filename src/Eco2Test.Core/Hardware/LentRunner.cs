using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>A runner of a CI service by its label, and its power where that is known (<c>ci-runners.csv</c>).</summary>
/// <param name="Key">Service and label: <c>github:ubuntu-24.04</c>.</param>
/// <param name="CpuModel">The processor that the figures belong to.</param>
/// <param name="VirtualCpus">Its logical CPUs.</param>
/// <param name="Idle">Wall power of its share of the host at rest, memory included.</param>
/// <param name="Full">The same with all its CPUs busy.</param>
/// <param name="Curve">Its power by utilisation; <see langword="null"/> when only both ends are known.</param>
/// <param name="Source">Where the figures are from.</param>
internal sealed record LentRunner(string Key, string CpuModel, int VirtualCpus, Power Idle, Power Full, PowerCurve? Curve, string Source)
{
    private const string Table = "ci-runners.csv";

    /// <summary>The one of this key, in any case; <see langword="null"/> when there is none whose power is known.</summary>
    public static LentRunner? Find(string text) =>
        All().FirstOrDefault(runner => string.Equals(runner.Key, text.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Those whose power is known, in the order of keys.</summary>
    public static IReadOnlyList<LentRunner> All()
    {
        var all = new List<LentRunner>();
        foreach (var row in new CsvScan(ProductData.Bytes(Table)))
        {
            if (!row.IsEmpty(13) && !row.IsEmpty(15))
            {
                all.Add(new LentRunner(
                    Key: $"{row.Text(0)}:{row.Text(1)}",
                    CpuModel: row.Text(7),
                    VirtualCpus: row.Integer(5),
                    Idle: Power.FromWatts(row.Number(13)),
                    Full: Power.FromWatts(row.Number(15)),
                    Curve: PowerCurve.Find(row.Text(16), row.Integer(5)),
                    Source: row.Text(19)));
            }
        }

        return all;
    }
}
