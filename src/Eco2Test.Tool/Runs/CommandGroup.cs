using Eco2Test.Sensors;

namespace Eco2Test.Tool;

/// <summary>
/// The control group that a command runs in. This process joins it, starts the command, and leaves: so the command is in it
/// before it does anything, without a step between. What this process spends meanwhile is taken off.
/// </summary>
internal sealed class CommandGroup : IDisposable
{
    private readonly ControlGroup _group;
    private TimeSpan _own;
    private bool _holdsCommand;

    private CommandGroup(ControlGroup group) => _group = group;

    /// <summary>A new group; <see langword="null"/> where this user can make none.</summary>
    public static CommandGroup? TryCreate() => ControlGroup.TryCreate() is { } group ? new(group) : null;

    /// <summary>CPU time of the command and all that it started; <see langword="null"/> when it is not in the group.</summary>
    public TimeSpan? CpuTime => _holdsCommand && _group.CpuTime is { } all && all > _own ? all - _own : null;

    /// <summary>Starts something in it.</summary>
    public T Start<T>(Func<T> start)
    {
        var before = OwnCpuTime;
        var joined = _group.TryJoin(0);
        try
        {
            return start();
        }
        finally
        {
            _holdsCommand = joined && _group.TryLeave(0);
            _own = OwnCpuTime - before;
        }
    }

    public void Dispose() => _group.Dispose();

    private static TimeSpan OwnCpuTime => OperatingSystem.IsLinux() ? Environment.CpuUsage.TotalTime : TimeSpan.Zero;
}
