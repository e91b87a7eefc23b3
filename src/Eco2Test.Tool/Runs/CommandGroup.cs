using Eco2Test.Sensors;

namespace Eco2Test.Tool;

/// <summary>
/// Counts what a command and all that it starts has used, whether anybody saw it or not: by a control group where this user
/// can make one, and by what the system tells of children that have ended.
/// </summary>
/// <remarks>
/// This process joins the group, starts the command, and leaves: so the command is in it before it does anything, without a
/// step between. What this process spends meanwhile is taken off.
/// </remarks>
internal sealed class CommandGroup : IDisposable
{
    private readonly ControlGroup? _group;
    private readonly IProcessClock _clock = SensorSearch.ClockOfThisProcess();
    private readonly TimeSpan _before;
    private TimeSpan _own;

    /// <param name="group">The control group; <see langword="null"/>: none can be made.</param>
    public CommandGroup(ControlGroup? group) => (_group, _before) = (group, _clock.EndedChildrenCpuTime);

    /// <summary>Whether the command is in a control group.</summary>
    public bool HoldsCommand { get; private set; }

    /// <summary>What a report says of how the CPU time is known.</summary>
    public string CountedBy => HoldsCommand ? "control-group" : "samples";

    /// <summary>CPU time of the command and all that it started, at least.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            var ended = _clock.EndedChildrenCpuTime - _before;
            return HoldsCommand && _group!.CpuTime is { } all && all - _own > ended ? all - _own : ended;
        }
    }

    /// <summary>Starts something in it.</summary>
    public T Start<T>(Func<T> start)
    {
        var before = _clock.ProcessCpuTime;
        var joined = _group?.TryJoin(0) == true;
        try
        {
            return start();
        }
        finally
        {
            HoldsCommand = joined && _group!.TryLeave(0);
            _own = _clock.ProcessCpuTime - before;
        }
    }

    public void Dispose()
    {
        _group?.Dispose();
        (_clock as IDisposable)?.Dispose();
    }
}
