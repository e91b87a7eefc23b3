using System.Runtime.InteropServices;

namespace Eco2Test.Sensors;

/// <summary><c>nvmlMemory_t</c>: bytes, 24 bytes long.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlMemory
{
    public ulong Total;
    public ulong Free;
    public ulong Used;
}

/// <summary><c>nvmlProcessInfo_v2_t</c>, which the functions of version 2 and 3 fill: 24 bytes long.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlProcessInfo
{
    public uint Id;
    public ulong UsedMemory;
    public uint GpuInstance;
    public uint ComputeInstance;
}

/// <summary><c>nvmlProcessUtilizationSample_t</c>: percents, 32 bytes long.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlProcessSample
{
    public uint Id;

    /// <summary>Microseconds since 1970.</summary>
    public ulong Timestamp;
    public uint Sm;
    public uint Memory;
    public uint Encoder;
    public uint Decoder;
}

/// <summary><c>nvmlFieldValue_t</c>: 40 bytes long. Each field has a return code of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct NvmlFieldValue
{
    [FieldOffset(0)]
    public uint Field;

    /// <summary>For power: 0 is the GPU with its memory.</summary>
    [FieldOffset(4)]
    public uint Scope;

    [FieldOffset(24)]
    public int Type;

    [FieldOffset(28)]
    public int Code;

    [FieldOffset(32)]
    public double AsDouble;

    [FieldOffset(32)]
    public uint AsUInt32;

    [FieldOffset(32)]
    public ulong AsUInt64;

    [FieldOffset(32)]
    public long AsInt64;

    [FieldOffset(32)]
    public int AsInt32;

    [FieldOffset(32)]
    public ushort AsUInt16;

    /// <summary>The value, whatever <c>nvmlValueType_t</c> it has; not a number when that is unknown.</summary>
    public readonly double Value => Type switch
    {
        0 => AsDouble,
        1 => AsUInt32,
        2 => OperatingSystem.IsWindows() ? AsUInt32 : AsUInt64, // unsigned long
        3 => AsUInt64,
        4 => AsInt64,
        5 => AsInt32,
        6 => AsUInt16,
        _ => double.NaN,
    };
}
