using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Eco2Test.Reports;

namespace Eco2Test.Hardware;

/// <summary>Describes the machine without anything that names it or its user.</summary>
internal static class Testbed
{
    public static ReportTestbed Describe(CpuIdentity cpu, IReadOnlyList<string> gpus)
    {
        var testbed = new ReportTestbed
        {
            Fingerprint = "",
            Os = RuntimeInformation.OSDescription.Split('#')[0].Trim(),
            CpuModel = cpu.ModelName,
            LogicalProcessors = cpu.LogicalProcessors,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Gpus = gpus,
        };
        return testbed with { Fingerprint = Fingerprint(testbed, cpu) };
    }

    /// <summary>Machines of one kind share it: the operating system's kind but not its build, memory by the GiB.</summary>
    private static string Fingerprint(ReportTestbed testbed, CpuIdentity cpu)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{NameOf(OperatingSystems.OfThisMachine)}|{NameOf(RuntimeInformation.ProcessArchitecture)}|{testbed.CpuModel}|{cpu.Family}/{cpu.Model}/{cpu.Stepping}/{cpu.IsGuest}|{testbed.LogicalProcessors}|{testbed.MemoryBytes >> 30}");
        foreach (var gpu in testbed.Gpus)
        {
            text += "|" + gpu;
        }

        return Hash(Encoding.UTF8.GetBytes(text)).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>FNV-1a of 64 bits: it tells kinds of machines apart and keeps no secret, and a cryptographic hash takes milliseconds to load.</summary>
    internal static ulong Hash(ReadOnlySpan<byte> text)
    {
        const ulong Basis = 0xcbf29ce484222325;
        const ulong Prime = 0x100000001b3;
        var hash = Basis;
        foreach (var value in text)
        {
            hash = unchecked((hash ^ value) * Prime);
        }

        return hash;
    }

    private static string NameOf(OperatingSystemKind system) => system switch
    {
        OperatingSystemKind.Windows => "windows",
        OperatingSystemKind.MacOs => "macos",
        OperatingSystemKind.Linux => "linux",
        _ => "other",
    };

    /// <summary>Names of an enumeration come from reflection, which costs milliseconds when it is used for the first time.</summary>
    private static string NameOf(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "X64",
        Architecture.Arm64 => "Arm64",
        _ => architecture.ToString(),
    };
}
