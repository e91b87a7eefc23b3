using System.Runtime.InteropServices;
using System.Text;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>A driver made of functions of this assembly, called through the same pointers as NVIDIA's.</summary>
internal static unsafe class FakeNvml
{
    public const int NotSupported = 3;
    public const int Lost = 15;

    private static readonly List<Gpu> Gpus = [];

    /// <summary>What the functions of the library return before any device is asked.</summary>
    public static int InitCode { get; set; }

    public static int CountCode { get; set; }

    public static NvmlLibrary Library => new()
    {
        Init = &Init,
        DeviceCount = &Count,
        DeviceByIndex = &ByIndex,
        DeviceName = &Name,
        DeviceTotalEnergy = &TotalEnergy,
        DevicePowerUsage = &PowerUsage,
    };

    public static void Reset(params Gpu[] gpus)
    {
        (InitCode, CountCode) = (0, 0);
        Gpus.Clear();
        Gpus.AddRange(gpus);
    }

    [UnmanagedCallersOnly]
    private static int Init() => InitCode;

    [UnmanagedCallersOnly]
    private static int Count(uint* count)
    {
        *count = (uint)Gpus.Count;
        return CountCode;
    }

    [UnmanagedCallersOnly]
    private static int ByIndex(uint index, nint* device)
    {
        *device = (nint)index + 1;
        return Gpus[(int)index].HandleCode;
    }

    [UnmanagedCallersOnly]
    private static int Name(nint device, byte* name, uint length)
    {
        var gpu = Gpus[(int)device - 1];
        var bytes = Encoding.UTF8.GetBytes(gpu.Name);
        bytes.AsSpan(0, Math.Min(bytes.Length, (int)length)).CopyTo(new Span<byte>(name, (int)length));
        return gpu.NameCode;
    }

    [UnmanagedCallersOnly]
    private static int TotalEnergy(nint device, ulong* millijoules)
    {
        var gpu = Gpus[(int)device - 1];
        *millijoules = gpu.Millijoules;
        return gpu.HasCounter ? gpu.Code : NotSupported;
    }

    [UnmanagedCallersOnly]
    private static int PowerUsage(nint device, uint* milliwatts)
    {
        var gpu = Gpus[(int)device - 1];
        *milliwatts = gpu.Milliwatts;
        return gpu.Code;
    }

    public sealed class Gpu
    {
        public string Name { get; init; } = "NVIDIA Test";

        public bool HasCounter { get; init; } = true;

        public int HandleCode { get; init; }

        public int NameCode { get; init; }

        public int Code { get; set; }

        public ulong Millijoules { get; set; }

        public uint Milliwatts { get; set; }
    }
}
