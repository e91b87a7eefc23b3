using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Eco2Test.Hardware;

/// <summary>What macOS says of its processor by <c>sysctlbyname</c>. Not tried on a Mac.</summary>
internal sealed partial class CpuSysctl(Func<string, byte[]?> ask)
{
    private const int LongestValue = 256;

    /// <summary>The kernel of this machine.</summary>
    public static CpuSysctl OfThisMachine { get; } = new(Ask);

    /// <summary>A text, or <see langword="null"/> when there is none of this name.</summary>
    public string? Text(string name) =>
        ask(name) is { } value && Encoding.UTF8.GetString(value).Trim('\0', ' ') is { Length: > 0 } text ? text : null;

    /// <summary>A whole number of four bytes, or <see langword="null"/>.</summary>
    public int? Number(string name) => ask(name) is { Length: >= 4 } value ? BinaryPrimitives.ReadInt32LittleEndian(value) : null;

    private static byte[]? Ask(string name)
    {
        var value = new byte[LongestValue];
        nint length = value.Length;
        try
        {
            return SystemControl(name, ref value[0], ref length, 0, 0) == 0 && length > 0 && length <= value.Length ? value[..(int)length] : null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libSystem.dylib", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SystemControl(string name, ref byte value, ref nint length, nint newValue, nint newLength);
}
