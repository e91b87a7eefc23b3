namespace Eco2Test.Carbon.Live.Tests;

/// <summary>
/// A clock under which nobody waits: a pause is over at once, and moves the clock by its length. Only the limits of calls
/// stand still, until a test lets them run out.
/// </summary>
internal sealed class RetryTime(DateTimeOffset now, Patience patience) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _limits = [];
    private DateTimeOffset _now = now;

    /// <summary>The pauses that were made.</summary>
    public List<TimeSpan> Pauses { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        lock (_gate)
        {
            _now += time;
        }
    }

    /// <summary>The call that is being made takes longer than it may.</summary>
    public void RunOut()
    {
        List<Timer> ringing;
        lock (_gate)
        {
            _now += patience.Attempt;
            ringing = _limits.FindAll(timer => timer.Due == patience.Attempt);
            _limits.RemoveAll(ringing.Contains);
        }

        ringing.ForEach(timer => timer.Ring());
    }

    private void Set(Timer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _limits.Remove(timer);
            timer.Due = dueTime;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            if (dueTime == patience.Attempt || dueTime == patience.Total)
            {
                _limits.Add(timer);
                return;
            }

            _now += dueTime;
            Pauses.Add(dueTime);
        }

        ThreadPool.QueueUserWorkItem(_ => timer.Ring());
    }

    private sealed class Timer(RetryTime time, Action ring) : ITimer
    {
        public TimeSpan Due { get; set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
