using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Eco2Test.Sensors;

/// <summary>
/// The devices of Windows' Energy Meter Interface as the system lists them. Not tried on Windows: what is behind the
/// interface is tested against devices that are made of bytes.
/// </summary>
internal static partial class EnergyMeterWindows
{
    private const int Succeeded = 0;
    private const uint OnlyPresent = 0;
    private const uint GenericRead = 0x80000000;
    private const uint ShareReadAndWrite = 3;
    private const uint OpenExisting = 3;

    /// <summary>More characters than the names of a machine's meters have.</summary>
    private const uint LongestList = 1 << 20;

    /// <summary>GUID_DEVICE_ENERGY_METER of <c>emi.h</c>.</summary>
    private static readonly Guid EnergyMeters = new("45BD8344-7ED6-49CF-A440-C276C933B053");

    /// <summary>The devices that can be opened; why there is none, if there is none.</summary>
    public static (IReadOnlyList<IEnergyMeterDevice> Devices, string? Reason) Find()
    {
        try
        {
            return Open(List());
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            return ([], "this Windows has no Energy Meter Interface (it came with Windows 10, version 1809)");
        }
    }

    private static string[] List()
    {
        if (ListLength(out var length, EnergyMeters, 0, OnlyPresent) != Succeeded || length is 0 or > LongestList)
        {
            return [];
        }

        // Names that are ended by a zero each; a zero more ends the list.
        var list = new byte[length * sizeof(char)];
        return List(EnergyMeters, 0, ref list[0], length, OnlyPresent) == Succeeded
            ? Encoding.Unicode.GetString(list).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : [];
    }

    private static (IReadOnlyList<IEnergyMeterDevice> Devices, string? Reason) Open(string[] names)
    {
        var devices = new List<IEnergyMeterDevice>();
        string? reason = names.Length == 0 ? "Windows lists no energy meter" : null;
        foreach (var name in names)
        {
            var handle = CreateFile(name, GenericRead, ShareReadAndWrite, 0, OpenExisting, 0, 0);
            if (handle.IsInvalid)
            {
                reason = string.Create(CultureInfo.InvariantCulture, $"Windows does not let an energy meter be opened (error {Marshal.GetLastPInvokeError()})");
                handle.Dispose();
            }
            else
            {
                devices.Add(new Device(handle));
            }
        }

        return (devices, devices.Count == 0 ? reason : null);
    }

    [LibraryImport("cfgmgr32.dll", EntryPoint = "CM_Get_Device_Interface_List_SizeW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int ListLength(out uint length, in Guid of, nint device, uint flags);

    [LibraryImport("cfgmgr32.dll", EntryPoint = "CM_Get_Device_Interface_ListW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int List(in Guid of, nint device, ref byte names, uint length, uint flags);

    [LibraryImport("kernel32.dll", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle CreateFile(string name, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32.dll", EntryPoint = "DeviceIoControl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Control(
        SafeFileHandle device, uint code, nint input, uint inputLength, ref byte output, uint outputLength, out uint length, nint overlapped);

    private sealed class Device(SafeFileHandle handle) : IEnergyMeterDevice
    {
        public bool TryControl(uint code, Span<byte> output, out int length)
        {
            length = 0;
            if (handle.IsClosed || !Control(handle, code, 0, 0, ref MemoryMarshal.GetReference(output), (uint)output.Length, out var written, 0))
            {
                return false;
            }

            length = (int)Math.Min(written, (uint)output.Length);
            return true;
        }

        public void Dispose() => handle.Dispose();
    }
}
