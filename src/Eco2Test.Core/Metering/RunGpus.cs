using Eco2Test.Reports;
using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>The GPUs of a run: their meters, and the lane on which their drivers are called, where the run has threads of its own.</summary>
internal sealed class RunGpus(TrackingRun run, IReadOnlyList<IGpuSensor> sensors) : IDisposable
{
    /// <summary>A driver that wakes its GPUs may take this long; what it takes longer than that is not waited for.</summary>
    private static readonly TimeSpan FirstReadingLimit = TimeSpan.FromSeconds(1);

    private readonly GpuMeter[] _meters = [.. sensors.Select((sensor, index) => new GpuMeter(sensor, run.Settings.ExclusiveGpus.Contains(index)))];
    private GpuLane? _lane;

    /// <summary>One for each.</summary>
    public IReadOnlyList<GpuMeter> Meters => _meters;

    /// <summary>From now on drivers are called on a thread of their own.</summary>
    public void StartLane()
    {
        _lane = _meters.Length == 0 ? null : new GpuLane(run, _meters, run.Time);
        _lane?.AskAndWait(FirstReadingLimit);
    }

    /// <summary>A window has opened: what GPUs used before is not its own.</summary>
    public void WhenOpened()
    {
        if (_lane is not null && MayBeOurs())
        {
            _lane.Ask();
        }
    }

    /// <summary>A window is about to close: what it started on GPUs is.</summary>
    public void BeforeClosing()
    {
        if (_lane is not null && MayBeOurs())
        {
            Synchronize();
            _lane.AskAndWait();
        }
    }

    /// <summary>Reads them now.</summary>
    public void ReadAndWait()
    {
        if (_lane is not null)
        {
            _lane.AskAndWait();
        }
        else
        {
            ReadHere();
        }
    }

    /// <summary>For a sample: the lane reads by itself, and is watched.</summary>
    public void Sample()
    {
        if (_lane is not null)
        {
            _lane.Watch();
        }
        else
        {
            ReadHere();
        }
    }

    public void Dispose() => _lane?.Dispose();

    private void ReadHere()
    {
        foreach (var meter in _meters)
        {
            meter.Read(alsoProcesses: true);
            run.TakeReading(meter);
        }
    }

    private bool MayBeOurs()
    {
        foreach (var meter in _meters)
        {
            if (meter.MayBeOurs)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Work on a GPU goes on after the call that started it has returned: waits for it, as the user said how.</summary>
    private void Synchronize()
    {
        if (Ambient.IsSynchronizing)
        {
            return;
        }

        Ambient.IsSynchronizing = true;
        foreach (var synchronizer in Ambient.Synchronizers)
        {
            try
            {
                synchronizer.Synchronize();
            }
            catch (Exception fault)
            {
                run.Notice(DiagnosticCodes.TrackerFault, $"What was given to TrackingWindow.SynchronizeWith failed: {FaultText.Of(fault)}");
            }
        }

        Ambient.IsSynchronizing = false;
    }
}
