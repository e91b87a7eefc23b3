using System.Runtime.InteropServices;
using System.Text;

namespace Eco2Test.Sensors;

/// <summary>
/// NVIDIA's management library, resolved at run time from <c>libnvidia-ml.so.1</c> or <c>nvml.dll</c>, and started. Every
/// call returns an <see cref="NvmlCode"/>. Drivers of all ages are taken: a function that one lacks answers
/// <see cref="NvmlCode.FunctionNotFound"/>.
/// </summary>
internal sealed unsafe class NvmlLibrary
{
    /// <summary>The most bytes of a text that is asked for: names and UUIDs have 96 at most, versions 81.</summary>
    public const int TextLength = 96;

    /// <summary>Field 185: power, the mean of a second.</summary>
    public const uint AveragePowerField = 185;

    /// <summary>Field 186: power, at the moment.</summary>
    public const uint InstantPowerField = 186;

    /// <summary>More GPUs than a machine has: a count above it is not one.</summary>
    private const uint MostDevices = 1024;

    private readonly delegate* unmanaged<int> _init;
    private readonly delegate* unmanaged<uint*, int> _deviceCount;
    private readonly delegate* unmanaged<uint, nint*, int> _deviceByIndex;
    private readonly delegate* unmanaged<byte*, nint*, int> _deviceByUuid;
    private readonly delegate* unmanaged<nint, byte*, uint, int> _name;
    private readonly delegate* unmanaged<nint, byte*, uint, int> _uuid;
    private readonly delegate* unmanaged<byte*, uint, int> _driverVersion;
    private readonly delegate* unmanaged<nint, ulong*, int> _totalEnergy;
    private readonly delegate* unmanaged<nint, uint*, int> _powerUsage;
    private readonly delegate* unmanaged<nint, int, NvmlFieldValue*, int> _fieldValues;
    private readonly delegate* unmanaged<nint, uint*, int> _powerLimit;
    private readonly delegate* unmanaged<nint, int, uint*, int> _temperature;
    private readonly delegate* unmanaged<nint, NvmlMemory*, int> _memory;
    private readonly delegate* unmanaged<nint, uint*, uint*, int> _migMode;
    private readonly delegate* unmanaged<nint, NvmlProcessSample*, uint*, ulong, int> _processUtilization;
    private readonly ProcessFunctions _newest;
    private readonly ProcessFunctions _older;

    private NvmlLibrary(nint library)
    {
        _init = (delegate* unmanaged<int>)Export(library, "nvmlInit_v2");
        _deviceCount = (delegate* unmanaged<uint*, int>)Export(library, "nvmlDeviceGetCount_v2");
        _deviceByIndex = (delegate* unmanaged<uint, nint*, int>)Export(library, "nvmlDeviceGetHandleByIndex_v2");
        _deviceByUuid = (delegate* unmanaged<byte*, nint*, int>)Export(library, "nvmlDeviceGetHandleByUUID");
        _name = (delegate* unmanaged<nint, byte*, uint, int>)Export(library, "nvmlDeviceGetName");
        _uuid = (delegate* unmanaged<nint, byte*, uint, int>)Export(library, "nvmlDeviceGetUUID");
        _driverVersion = (delegate* unmanaged<byte*, uint, int>)Export(library, "nvmlSystemGetDriverVersion");
        _totalEnergy = (delegate* unmanaged<nint, ulong*, int>)Export(library, "nvmlDeviceGetTotalEnergyConsumption");
        _powerUsage = (delegate* unmanaged<nint, uint*, int>)Export(library, "nvmlDeviceGetPowerUsage");
        _fieldValues = (delegate* unmanaged<nint, int, NvmlFieldValue*, int>)Export(library, "nvmlDeviceGetFieldValues");
        _powerLimit = (delegate* unmanaged<nint, uint*, int>)Export(library, "nvmlDeviceGetPowerManagementLimit");
        _temperature = (delegate* unmanaged<nint, int, uint*, int>)Export(library, "nvmlDeviceGetTemperature");
        _memory = (delegate* unmanaged<nint, NvmlMemory*, int>)Export(library, "nvmlDeviceGetMemoryInfo");
        _migMode = (delegate* unmanaged<nint, uint*, uint*, int>)Export(library, "nvmlDeviceGetMigMode");
        _processUtilization = (delegate* unmanaged<nint, NvmlProcessSample*, uint*, ulong, int>)Export(library, "nvmlDeviceGetProcessUtilization");
        _newest = new ProcessFunctions(library, "_v3");
        _older = new ProcessFunctions(library, "_v2");
    }

    /// <summary>How many GPUs the driver had when it was asked at the start: at least one.</summary>
    public uint Devices { get; private set; }

    /// <summary>The library of the installed driver, which is loaded but not started; why there is none otherwise.</summary>
    public static MissingSensor? Find(out nint library)
    {
        if (TryLoad(out library))
        {
            return null;
        }

        return OperatingSystem.IsLinux() || OperatingSystem.IsWindows()
            ? new MissingSensor(
                "NVML",
                $"There is no NVIDIA driver: its library {FileName} is not installed, or cannot be loaded.",
                "On a machine with an NVIDIA GPU install its driver; give a container the GPU (docker run --gpus all).")
            : new MissingSensor("NVML", "There is no NVIDIA driver for this operating system.", null);
    }

    /// <summary>The installed driver's library, started; <see langword="null"/> when there is none that works, or no GPU.</summary>
    public static NvmlLibrary? Load(out MissingSensor? missing)
    {
        missing = Find(out var library);
        return missing is null ? Start(library, out missing) : null;
    }

    /// <summary>Starts a library that was found, which calls the driver; <see langword="null"/> when it does not work, or has no GPU.</summary>
    public static NvmlLibrary? Start(nint library, out MissingSensor? missing) => Start(library, FileName, out missing);

    /// <summary>A library of one's own, such as a stand-in, by its full path.</summary>
    public static NvmlLibrary? Load(string path, out MissingSensor? missing) => Start(NativeLibrary.Load(path), Path.GetFileName(path), out missing);

    /// <summary>Starts NVML, which counts how often; also after a driver that was reloaded.</summary>
    public int Init() => _init();

    /// <summary>The handle of a device by its index.</summary>
    public int FindDevice(uint index, out nint device)
    {
        nint found = 0;
        var code = _deviceByIndex(index, &found);
        device = found;
        return code;
    }

    /// <summary>The handle of a device by its UUID, which it keeps when indices change.</summary>
    public int FindDevice(string uuid, out nint device)
    {
        device = 0;
        if (_deviceByUuid is null)
        {
            return NvmlCode.FunctionNotFound;
        }

        var text = stackalloc byte[TextLength + 1];
        Encoding.ASCII.TryGetBytes(uuid, new Span<byte>(text, TextLength), out var length);
        text[length] = 0;
        nint found = 0;
        var code = _deviceByUuid(text, &found);
        device = found;
        return code;
    }

    /// <summary>A device's name as UTF-8 text; <see langword="null"/> when the driver does not say.</summary>
    public string? NameOf(nint device) => Text(device, _name);

    /// <summary>What identifies a device; <see langword="null"/> when the driver does not say. It is not for reports.</summary>
    public string? UuidOf(nint device) => Text(device, _uuid);

    /// <summary>The driver's version, such as 550.54.14; <see langword="null"/> when it does not say.</summary>
    public string? DriverVersion()
    {
        var text = stackalloc byte[TextLength + 1];
        return _driverVersion is not null && _driverVersion(text, TextLength) == NvmlCode.Success ? Text(text) : null;
    }

    /// <summary>Millijoules since the driver was loaded.</summary>
    public int TotalEnergy(nint device, out ulong millijoules)
    {
        ulong value = 0;
        var code = _totalEnergy is null ? NvmlCode.FunctionNotFound : _totalEnergy(device, &value);
        millijoules = value;
        return code;
    }

    /// <summary>Milliwatts; the mean of a second on most boards since Ampere.</summary>
    public int PowerUsage(nint device, out double milliwatts)
    {
        var code = Read(device, _powerUsage, out var value);
        milliwatts = value;
        return code;
    }

    /// <summary>The power that the board keeps to, in milliwatts.</summary>
    public int PowerLimit(nint device, out uint milliwatts) => Read(device, _powerLimit, out milliwatts);

    /// <summary>The value of one field, in the field's own unit.</summary>
    public int Field(nint device, uint field, out double value)
    {
        value = 0;
        if (_fieldValues is null)
        {
            return NvmlCode.FunctionNotFound;
        }

        var asked = new NvmlFieldValue { Field = field };
        var code = _fieldValues(device, 1, &asked);
        code = code == NvmlCode.Success ? asked.Code : code;
        value = asked.Value;
        return code == NvmlCode.Success && !double.IsFinite(value) ? NvmlCode.Impossible : code;
    }

    /// <summary>Degrees Celsius of the GPU's die.</summary>
    public int Temperature(nint device, out uint celsius)
    {
        uint value = 0;
        var code = _temperature is null ? NvmlCode.FunctionNotFound : _temperature(device, 0, &value);
        celsius = value;
        return code;
    }

    public int Memory(nint device, out NvmlMemory memory)
    {
        NvmlMemory value = default;
        var code = _memory is null ? NvmlCode.FunctionNotFound : _memory(device, &value);
        memory = value;
        return code;
    }

    /// <summary>Whether the device is divided into instances now (MIG). One that cannot be is not.</summary>
    public bool IsPartitioned(nint device)
    {
        uint current = 0, pending = 0;
        return _migMode is not null && _migMode(device, &current, &pending) == NvmlCode.Success && current != 0;
    }

    /// <summary>
    /// The processes of one kind. <paramref name="count"/> says how much room there is and becomes how many there are; when
    /// that is more, the code is <see cref="NvmlCode.InsufficientSize"/>. <paramref name="older"/> asks by the functions of
    /// version 2 even where there are those of version 3.
    /// </summary>
    public int Processes(nint device, NvmlProcessKind kind, bool older, ref uint count, NvmlProcessInfo* processes)
    {
        var function = older ? null : _newest.Of(kind);
        function = function is null ? _older.Of(kind) : function;
        if (function is null)
        {
            return NvmlCode.FunctionNotFound;
        }

        fixed (uint* room = &count)
        {
            return function(device, room, processes);
        }
    }

    /// <summary>
    /// How much of the multiprocessors' time each process had; the same protocol as for processes. When nothing was sampled
    /// later than <paramref name="since"/> (microseconds since 1970), the code is <see cref="NvmlCode.NotFound"/>.
    /// </summary>
    public int ProcessUtilization(nint device, ulong since, ref uint count, NvmlProcessSample* samples)
    {
        if (_processUtilization is null)
        {
            return NvmlCode.FunctionNotFound;
        }

        fixed (uint* room = &count)
        {
            return _processUtilization(device, samples, room, since);
        }
    }

    private static string FileName => OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1";

    /// <summary>By its own name only, from where the system keeps drivers: never from the working directory.</summary>
    private static bool TryLoad(out nint library)
    {
        library = 0;
        return OperatingSystem.IsWindows()
            ? NativeLibrary.TryLoad(FileName, typeof(NvmlLibrary).Assembly, DllImportSearchPath.System32, out library)
            : OperatingSystem.IsLinux() && NativeLibrary.TryLoad(FileName, out library);
    }

    private static NvmlLibrary? Start(nint handle, string file, out MissingSensor? missing)
    {
        var library = new NvmlLibrary(handle);
        if (library.Lacks() is { } function)
        {
            NativeLibrary.Free(handle);
            missing = new MissingSensor("NVML", $"{file} is not NVIDIA's management library, or one of a very old driver: it lacks {function}.", "Install the NVIDIA driver anew.");
            return null;
        }

        uint devices = 0;
        var code = library.Init();
        code = code == NvmlCode.Success ? library._deviceCount(&devices) : code;
        missing = (code, devices) switch
        {
            (NvmlCode.Success, > 0 and <= MostDevices) => null,
            (NvmlCode.Success, _) => new MissingSensor("NVML", "The NVIDIA driver finds no GPU.", "Give a container the GPU (docker run --gpus all); nvidia-smi shows what the driver finds."),
            _ => new MissingSensor("NVML", $"The NVIDIA driver cannot be used: {NvmlCode.Describe(code)}.", RemedyOf(code))
            {
                IsDenied = code is NvmlCode.NoPermission or NvmlCode.OperatingSystem,
            },
        };
        library.Devices = devices;
        return missing is null ? library : null;
    }

    private string? Lacks() =>
        _init is null ? "nvmlInit_v2"
        : _deviceCount is null ? "nvmlDeviceGetCount_v2"
        : _deviceByIndex is null ? "nvmlDeviceGetHandleByIndex_v2"
        : null;

    private static string? RemedyOf(int code) => code switch
    {
        NvmlCode.DriverNotLoaded => "Load the driver (sudo modprobe nvidia), or restart the machine after it was installed.",
        NvmlCode.VersionMismatch => "Restart the machine.",
        NvmlCode.NoPermission => "Give this user access to /dev/nvidiactl and /dev/nvidia*.",
        NvmlCode.OperatingSystem => "Allow the container or the service the devices /dev/nvidiactl and /dev/nvidia*.",
        _ => "The command nvidia-smi shows the same fault, and more of it.",
    };

    private static int Read(nint device, delegate* unmanaged<nint, uint*, int> function, out uint value)
    {
        uint read = 0;
        var code = function is null ? NvmlCode.FunctionNotFound : function(device, &read);
        value = read;
        return code;
    }

    private static string? Text(nint device, delegate* unmanaged<nint, byte*, uint, int> function)
    {
        var text = stackalloc byte[TextLength + 1];
        return function is not null && function(device, text, TextLength) == NvmlCode.Success ? Text(text) : null;
    }

    /// <summary>One byte more is there than a driver may write, so that it always ends.</summary>
    private static string Text(byte* text)
    {
        text[TextLength] = 0;
        return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
    }

    private static nint Export(nint library, string name) => NativeLibrary.TryGetExport(library, name, out var function) ? function : 0;

    /// <summary>The lists of processes, of one version of the interface.</summary>
    private readonly struct ProcessFunctions(nint library, string version)
    {
        private readonly nint _compute = Export(library, "nvmlDeviceGetComputeRunningProcesses" + version);
        private readonly nint _graphics = Export(library, "nvmlDeviceGetGraphicsRunningProcesses" + version);
        private readonly nint _mps = Export(library, "nvmlDeviceGetMPSComputeRunningProcesses" + version);

        public delegate* unmanaged<nint, uint*, NvmlProcessInfo*, int> Of(NvmlProcessKind kind) => (delegate* unmanaged<nint, uint*, NvmlProcessInfo*, int>)(kind switch
        {
            NvmlProcessKind.Compute => _compute,
            NvmlProcessKind.Graphics => _graphics,
            _ => _mps,
        });
    }
}

/// <summary>Which list of processes.</summary>
internal enum NvmlProcessKind
{
    Compute,
    Graphics,

    /// <summary>Clients of the multi-process service, which computes for them in its own name.</summary>
    Mps,
}
