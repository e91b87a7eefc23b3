using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Eco2Test.Hardware;

/// <summary>
/// What an x86 processor says of itself by its instruction <c>cpuid</c> (Intel's manual, volume 2A; AMD's, volume 3): for
/// systems without a file that says it.
/// </summary>
internal static class CpuidInstruction
{
    private const int ExtendedLeaves = unchecked((int)0x80000000);
    private const int LastLeafOfName = unchecked((int)0x80000004);

    /// <summary><see langword="null"/> when the processor is no x86.</summary>
    public static CpuIdentity? Read(int logicalProcessors)
    {
        if (!X86Base.IsSupported)
        {
            return null;
        }

        var (_, first, third, second) = X86Base.CpuId(0, 0);
        var (version, _, features, _) = X86Base.CpuId(1, 0);
        var family = (version >> 8) & 0xF;
        var model = (version >> 4) & 0xF;
        return new CpuIdentity(
            NameOrEmpty(),
            Ascii([first, second, third]),
            family == 15 ? family + ((version >> 20) & 0xFF) : family,
            family is 6 or 15 ? model + ((version >> 12) & 0xF0) : model,
            version & 0xF,
            IsGuest: features < 0, // bit 31 of ECX, which hypervisors set
            ThreadsPerSocket: null,
            logicalProcessors);
    }

    private static string NameOrEmpty()
    {
        if ((uint)X86Base.CpuId(ExtendedLeaves, 0).Eax < unchecked((uint)LastLeafOfName))
        {
            return "";
        }

        var name = new int[12];
        for (var i = 0; i < 3; i++)
        {
            (name[i * 4], name[(i * 4) + 1], name[(i * 4) + 2], name[(i * 4) + 3]) = X86Base.CpuId(ExtendedLeaves + 2 + i, 0);
        }

        return Ascii(name);
    }

    private static string Ascii(ReadOnlySpan<int> words) => Encoding.ASCII.GetString(MemoryMarshal.AsBytes(words)).Trim('\0', ' ');
}
