using System.Globalization;

namespace Eco2Test.Sensors;

/// <summary>What NVML's functions return (<c>nvmlReturn_t</c>), and what it means.</summary>
internal static class NvmlCode
{
    public const int Success = 0;
    public const int Uninitialized = 1;
    public const int InvalidArgument = 2;
    public const int NotSupported = 3;
    public const int NoPermission = 4;
    public const int NotFound = 6;
    public const int InsufficientSize = 7;
    public const int DriverNotLoaded = 9;
    public const int Timeout = 10;
    public const int FunctionNotFound = 13;
    public const int GpuIsLost = 15;
    public const int ResetRequired = 16;
    public const int OperatingSystem = 17;
    public const int VersionMismatch = 18;
    public const int NoData = 21;
    public const int Deprecated = 26;
    public const int Unknown = 999;

    /// <summary>Not NVIDIA's: the call succeeded, and its figure cannot be true.</summary>
    public const int Impossible = -1;

    /// <summary>Not NVIDIA's: the call succeeded, and its list is not laid out as it should be.</summary>
    public const int Unreadable = -2;

    /// <summary>Whether a call that is answered so will be answered so again: another one may be tried instead.</summary>
    public static bool IsLasting(int code) =>
        code is InvalidArgument or NotSupported or NoPermission or FunctionNotFound or NoData or Deprecated or Unknown or Impossible;

    /// <summary>Its cause, and its remedy where there is one; to be put behind a colon.</summary>
    public static string Describe(int code) => code switch
    {
        Impossible => "the driver's figure cannot be true",
        Unreadable => "the driver's list of processes has an unknown layout (early drivers of the 535 series); update the driver",
        Uninitialized => "NVML is not initialised: the driver was reloaded, or a library of this process has shut NVML down",
        InvalidArgument => "the driver does not know the device any more",
        NotSupported => "the device does not support it",
        NoPermission => "no permission; give this user access to /dev/nvidiactl and /dev/nvidia*",
        5 => "NVML was initialised already",
        NotFound => "the driver does not find it",
        InsufficientSize => "the driver wants more room than it asked for",
        8 => "the GPU's external power cables are not attached",
        DriverNotLoaded => "the driver is not loaded",
        Timeout => "the driver did not answer in time",
        11 => "the kernel found a problem with the GPU's interrupts",
        12 => "the driver lacks a library of its own",
        FunctionNotFound => "the driver is too old for it",
        14 => "the GPU's infoROM is corrupted",
        GpuIsLost => "the GPU is lost (it fell off the bus); a restart of the machine may bring it back",
        ResetRequired => "the GPU must be reset before it can be used again (nvidia-smi --gpu-reset)",
        OperatingSystem => "the operating system or a control group blocks the GPU's device file",
        VersionMismatch => "driver and library have different versions, as after an update; restart the machine",
        19 => "the GPU is in use",
        20 => "there is not enough memory",
        NoData => "there is no data",
        22 => "it is not available while ECC is on",
        23 => "the driver ran out of a resource",
        24 => "the GPU does not support the frequency",
        25 => "the driver does not know this version of the call",
        Deprecated => "the driver does not offer it any more",
        27 => "the system is not ready for it yet",
        28 => "there is no such GPU",
        29 => "the device is in a state that does not allow it",
        Unknown => "an internal error of the driver",
        _ => $"NVML error {code.ToString(CultureInfo.InvariantCulture)}",
    };
}
