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

    /// <summary>A longer name is none; processors have 48 characters for it.</summary>
    private const int LongestName = 200;

    /// <summary>Whether the system names its processor at all.</summary>
    public bool HasName => !ModelName.StartsWith(Nameless, StringComparison.Ordinal);

    /// <summary>Sockets, cores and threads; <see langword="null"/> when the system does not say.</summary>
    public CpuTopology? Topology { get; init; }

    /// <summary>Asks the operating system.</summary>
    public static CpuIdentity Read(OperatingSystemKind system, SystemFiles files, EnvironmentVariables environment, int logicalProcessors) => system switch
    {
        OperatingSystemKind.Linux => FromLinux(files, logicalProcessors),
        OperatingSystemKind.Windows => Named(CpuidInstruction.Read(logicalProcessors)) ?? FromWindows(environment, logicalProcessors),
        OperatingSystemKind.MacOs => FromMac(CpuSysctl.OfThisMachine, logicalProcessors),
        _ => Unknown(logicalProcessors),
    };

    internal static CpuIdentity FromLinux(SystemFiles files, int logicalProcessors)
    {
        var cpu = CpuInfoText.ReadFirst(files);
        var topology = CpuTopology.Read(files);
        return new CpuIdentity(
            NameOf(cpu["model name"] ?? cpu["cpu"] ?? CpuArmParts.NameOf(cpu.Hexadecimal("CPU implementer"), cpu.Hexadecimal("CPU part"))),
            cpu["vendor_id"],
            cpu.Number("cpu family"),
            cpu.Number("model"),
            cpu.Number("stepping"),
            cpu.Has("flags", "hypervisor"),
            topology?.ThreadsPerSocket,
            logicalProcessors) { Topology = topology };
    }

    /// <summary>
    /// <c>AMD64 Family 25 Model 1 Stepping 1, AuthenticAMD</c>: no name, but what survives a masked one. Whether it is a
    /// guest is not said; without a name that makes no difference.
    /// </summary>
    internal static CpuIdentity FromWindows(EnvironmentVariables environment, int logicalProcessors)
    {
        var identifier = environment["PROCESSOR_IDENTIFIER"] ?? "";
        var comma = identifier.IndexOf(',');
        var words = (comma < 0 ? identifier : identifier[..comma]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // On Arm these numbers are others, and the model is hexadecimal.
        return words is ["AMD64" or "Intel64" or "x86", "Family", var family, "Model", var model, "Stepping", var stepping] && comma >= 0
            ? Unknown(logicalProcessors) with
            {
                Vendor = identifier[(comma + 1)..].Trim(),
                Family = Number(family),
                Model = Number(model),
                Stepping = Number(stepping),
            }
            : Unknown(logicalProcessors);
    }

    internal static CpuIdentity FromMac(CpuSysctl system, int logicalProcessors)
    {
        var topology = system.Number("hw.physicalcpu") is > 0 and var cores && system.Number("hw.logicalcpu") is > 0 and var threads
            ? new CpuTopology(Math.Max(1, system.Number("hw.packages") ?? 1), cores, threads)
            {
                ThreadsPerSocket = threads / Math.Max(1, system.Number("hw.packages") ?? 1),
                EfficiencyThreads = Math.Max(0, system.Number("hw.perflevel1.logicalcpu") ?? 0),
            }
            : null;
        return new CpuIdentity(
            NameOf(system.Text("machdep.cpu.brand_string")),
            system.Text("machdep.cpu.vendor"),
            system.Number("machdep.cpu.family"),
            system.Number("machdep.cpu.model"),
            system.Number("machdep.cpu.stepping"),
            system.Number("kern.hv_vmm_present") is > 0,
            topology?.ThreadsPerSocket,
            logicalProcessors) { Topology = topology };
    }

    private static CpuIdentity? Named(CpuIdentity? cpu) => cpu is null ? null : cpu with { ModelName = NameOf(cpu.ModelName) };

    private static CpuIdentity Unknown(int logicalProcessors) => new(NameOf(null), null, null, null, null, IsGuest: false, null, logicalProcessors);

    private static string NameOf(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > LongestName ? $"{Nameless}{RuntimeInformation.ProcessArchitecture} processor" : name;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
