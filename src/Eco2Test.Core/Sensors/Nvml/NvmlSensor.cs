using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// Energy of one NVIDIA GPU: the total-energy counter (Volta and newer), else power integrated by the trapezoid rule over
/// the readings. Read by one thread only, since a driver call may be slow.
/// </summary>
internal sealed class NvmlSensor : IGpuSensor
{
    /// <summary>The slowest refresh that is known of the energy counter (20 to 100 ms), and of the power at the moment.</summary>
    private static readonly TimeSpan FastPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>Power is the mean of a second on many boards.</summary>
    private static readonly TimeSpan MeanPeriod = TimeSpan.FromSeconds(1);

    /// <summary>No board draws it: a figure that says so is an error of the driver's.</summary>
    private static readonly Power MostPower = Power.FromWatts(10_000);

    private readonly NvmlLibrary _library;
    private readonly uint _index;
    private readonly TimeProvider _time;
    private readonly NvmlProcesses _processes;
    private nint _device;
    private string? _uuid;
    private Source _source;
    private Energy _cumulative;
    private ulong? _lastMillijoules;
    private Power? _lastPower;
    private long _lastTimestamp;
    private int _resets;
    private int _faultCode;
    private int _reasonCode;
    private string? _reason;

    private NvmlSensor(NvmlLibrary library, uint index, TimeProvider time)
    {
        _library = library;
        _index = index;
        _time = time;
        _processes = new NvmlProcesses(library, time);
        Channel = ChannelOf($"NVIDIA GPU {index.ToString(CultureInfo.InvariantCulture)}", Source.Counter);
        TryRead(out _);
    }

    /// <summary>Where its energy comes from, best first.</summary>
    private enum Source
    {
        /// <summary>The device has not been asked yet, or did not answer.</summary>
        Unknown,
        Counter,
        InstantPower,
        AveragePower,
        PowerUsage,

        /// <summary>The driver has none of these for it.</summary>
        None,
    }

    /// <summary>What it offers. A device that did not answer at the start is known by its index until it does.</summary>
    public EnergyChannel Channel { get; private set; }

    public string? Fault { get; private set; }

    public string? Remark { get; private set; }

    /// <summary>
    /// A sensor for each GPU of the driver, in its order: the place in the list is the index by which users and NVML's other
    /// programs know it. One that does not answer has a sensor too, with a fault.
    /// </summary>
    public static IReadOnlyList<IGpuSensor> FindAll(NvmlLibrary? library, TimeProvider time)
    {
        var sensors = new List<IGpuSensor>();
        for (uint index = 0; index < library?.Devices; index++)
        {
            sensors.Add(new NvmlSensor(library, index, time));
        }

        return sensors;
    }

    public bool TryRead(out Energy cumulative)
    {
        var code = Read();
        if (code == NvmlCode.Uninitialized && _library.Init() == NvmlCode.Success)
        {
            code = Read();
        }
        else if (code == NvmlCode.InvalidArgument && _source != Source.Unknown)
        {
            // Another sensor of this driver has started it anew: the handle is of the old one.
            code = Read();
        }

        if (code != NvmlCode.Success)
        {
            // What it drew while it was silent is not guessed.
            _lastPower = null;
        }

        if (code != _faultCode)
        {
            (_faultCode, Fault) = (code, code == NvmlCode.Success ? null : Describe(code));
        }

        cumulative = _cumulative;
        return code == NvmlCode.Success;
    }

    public bool TryReadProcesses(List<GpuProcess> processes, out string? reason)
    {
        processes.Clear();
        var code = Open();
        if (code == NvmlCode.Success && _library.IsPartitioned(_device))
        {
            reason = "it is divided into instances (MIG), and the driver does not tell their energy apart";
            return false;
        }

        var isShared = false;
        code = code == NvmlCode.Success ? _processes.Read(_device, processes, out isShared) : code;
        if (code == NvmlCode.Success && !isShared)
        {
            reason = null;
            return true;
        }

        processes.Clear();
        if (code == NvmlCode.Success)
        {
            reason = "programs use it through NVIDIA's multi-process service (MPS), which computes in its own name";
            return false;
        }

        if (code != _reasonCode)
        {
            (_reasonCode, _reason) = (code, $"which processes use it cannot be read: {NvmlCode.Describe(code)}");
        }

        reason = _reason;
        return false;
    }

    public GpuDetails ReadDetails()
    {
        if (Open() != NvmlCode.Success)
        {
            return new GpuDetails { DriverVersion = _library.DriverVersion() };
        }

        NvmlMemory? memory = _library.Memory(_device, out var bytes) == NvmlCode.Success ? bytes : null;
        return new GpuDetails
        {
            PowerLimit = _library.PowerLimit(_device, out var limit) == NvmlCode.Success ? Power.FromWatts(limit / 1000.0) : null,
            Power = ReadPower(_source is Source.Counter or Source.None or Source.Unknown ? Source.InstantPower : _source, out var power) == NvmlCode.Success
                || ReadPower(Source.PowerUsage, out power) == NvmlCode.Success ? power : null,
            TemperatureCelsius = _library.Temperature(_device, out var celsius) == NvmlCode.Success ? celsius : null,
            MemoryBytes = (long?)memory?.Total,
            MemoryUsedBytes = (long?)memory?.Used,
            DriverVersion = _library.DriverVersion(),
            IsPartitioned = _library.IsPartitioned(_device),
        };
    }

    /// <summary>Nothing to release: the driver's library stays loaded for the life of the process.</summary>
    public void Dispose()
    {
    }

    private int Read()
    {
        var code = Open();
        code = code == NvmlCode.Success && _source == Source.Unknown ? ChooseSource() : code;
        code = code != NvmlCode.Success ? code : _source switch
        {
            Source.Counter => ReadCounter(),
            Source.None => NvmlCode.NotSupported,
            _ => ReadPower(),
        };
        if (code is NvmlCode.Uninitialized or NvmlCode.InvalidArgument or NvmlCode.GpuIsLost or NvmlCode.ResetRequired)
        {
            // When it is back it has another handle.
            _device = 0;
        }

        return code;
    }

    /// <summary>Finds the device, by its UUID once that is known: after a driver was reloaded, indices may be others.</summary>
    private int Open()
    {
        if (_device != 0)
        {
            return NvmlCode.Success;
        }

        var code = NvmlCode.FunctionNotFound;
        if (_uuid is not null)
        {
            code = _library.FindDevice(_uuid, out _device);
        }

        if (code == NvmlCode.FunctionNotFound)
        {
            code = _library.FindDevice(_index, out _device);
        }

        if (code != NvmlCode.Success)
        {
            _device = 0;
            return code;
        }

        _uuid ??= _library.UuidOf(_device);
        return NvmlCode.Success;
    }

    /// <summary>The first that answers. One that fails for a moment only is waited for: a worse one would be for the whole run.</summary>
    private int ChooseSource()
    {
        for (var source = Source.Counter; source < Source.None; source++)
        {
            var code = source == Source.Counter ? _library.TotalEnergy(_device, out _) : ReadPower(source, out _);
            if (code == NvmlCode.Success)
            {
                _source = source;
                Channel = ChannelOf(_library.NameOf(_device) ?? Channel.Device, source);
                return code;
            }

            if (!NvmlCode.IsLasting(code))
            {
                return code;
            }
        }

        _source = Source.None;
        Channel = ChannelOf(_library.NameOf(_device) ?? Channel.Device, Source.Counter);
        return NvmlCode.Success;
    }

    private int ReadCounter()
    {
        var code = _library.TotalEnergy(_device, out var millijoules);
        if (code != NvmlCode.Success)
        {
            return code;
        }

        var now = _time.GetTimestamp();
        if (_lastMillijoules is { } last)
        {
            // The driver counts since it was loaded. What a GPU drew while it was loaded anew is lost, and a step that no
            // board could have drawn is none.
            var most = MostPower * (_time.GetElapsedTime(_lastTimestamp, now) + MeanPeriod);
            var step = millijoules >= last ? Energy.FromJoules((millijoules - last) / 1000.0) : (Energy?)null;
            if (step <= most)
            {
                _cumulative += step.Value;
            }
            else
            {
                _resets++;
                Remark = $"{Name}: its energy counter jumped {_resets.ToString(CultureInfo.InvariantCulture)} time(s), as when the driver is loaded anew; what it drew just then is not counted";
            }
        }

        (_lastMillijoules, _lastTimestamp) = (millijoules, now);
        return code;
    }

    private int ReadPower()
    {
        var code = ReadPower(_source, out var power);
        if (code != NvmlCode.Success)
        {
            return code;
        }

        var now = _time.GetTimestamp();
        if (_lastPower is { } last)
        {
            _cumulative += (last + power) * 0.5 * _time.GetElapsedTime(_lastTimestamp, now);
        }

        (_lastPower, _lastTimestamp) = (power, now);
        return code;
    }

    private int ReadPower(Source source, out Power power)
    {
        double milliwatts;
        var code = source switch
        {
            Source.InstantPower => _library.Field(_device, NvmlLibrary.InstantPowerField, out milliwatts),
            Source.AveragePower => _library.Field(_device, NvmlLibrary.AveragePowerField, out milliwatts),
            _ => _library.PowerUsage(_device, out milliwatts),
        };
        power = code == NvmlCode.Success ? Power.FromWatts(milliwatts / 1000.0) : Power.Zero;
        return power >= Power.Zero && power <= MostPower ? code : NvmlCode.Impossible;
    }

    private string Name => $"GPU {_index.ToString(CultureInfo.InvariantCulture)} ({Channel.Device})";

    private string Describe(int code) => _source == Source.None
        ? $"{Name}: the driver tells neither its energy nor its power"
        : $"{Name}: {NvmlCode.Describe(code)}";

    private static EnergyChannel ChannelOf(string device, Source source) => source switch
    {
        Source.Counter => new EnergyChannel(device, "nvml-energy-counter", EnergyDomain.Gpu, Provenance.Measured, FastPeriod) { Scale = 0.001 },
        Source.InstantPower => SampledChannel(device, "nvml-instant-power", FastPeriod),
        Source.AveragePower => SampledChannel(device, "nvml-average-power", MeanPeriod),
        _ => SampledChannel(device, "nvml-power", MeanPeriod),
    };

    private static EnergyChannel SampledChannel(string device, string source, TimeSpan period) =>
        new(device, source, EnergyDomain.Gpu, Provenance.Measured, period) { IsSampledPower = true, Scale = 0.001 };
}
