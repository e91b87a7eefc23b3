using System.Runtime.InteropServices;
using System.Text;

namespace Eco2Test.Sensors;

/// <summary>
/// The functions of NVIDIA's management library that are used, resolved at run time from <c>libnvidia-ml.so.1</c> or
/// <c>nvml.dll</c>. A machine without the driver simply has none.
/// </summary>
internal sealed unsafe class NvmlLibrary
{
    public const int Success = 0;
    public const int NameLength = 96;

    public required delegate* unmanaged<int> Init { get; init; }

    public required delegate* unmanaged<uint*, int> DeviceCount { get; init; }

    public required delegate* unmanaged<uint, nint*, int> DeviceByIndex { get; init; }

    public required delegate* unmanaged<nint, byte*, uint, int> DeviceName { get; init; }

    public required delegate* unmanaged<nint, ulong*, int> DeviceTotalEnergy { get; init; }

    public required delegate* unmanaged<nint, uint*, int> DevicePowerUsage { get; init; }

    /// <summary>The installed driver's library, or <see langword="null"/> when there is none or it lacks a function.</summary>
    public static NvmlLibrary? Load()
    {
        if (!TryLoad(out var library))
        {
            return null;
        }

        return TryExport(library, "nvmlInit_v2", out var init)
            && TryExport(library, "nvmlDeviceGetCount_v2", out var count)
            && TryExport(library, "nvmlDeviceGetHandleByIndex_v2", out var byIndex)
            && TryExport(library, "nvmlDeviceGetName", out var name)
            && TryExport(library, "nvmlDeviceGetTotalEnergyConsumption", out var energy)
            && TryExport(library, "nvmlDeviceGetPowerUsage", out var power)
            ? new NvmlLibrary
            {
                Init = (delegate* unmanaged<int>)init,
                DeviceCount = (delegate* unmanaged<uint*, int>)count,
                DeviceByIndex = (delegate* unmanaged<uint, nint*, int>)byIndex,
                DeviceName = (delegate* unmanaged<nint, byte*, uint, int>)name,
                DeviceTotalEnergy = (delegate* unmanaged<nint, ulong*, int>)energy,
                DevicePowerUsage = (delegate* unmanaged<nint, uint*, int>)power,
            }
            : null;
    }

    /// <summary>A device's name as UTF-8 text.</summary>
    public string NameOf(nint device)
    {
        // One byte more than a driver may write, so that it always ends.
        var text = stackalloc byte[NameLength + 1];
        return DeviceName(device, text, NameLength) == Success
            ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text))
            : "NVIDIA GPU";
    }

    /// <summary>What a return code means, in NVIDIA's words.</summary>
    public static string Describe(int code) => code switch
    {
        1 => "NVML is not initialised",
        3 => "the device does not support it",
        4 => "no permission",
        9 => "the driver is not loaded",
        10 => "the driver did not answer in time",
        15 => "the GPU is lost (it fell off the bus)",
        18 => "driver and library have different versions",
        _ => $"NVML error {code.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
    };

    /// <summary>By its own name only, from where the system keeps drivers: never from the working directory.</summary>
    private static bool TryLoad(out nint library)
    {
        library = 0;
        return OperatingSystem.IsWindows()
            ? NativeLibrary.TryLoad("nvml.dll", typeof(NvmlLibrary).Assembly, DllImportSearchPath.System32, out library)
            : OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libnvidia-ml.so.1", out library);
    }

    private static bool TryExport(nint library, string name, out nint function) => NativeLibrary.TryGetExport(library, name, out function);
}
