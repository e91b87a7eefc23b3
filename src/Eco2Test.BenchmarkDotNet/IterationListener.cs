using System.Diagnostics.Tracing;
using BenchmarkDotNet.Engines;
using Eco2Test.Sensors;

namespace Eco2Test;

/// <summary>
/// Reads the CPU clock of the process that a benchmark runs in, where the engine says that an iteration begins and ends: before
/// and after its own clock runs, so that no time that it takes changes.
/// </summary>
internal sealed class IterationListener : EventListener
{
    private readonly object _gate = new();
    private readonly IProcessClock _clock;
    private readonly Action<IReadOnlyList<IterationCpuTime>>? _whenEnded;
    private readonly List<IterationCpuTime> _iterations = new(capacity: 256);
    private TimeSpan _begun;

    /// <param name="clock">Of this process.</param>
    /// <param name="whenEnded">Gets the iterations of a benchmark that has ended.</param>
    public IterationListener(IProcessClock clock, Action<IReadOnlyList<IterationCpuTime>>? whenEnded = null)
    {
        (_clock, _whenEnded) = (clock, whenEnded);

        // The base class has reported the sources that exist before these fields were set.
        foreach (var source in EventSource.GetSources())
        {
            Listen(source);
        }
    }

    /// <summary>The iterations of the benchmark that runs or ran last.</summary>
    public IReadOnlyList<IterationCpuTime> Iterations
    {
        get
        {
            lock (_gate)
            {
                return [.. _iterations];
            }
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (_clock is not null)
        {
            Listen(eventSource);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        switch (eventData.EventId)
        {
            case EngineEventSource.BenchmarkStartEventId:
                Clear();
                break;
            case EngineEventSource.OverheadActualStartEventId or EngineEventSource.WorkloadActualStartEventId:
                _begun = _clock.ProcessCpuTime;
                break;
            case EngineEventSource.OverheadActualStopEventId:
                Add(_clock.ProcessCpuTime, isOverhead: true);
                break;
            case EngineEventSource.WorkloadActualStopEventId:
                Add(_clock.ProcessCpuTime, isOverhead: false);
                break;
            case EngineEventSource.BenchmarkStopEventId:
                _whenEnded?.Invoke(Iterations);
                break;
        }
    }

    private void Listen(EventSource source)
    {
        if (source.Name == EngineEventSource.SourceName)
        {
            EnableEvents(source, EventLevel.Informational);
        }
    }

    private void Clear()
    {
        lock (_gate)
        {
            _iterations.Clear();
        }
    }

    private void Add(TimeSpan now, bool isOverhead)
    {
        lock (_gate)
        {
            _iterations.Add(new IterationCpuTime(isOverhead, now - _begun));
        }
    }
}
