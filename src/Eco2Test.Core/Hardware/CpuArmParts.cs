namespace Eco2Test.Hardware;

/// <summary>
/// Names of Arm processors, which on Linux do not name themselves, by the numbers of who made them and of the part
/// (<c>MIDR_EL1</c>; Arm's technical reference manuals, Linux' <c>cputype.h</c>). Only what servers and desktops have.
/// </summary>
internal static class CpuArmParts
{
    /// <summary>The name, or <see langword="null"/> when it is not known.</summary>
    public static string? NameOf(int? implementer, int? part) => (implementer, part) switch
    {
        (0x41, 0xd03) => "Cortex-A53",
        (0x41, 0xd08) => "Cortex-A72",
        (0x41, 0xd0b) => "Cortex-A76",
        (0x41, 0xd0c) => "Neoverse-N1",
        (0x41, 0xd40) => "Neoverse-V1",
        (0x41, 0xd49) => "Neoverse-N2",
        (0x41, 0xd4a) => "Neoverse-E1",
        (0x41, 0xd4f) => "Neoverse-V2",
        (0x46, 0x001) => "A64FX",
        (0x48, 0xd01) => "Kunpeng-920",
        (0x61, 0x022 or 0x023) => "Apple M1",
        (0x61, 0x024 or 0x025) => "Apple M1 Pro",
        (0x61, 0x028 or 0x029) => "Apple M1 Max",
        (0x61, 0x032 or 0x033) => "Apple M2",
        (0xc0, 0xac3) => "Ampere-1",
        (0xc0, 0xac4) => "Ampere-1a",
        _ => null,
    };
}
