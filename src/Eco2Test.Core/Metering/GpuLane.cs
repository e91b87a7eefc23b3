using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// The thread on which drivers of GPUs are called, and nothing else: a call can take long, or hang. Windows that close ask
/// it for a fresh reading and wait a few milliseconds at most. A call that takes longer than its limit parks its GPU; a new
/// thread reads the others, and should the call ever come back, that GPU is read again.
/// </summary>
internal sealed class GpuLane : IDisposable
{
    /// <summary>Ten times a second is as good as a hundred: sensors refresh no faster, and windows are read at their edges.</summary>
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>How often GPUs are read while no window is open, and at least.</summary>
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    /// <summary>A healthy driver answers within a millisecond, one that wakes its GPU within a few hundred.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(2);

    /// <summary>What a window waits for at its end; it is long for a driver and short for a test.</summary>
    private static readonly TimeSpan EdgeLimit = TimeSpan.FromMilliseconds(5);

    private readonly object _gate = new();
    private readonly TrackingRun _run;
    private readonly IReadOnlyList<GpuMeter> _meters;
    private readonly TimeProvider _time;
    private readonly TimeSpan _callLimit;
    private int _thread;
    private long _asked;
    private long _answered;
    private bool _isLate;
    private bool _isStopped;

    // The call that is being made.
    private GpuMeter? _current;
    private long _since;

    public GpuLane(TrackingRun run, IReadOnlyList<GpuMeter> meters, TimeProvider time, TimeSpan? callLimit = null)
    {
        (_run, _meters, _time, _callLimit) = (run, meters, time, callLimit ?? CallLimit);
        StartThread();
    }

    /// <summary>Asks for a reading of every GPU, and waits for none.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            _asked++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Asks for a reading of every GPU and waits for it, unless the driver is late already.</summary>
    /// <returns>Whether there is one.</returns>
    public bool AskAndWait() => AskAndWait(EdgeLimit);

    /// <summary>As above, with a limit of one's own.</summary>
    public bool AskAndWait(TimeSpan limit)
    {
        var start = _time.GetTimestamp();
        lock (_gate)
        {
            var wanted = ++_asked;
            Monitor.PulseAll(_gate);
            while (_answered < wanted && !_isStopped && !_isLate)
            {
                var left = limit - _time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    // One window has waited; no other does before the driver has answered.
                    _isLate = _answered < wanted;
                }
            }

            return _answered >= wanted;
        }
    }

    /// <summary>Parks a GPU whose driver does not answer. For the sampling thread.</summary>
    public void Watch()
    {
        GpuMeter? hanging = null;
        lock (_gate)
        {
            if (_current is not null && _time.GetElapsedTime(_since) > _callLimit)
            {
                (hanging, _current, _isLate) = (_current, null, false);
                hanging.Park($"{hanging.Channel.Device}: the driver has not answered for {QuantityText.Digits(_callLimit.TotalSeconds)} s; it is read again when it does");
                StartThread();
            }
        }

        if (hanging is not null)
        {
            _run.Forget(hanging);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void StartThread()
    {
        var number = ++_thread;
        var thread = new Thread(() => Loop(number)) { IsBackground = true, Name = "Eco2Test GPUs" };

        // Started without the context of whoever opens the first window: its time flows to nobody's test.
        thread.UnsafeStart();
    }

    private void Loop(int number)
    {
        Ambient.CarryOn(_run.Threads, _run.Overhead);
        while (WaitForWork(number, out var asked, out var isDue))
        {
            for (var i = 0; i < _meters.Count; i++)
            {
                if (!_meters[i].IsParked && !Read(_meters[i], number, isDue))
                {
                    return;
                }
            }

            lock (_gate)
            {
                _answered = asked;
                _isLate = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits until somebody asks or the period is over; <see langword="false"/> when this thread is to end.</summary>
    private bool WaitForWork(int number, out long asked, out bool isDue)
    {
        lock (_gate)
        {
            isDue = _answered == 0;
            while (!_isStopped && number == _thread && _asked == _answered && !isDue)
            {
                isDue = !Monitor.Wait(_gate, _run.HasOpenWindows ? PeriodOfSensors() : LongestPeriod);
            }

            asked = isDue && _asked == _answered ? ++_asked : _asked;
            return !_isStopped && number == _thread;
        }
    }

    /// <summary>Twice as often as the fastest of them refreshes, within reason.</summary>
    private TimeSpan PeriodOfSensors()
    {
        var shortest = LongestPeriod;
        foreach (var meter in _meters)
        {
            var half = meter.Channel.UpdatePeriod / 2;
            shortest = half < shortest ? half : shortest;
        }

        return shortest > ShortestPeriod ? shortest : ShortestPeriod;
    }

    /// <summary><see langword="false"/> when the call took so long that another thread has taken over.</summary>
    private bool Read(GpuMeter meter, int number, bool alsoProcesses)
    {
        lock (_gate)
        {
            (_current, _since) = (meter, _time.GetTimestamp());
        }

        meter.Read(alsoProcesses);
        lock (_gate)
        {
            if (number != _thread)
            {
                meter.Unpark();
                return false;
            }

            _current = null;
        }

        try
        {
            _run.TakeReading(meter);
        }
        catch (Exception fault)
        {
            // It runs on a thread of its own, where nobody would catch it.
            _run.Notice(DiagnosticCodes.TrackerFault, $"A reading of {meter.Channel.Device} was not booked: {FaultText.Of(fault)}");
        }

        return true;
    }
}
