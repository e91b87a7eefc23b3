using System.Runtime.InteropServices;
using System.Text;
using Eco2Test.Sensors;

namespace Eco2Test.TestKit.Nvml;

/// <summary>
/// A driver with made-up GPUs whose true energy is known, called through the same exports as NVIDIA's. It is the clock of
/// its GPUs too: time stands still until <see cref="Advance"/>, or runs as the real one does. Each has its own state.
/// Starts with GPUs of a constant 300 W, a counter that is refreshed every 100 ms from 0, and nobody on them.
/// </summary>
internal sealed unsafe class StandInNvml : TimeProvider, IDisposable
{
    private readonly nint _library;
    private readonly string _path;
    private double _now = 1000;
    private bool _isRealTime;

    /// <param name="gpus">How many, 64 at most.</param>
    /// <param name="isOldDriver">Whether it has only the functions of drivers from before Volta.</param>
    public StandInNvml(int gpus = 1, bool isOldDriver = false)
    {
        _path = isOldDriver ? CompiledLibrary.OldStandIn() : CompiledLibrary.StandIn();
        _library = NativeLibrary.Load(_path);
        ((delegate* unmanaged<uint, void>)Export("standin_reset"))((uint)gpus);
    }

    /// <summary>The library's file, to be loaded by <see cref="NvmlLibrary.Load(string, out MissingSensor?)"/>.</summary>
    public string Path => _path;

    /// <summary>Seconds on the clock of the GPUs.</summary>
    public double Now => _isRealTime ? ((delegate* unmanaged<double>)Export("standin_time"))() : _now;

    /// <summary>How many calls wait in a function that hangs.</summary>
    public int Waiting => (int)((delegate* unmanaged<uint>)Export("standin_waiting"))();

    /// <summary>Nanoseconds.</summary>
    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => (long)Math.Round(Now * 1e9);

    /// <summary>The product's view of it.</summary>
    public NvmlLibrary Load() => NvmlLibrary.Load(_path, out var missing) ?? throw new InvalidOperationException(missing!.Reason);

    /// <summary>The product's sensors of its GPUs.</summary>
    public IReadOnlyList<IGpuSensor> Sensors() => NvmlSensor.FindAll(Load(), this);

    public void Advance(double seconds)
    {
        _now += seconds;
        ((delegate* unmanaged<double, void>)Export("standin_set_time"))(_now);
    }

    /// <summary>From now on its clock is the machine's, and its functions take the time they are told to.</summary>
    public void UseRealTime()
    {
        _isRealTime = true;
        ((delegate* unmanaged<void>)Export("standin_use_real_time"))();
    }

    /// <summary>What a GPU truly drew, joules.</summary>
    public double Energy(int gpu, double from, double to) => ((delegate* unmanaged<uint, double, double, double>)Export("standin_energy"))((uint)gpu, from, to);

    public void SetName(int gpu, string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            ((delegate* unmanaged<uint, byte*, void>)Export("standin_set_name"))((uint)gpu, text);
        }
    }

    public void SetLoad(int gpu, StandInLoad load) =>
        ((delegate* unmanaged<uint, int, double, double, double, double, double, void>)Export("standin_set_load"))(
            (uint)gpu, (int)load.Form, load.IdleWatts, load.PeakWatts, load.Period, load.Duty, load.Phase);

    /// <summary>How often the energy counter is refreshed, in seconds, and where it started, in joules.</summary>
    public void SetCounter(int gpu, double refresh, double start = 0) =>
        ((delegate* unmanaged<uint, double, double, void>)Export("standin_set_counter"))((uint)gpu, refresh, start);

    /// <summary>How often a figure of power is refreshed, and over how much time before that it is a mean: 0 is the moment. Seconds.</summary>
    public void SetPowerSensor(int gpu, StandInCall figure, double refresh, double window) =>
        ((delegate* unmanaged<uint, int, double, double, void>)Export("standin_set_power_sensor"))((uint)gpu, (int)figure, refresh, window);

    /// <summary>From now on the counter says this, whatever the GPU draws.</summary>
    public void ForceEnergy(int gpu, ulong millijoules) => ((delegate* unmanaged<uint, ulong, void>)Export("standin_force_energy"))((uint)gpu, millijoules);

    /// <summary>From now on all figures of power say this.</summary>
    public void ForcePower(int gpu, double milliwatts) => ((delegate* unmanaged<uint, double, void>)Export("standin_force_power"))((uint)gpu, milliwatts);

    public void SetInitCode(int code) => ((delegate* unmanaged<int, void>)Export("standin_set_init_code"))(code);

    /// <summary>What a function answers for a device; <see cref="NvmlCode.Success"/> heals it.</summary>
    public void SetFault(int gpu, StandInCall call, int code) => ((delegate* unmanaged<uint, int, int, void>)Export("standin_set_fault"))((uint)gpu, (int)call, code);

    /// <summary>The same for all functions that ask a device, that for its handle included.</summary>
    public void SetFault(int gpu, int code)
    {
        for (var call = StandInCall.Handle; call <= StandInCall.Utilization; call++)
        {
            SetFault(gpu, call, code);
        }
    }

    /// <summary>Nothing is answered before the library is started anew; handles are then others, and counters at 0.</summary>
    public void ReloadDriver() => ((delegate* unmanaged<void>)Export("standin_reload_driver"))();

    /// <summary>As if somebody else in this process had shut the library down: the driver stays, and counts on.</summary>
    public void ShutDown() => ((delegate* unmanaged<void>)Export("standin_shut_down"))();

    /// <summary>How long a function takes in real time.</summary>
    public void SetLatency(StandInCall call, double seconds) => ((delegate* unmanaged<int, double, void>)Export("standin_set_latency"))((int)call, seconds);

    /// <summary>Calls of a function do not return while it hangs. Its calls are released when it no longer does, or when this is disposed of.</summary>
    public void SetHanging(StandInCall call, bool isHanging) => ((delegate* unmanaged<int, int, void>)Export("standin_set_hanging"))((int)call, isHanging ? 1 : 0);

    public void SetPartitioned(int gpu, bool isPartitioned) => ((delegate* unmanaged<uint, int, void>)Export("standin_set_mig"))((uint)gpu, isPartitioned ? 1 : 0);

    public void SetProcesses(int gpu, NvmlProcessKind kind, params uint[] ids)
    {
        fixed (uint* first = ids)
        {
            ((delegate* unmanaged<uint, int, uint*, uint, void>)Export("standin_set_processes"))((uint)gpu, (int)kind, first, (uint)ids.Length);
        }
    }

    /// <summary>The driver's samples become these: the percents of the multiprocessors' time, and when they were taken.</summary>
    public void SetUtilization(int gpu, params (uint Id, uint Percent, ulong Timestamp)[] samples)
    {
        fixed (uint* ids = samples.Select(sample => sample.Id).ToArray())
        fixed (uint* percents = samples.Select(sample => sample.Percent).ToArray())
        fixed (ulong* stamps = samples.Select(sample => sample.Timestamp).ToArray())
        {
            ((delegate* unmanaged<uint, uint*, uint*, ulong*, uint, void>)Export("standin_set_utilization"))((uint)gpu, ids, percents, stamps, (uint)samples.Length);
        }
    }

    /// <summary>Lists of processes are laid out as by early drivers of the 535 series.</summary>
    public void UseWideEntries() => ((delegate* unmanaged<void>)Export("standin_use_wide_entries"))();

    /// <summary>How often a function was called.</summary>
    public long Calls(StandInCall call) => (long)((delegate* unmanaged<int, ulong>)Export("standin_calls"))((int)call);

    /// <summary>Releases what hangs. The library stays loaded: a thread may still be in it.</summary>
    public void Dispose()
    {
        for (var call = StandInCall.Init; call <= StandInCall.Utilization; call++)
        {
            SetHanging(call, false);
        }

        File.Delete(_path);
    }

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);
}

/// <summary>How a GPU's power goes over time, in closed form.</summary>
/// <param name="Form">The form.</param>
/// <param name="IdleWatts">The least.</param>
/// <param name="PeakWatts">The most, and the power of a constant load.</param>
/// <param name="Period">Seconds until it is the same again.</param>
/// <param name="Duty">The part of the period that a square is at its most.</param>
/// <param name="Phase">By how many seconds it is ahead.</param>
internal readonly record struct StandInLoad(StandInForm Form, double IdleWatts, double PeakWatts, double Period = 1, double Duty = 0.5, double Phase = 0)
{
    public static StandInLoad Constant(double watts) => new(StandInForm.Constant, watts, watts);
}

internal enum StandInForm
{
    Constant,
    Square,
    Ramp,
    Sine,
}

/// <summary>The functions of the stand-in that take orders, in its own order.</summary>
internal enum StandInCall
{
    Init,
    Count,
    Handle,
    Name,
    Uuid,
    Energy,
    PowerUsage,
    FieldValues,
    AveragePowerField,
    InstantPowerField,
    PowerLimit,
    Temperature,
    Memory,
    Mig,
    Compute,
    Graphics,
    Mps,
    Utilization,
}
