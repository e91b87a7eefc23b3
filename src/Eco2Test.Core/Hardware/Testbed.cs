using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
        var text = string.Join('|', [
            OperatingSystemKind(), RuntimeInformation.ProcessArchitecture.ToString(), testbed.CpuModel,
            string.Create(CultureInfo.InvariantCulture, $"{cpu.Family}/{cpu.Model}/{cpu.Stepping}/{cpu.IsGuest}"),
            testbed.LogicalProcessors.ToString(CultureInfo.InvariantCulture),
            (testbed.MemoryBytes >> 30).ToString(CultureInfo.InvariantCulture), .. testbed.Gpus]);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8).ToLowerInvariant();
    }

    private static string OperatingSystemKind() =>
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : OperatingSystem.IsLinux() ? "linux" : "other";
}
