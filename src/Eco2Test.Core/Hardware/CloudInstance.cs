using Eco2Test.Carbon;

namespace Eco2Test.Hardware;

/// <summary>A type of machine that a cloud lends (<c>cloud-instances.csv</c>).</summary>
/// <param name="Provider">Such as <c>aws</c>.</param>
/// <param name="Type">As the provider calls it: <c>p3.2xlarge</c>.</param>
/// <param name="VirtualCpus">Its logical CPUs.</param>
/// <param name="MemoryGigabytes">Its memory.</param>
/// <param name="Gpu">The name of its GPUs in <c>gpus.csv</c>; <see langword="null"/> when it has none.</param>
/// <param name="GpuCount">How many of them.</param>
/// <param name="Microarchitectures">Those its CPUs may be of, as <c>power-coefficients.csv</c> calls them; none when they are not known.</param>
/// <param name="Source">Where that is from.</param>
internal sealed record CloudInstance(
    string Provider, string Type, int VirtualCpus, double MemoryGigabytes, string? Gpu, int GpuCount, IReadOnlyList<string> Microarchitectures, string Source)
{
    private const string Table = "cloud-instances.csv";

    /// <summary>What it is called in settings: <c>aws:p3.2xlarge</c>.</summary>
    public string Key => $"{Provider}:{Type}";

    /// <summary>The one of this key or type, in any case; <see langword="null"/> when none is called so.</summary>
    public static CloudInstance? Find(string text) => All().FirstOrDefault(instance =>
        string.Equals(instance.Key, text.Trim(), StringComparison.OrdinalIgnoreCase) || string.Equals(instance.Type, text.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>All of them, in the order of providers and types.</summary>
    public static IReadOnlyList<CloudInstance> All()
    {
        var all = new List<CloudInstance>();
        foreach (var row in new CsvScan(ProductData.Bytes(Table)))
        {
            all.Add(new CloudInstance(
                Provider: row.Text(0),
                Type: row.Text(1),
                VirtualCpus: row.Integer(2),
                MemoryGigabytes: row.Number(3),
                Gpu: row.IsEmpty(4) ? null : row.Text(4),
                GpuCount: row.IsEmpty(5) ? 0 : row.Integer(5),
                Microarchitectures: row.IsEmpty(6) ? [] : row.Text(6).Split('|'),
                Source: row.Text(7)));
        }

        return all;
    }
}
