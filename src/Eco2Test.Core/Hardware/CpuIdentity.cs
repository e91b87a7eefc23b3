using System.Globalization;
using System.Runtime.InteropServices;

namespace Eco2Test.Hardware;

/// <summary>What the operating system says of the processor.</summary>
/// <param name="ModelName">As the processor names itself; a hypervisor may mask it.</param>
/// <param name="Vendor">CPUID vendor, such as <c>AuthenticAMD</c>.</param>
/// <param name="Family">CPUID family, which survives a masked name.</param>
/// <param name="Model">CPUID model.</param>
/// <param name="Stepping">CPUID stepping.</param>
/// <param name="IsGuest">Whether a hypervisor is between us and the processor: topology and name are then what it chose.</param>
/// <param name="ThreadsPerSocket">Hardware threads of one socket.</param>
/// <param name="LogicalProcessors">Logical processors that this process may use (affinity and container limits applied).</param>
internal sealed record CpuIdentity(
    string ModelName, string? Vendor, int? Family, int? Model, int? Stepping, bool IsGuest, int? ThreadsPerSocket, int LogicalProcessors)
{
    /// <summary>Before the architecture, where the system does not name its processor.</summary>
    private const string Nameless = "unknown ";

    /// <summary>Whether the system names its processor at all.</summary>
    public bool HasName => !ModelName.StartsWith(Nameless, StringComparison.Ordinal);

    /// <summary>Reads <c>/proc/cpuinfo</c> where there is one; elsewhere only what the run-time knows.</summary>
    public static CpuIdentity Read(SystemFiles files, int logicalProcessors)
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (files.Read("proc/cpuinfo") ?? "").Split('\n'))
        {
            var colon = line.IndexOf(':');
            if (colon > 0)
            {
                first.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }

        var name = first.GetValueOrDefault("model name");
        return new CpuIdentity(
            string.IsNullOrEmpty(name) ? $"{Nameless}{RuntimeInformation.ProcessArchitecture} processor" : name,
            first.GetValueOrDefault("vendor_id"),
            Number(first, "cpu family"),
            Number(first, "model"),
            Number(first, "stepping"),
            first.GetValueOrDefault("flags", "").Split(' ').Contains("hypervisor"),
            Number(first, "siblings"),
            logicalProcessors);
    }

    private static int? Number(Dictionary<string, string> values, string key) =>
        int.TryParse(values.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
