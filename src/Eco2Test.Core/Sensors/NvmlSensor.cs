using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// Energy of one NVIDIA GPU: the total-energy counter (Volta and newer), else power integrated by the trapezoid rule
/// over the readings. Read by the sampling thread only, since a driver call may be slow.
/// </summary>
internal sealed unsafe class NvmlSensor : IGpuSensor
{
    /// <summary>The slowest refresh that was seen of the energy counter (20 to 100 ms).</summary>
    private static readonly TimeSpan CounterPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>Power is the mean of a second on many boards.</summary>
    private static readonly TimeSpan PowerPeriod = TimeSpan.FromSeconds(1);

    private readonly NvmlLibrary _library;
    private readonly nint _device;
    private readonly bool _hasCounter;
    private readonly TimeProvider _time;
    private Energy _integral;
    private Power? _lastPower;
    private long _lastTimestamp;

    private NvmlSensor(NvmlLibrary library, nint device, TimeProvider time)
    {
        _library = library;
        _device = device;
        _time = time;
        ulong millijoules;
        _hasCounter = library.DeviceTotalEnergy(device, &millijoules) == NvmlLibrary.Success;
        Channel = _hasCounter
            ? new EnergyChannel(library.NameOf(device), "nvml-energy-counter", EnergyDomain.Gpu, Provenance.Measured, CounterPeriod)
            : new EnergyChannel(library.NameOf(device), "nvml-power", EnergyDomain.Gpu, Provenance.Measured, PowerPeriod) { IsSampledPower = true };
    }

    public EnergyChannel Channel { get; }

    public string? Fault { get; private set; }

    public string? Remark => null;

    /// <summary>One sensor for each GPU; none when there is no driver, no device or no answer.</summary>
    public static IReadOnlyList<IGpuSensor> FindAll(NvmlLibrary? library, TimeProvider time)
    {
        uint count;
        if (library is null || library.Init() != NvmlLibrary.Success || library.DeviceCount(&count) != NvmlLibrary.Success)
        {
            return [];
        }

        var sensors = new List<IGpuSensor>();
        for (uint index = 0; index < count; index++)
        {
            nint device;
            if (library.DeviceByIndex(index, &device) == NvmlLibrary.Success)
            {
                sensors.Add(new NvmlSensor(library, device, time));
            }
        }

        return sensors;
    }

    public bool TryRead(out Energy cumulative)
    {
        var code = _hasCounter ? ReadCounter(out cumulative) : ReadPower(out cumulative);
        Fault = code == NvmlLibrary.Success ? null : $"{Channel.Device}: {NvmlLibrary.Describe(code)}";
        return Fault is null;
    }

    public bool TryReadProcesses(List<GpuProcess> processes, out string? reason)
    {
        processes.Clear();
        reason = "which process uses a GPU is not asked yet";
        return false;
    }

    public GpuDetails ReadDetails() => new();

    /// <summary>Nothing to release: the driver's library stays loaded for the life of the process.</summary>
    public void Dispose()
    {
    }

    private int ReadCounter(out Energy cumulative)
    {
        ulong millijoules = 0;
        var code = _library.DeviceTotalEnergy(_device, &millijoules);
        cumulative = Energy.FromJoules(millijoules / 1000.0);
        return code;
    }

    private int ReadPower(out Energy cumulative)
    {
        uint milliwatts = 0;
        var code = _library.DevicePowerUsage(_device, &milliwatts);
        if (code == NvmlLibrary.Success)
        {
            var now = _time.GetTimestamp();
            var power = Power.FromWatts(milliwatts / 1000.0);
            if (_lastPower is { } last)
            {
                _integral += (last + power) * 0.5 * _time.GetElapsedTime(_lastTimestamp, now);
            }

            (_lastPower, _lastTimestamp) = (power, now);
        }
        else
        {
            // What it drew while it was silent is not guessed.
            _lastPower = null;
        }

        cumulative = _integral;
        return code;
    }
}
