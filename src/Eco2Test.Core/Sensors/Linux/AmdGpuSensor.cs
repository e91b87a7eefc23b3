using System.Globalization;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// Energy of one AMD GPU: power from the hwmon files of Linux' <c>amdgpu</c> driver, in microwatts, integrated by the
/// trapezoid rule over the readings. Read by the sampling thread only: the driver asks the GPU's firmware.
/// </summary>
internal sealed class AmdGpuSensor : IGpuSensor
{
    /// <summary>Assumed: the firmware's figure is a mean of a time that AMD does not state.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private const double WattsPerMicrowatt = 1e-6;

    private readonly SystemFiles _files;
    private readonly AmdGpuFolders _folders;
    private readonly KeptFile _power;
    private readonly KeptFile _sleep;
    private readonly TimeProvider _time;
    private Energy _integral;
    private Power? _lastPower;
    private long _lastTimestamp;
    private FileProblem _problem;

    public AmdGpuSensor(SystemFiles files, AmdGpuFolders folders, EnergyChannel channel, TimeProvider time)
    {
        (_files, _folders, Channel, _time) = (files, folders, channel, time);
        _power = new KeptFile(files, folders.Power);
        _sleep = new KeptFile(files, $"{folders.Device}/power/runtime_status");
    }

    public EnergyChannel Channel { get; }

    public string? Fault { get; private set; }

    public string? Remark => null;

    public bool TryRead(out Energy cumulative)
    {
        var hasPower = TryReadPower(out var power);
        if (hasPower)
        {
            var now = _time.GetTimestamp();
            var passed = _time.GetElapsedTime(_lastTimestamp, now);
            if (_lastPower is { } last && passed > TimeSpan.Zero)
            {
                _integral += (last + power) * 0.5 * passed;
            }

            (_lastPower, _lastTimestamp) = (power, now);
            Note(FileProblem.None);
        }
        else
        {
            // What it drew while it was silent is not guessed.
            _lastPower = null;
            Note(_power.Problem);
        }

        cumulative = _integral;
        return hasPower;
    }

    /// <summary>Processes with a compute context (ROCm), by the kernel's own numbers; graphics and Vulkan have none there.</summary>
    public bool TryReadProcesses(List<GpuProcess> processes, out string? reason)
    {
        processes.Clear();
        if (_folders.ComputeId is not { } gpu || !_files.Folders(AmdGpuSearch.Compute).Contains("proc"))
        {
            reason = "the amdgpu driver shows no compute interface (/sys/class/kfd) of this GPU";
            return false;
        }

        reason = null;
        foreach (var name in _files.Entries($"{AmdGpuSearch.Compute}/proc"))
        {
            // A process has such a file for each GPU; it holds the bytes of that GPU's memory that the process uses.
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && AmdGpuSearch.Number(_files, string.Create(CultureInfo.InvariantCulture, $"{AmdGpuSearch.Compute}/proc/{id}/vram_{gpu}")) > 0)
            {
                processes.Add(new GpuProcess(id, SmUtilization: null));
            }
        }

        return true;
    }

    public GpuDetails ReadDetails() => new()
    {
        PowerLimit = AmdGpuSearch.Number(_files, $"{_folders.Monitor}/power1_cap") is { } cap ? Power.FromWatts(cap * WattsPerMicrowatt) : null,
        Power = TryReadPower(out var power) ? power : null,
        TemperatureCelsius = AmdGpuSearch.Number(_files, $"{_folders.Monitor}/temp1_input") / 1000.0,
        MemoryBytes = AmdGpuSearch.Number(_files, $"{_folders.Device}/mem_info_vram_total"),
        MemoryUsedBytes = AmdGpuSearch.Number(_files, $"{_folders.Device}/mem_info_vram_used"),
        DriverVersion = _files.Read("sys/module/amdgpu/version")?.Trim() is { Length: > 0 } version ? version : null,
    };

    public void Dispose()
    {
        _power.Dispose();
        _sleep.Dispose();
    }

    /// <summary>A GPU that sleeps draws next to nothing, and to ask for its power would wake it.</summary>
    private bool TryReadPower(out Power power)
    {
        Span<byte> status = stackalloc byte[16];
        power = Power.Zero;
        if (_sleep.TryRead(status, out var length) && status[..length].StartsWith("suspended"u8))
        {
            return true;
        }

        if (!_power.TryReadNumber(out var microwatts) || microwatts > AmdGpuSearch.MostMicrowatts)
        {
            return false;
        }

        power = Power.FromWatts(microwatts * WattsPerMicrowatt);
        return true;
    }

    private void Note(FileProblem problem)
    {
        var isFault = _lastPower is null;
        if (isFault == (Fault is not null) && problem == _problem)
        {
            return;
        }

        _problem = problem;
        Fault = !isFault ? null : $"{Channel.Device}: " + problem switch
        {
            FileProblem.Missing => "its power is gone (the amdgpu driver was unloaded, or the GPU was removed)",
            FileProblem.Denied => "its power may not be read",
            FileProblem.None or FileProblem.NoNumber => "its power is no number that can be",
            _ => "its power cannot be read (the amdgpu driver answers with an error)",
        };
    }
}
