namespace Eco2Test.Core.Tests.Hardware;

/// <summary><c>/proc/cpuinfo</c> as six machines have it.</summary>
internal static class CpuInfo
{
    public static readonly string BareMetalEpyc7763 = Amd("25", "1", "AMD EPYC 7763 64-Core Processor", "1", "128", "fpu vme sse avx2 constant_tsc rep_good nopl");

    public static readonly string CascadeLakeGuest = string.Join("\n", [
        "processor\t: 0",
        "vendor_id\t: GenuineIntel",
        "cpu family\t: 6",
        "model\t\t: 85",
        "model name\t: Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz",
        "stepping\t: 7",
        "microcode\t: 0x5003901",
        "cpu MHz\t\t: 2499.998",
        "physical id\t: 0",
        "siblings\t: 2",
        "core id\t\t: 0",
        "cpu cores\t: 1",
        "flags\t\t: fpu vme de pse tsc msr hypervisor lahf_lm avx512f",
        "bugs\t\t: spectre_v1 itlb_multihit",
        "",
        "processor\t: 1",
        "model name\t: something else, which comes second",
        "",
    ]);

    public static readonly string MaskedEpycGuest = Amd("25", "17", "AMD EPYC", "1", "2", "fpu vme hypervisor avx512f");

    public static readonly string Ryzen5950X = Amd("25", "33", "AMD Ryzen 9 5950X 16-Core Processor", "2", "32", "fpu vme sse avx2");

    public static readonly string ArmWithoutName = string.Join("\n", [
        "processor\t: 0",
        "BogoMIPS\t: 243.75",
        "Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32",
        "CPU implementer\t: 0x41",
        "CPU architecture: 8",
        "CPU variant\t: 0x3",
        "CPU part\t: 0xd0c",
        "CPU revision\t: 1",
        "",
    ]);

    /// <summary>Whatever the file holds, reading it never throws.</summary>
    public static TheoryData<string> Garbage { get; } =
    [
        "", "\n\n\n", ":", ": :\n:::", "model name", "model name :", "\0\u0001\uFFFF",
        "cpu family\t: many\nmodel\t\t: -1\nsiblings\t: 99999999999999999999\nstepping\t: 0x7", new string('x', 5 * 1024 * 1024),
    ];

    private static string Amd(string family, string model, string name, string stepping, string siblings, string flags) => string.Join("\n", [
        "processor\t: 0",
        "vendor_id\t: AuthenticAMD",
        $"cpu family\t: {family}",
        $"model\t\t: {model}",
        $"model name\t: {name}",
        $"stepping\t: {stepping}",
        "cpu MHz\t\t: 2445.404",
        "physical id\t: 0",
        $"siblings\t: {siblings}",
        "core id\t\t: 0",
        $"flags\t\t: {flags}",
        "bugs\t\t: sysret_ss_attrs spectre_v1",
        "",
    ]);
}
