using System.Runtime.InteropServices;

namespace Eco2Test.Tool;

/// <summary>
/// Hands the signals that would end this process to the command instead, which decides what becomes of it; this process stays
/// until the command has ended and its report is written.
/// </summary>
internal sealed partial class SignalRelay : IDisposable
{
    private static readonly PosixSignal[] Ending = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];

    private readonly Lock _lock = new();
    private readonly List<PosixSignal> _waiting = [];
    private readonly PosixSignalRegistration[] _registrations;
    private int? _child;

    public SignalRelay() => _registrations = [.. Ending.Select(signal => PosixSignalRegistration.Create(signal, Take))];

    /// <summary>The first signal that came, such as <c>SIGINT</c>; <see langword="null"/> when none did.</summary>
    public string? Received { get; private set; }

    /// <summary>Names the command, and, when it has ended, nobody. What came before there was one reaches it too.</summary>
    public void PassTo(int? processId)
    {
        lock (_lock)
        {
            _child = processId;
            foreach (var signal in _waiting)
            {
                Send(signal);
            }

            _waiting.Clear();
        }
    }

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            Received ??= context.Signal.ToString();
            if (OperatingSystem.IsWindows() || (context.Signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT && IsInForeground()))
            {
                // The terminal, or the console of Windows, has sent it to the command as well; twice it would mean "at once".
                return;
            }

            if (_child is null)
            {
                _waiting.Add(context.Signal);
            }
            else
            {
                Send(context.Signal);
            }
        }
    }

    private void Send(PosixSignal signal)
    {
        if (_child is { } child)
        {
            _ = Kill(child, signal switch
            {
                PosixSignal.SIGHUP => 1,
                PosixSignal.SIGINT => 2,
                PosixSignal.SIGQUIT => 3,
                _ => 15,
            });
        }
    }

    /// <summary>Whether a terminal sends its keys to the group of this process, which is that of the command.</summary>
    private static bool IsInForeground()
    {
        var group = ProcessGroup();
        return Enumerable.Range(0, 3).Any(descriptor => ForegroundGroup(descriptor) == group);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ProcessGroup();

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ForegroundGroup(int descriptor);
}
