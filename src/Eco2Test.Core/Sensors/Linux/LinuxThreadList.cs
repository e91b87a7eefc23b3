using System.Globalization;
using Eco2Test.Hardware;

namespace Eco2Test.Sensors;

/// <summary>
/// The threads of a process by their numbers, from <c>/proc/PID/task</c>: the sampling thread looks ten times a second, so
/// the folder of this process stays open. Where it cannot be read by the kernel's own call, as with a C library that lacks
/// the function, it is listed as any folder is. Not for several threads at once.
/// </summary>
internal sealed class LinuxThreadList : IDisposable
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly int _process;
    private readonly int _folder;
    private bool _isSlow;

    /// <summary>Of a process that is looked at again and again.</summary>
    public LinuxThreadList(int process)
    {
        _process = process;
        _folder = LinuxFiles.IsSupported ? LinuxFiles.Open(process, 0, "task"u8) : -1;
    }

    /// <summary>Of this process.</summary>
    public LinuxThreadList()
        : this(Environment.ProcessId)
    {
    }

    /// <summary>Replaces the content of <paramref name="threads"/>.</summary>
    public void Read(List<int> threads)
    {
        _isSlow = _isSlow || !TryReadFast(threads);
        if (_isSlow)
        {
            ReadSlow(_process, threads);
        }
    }

    public void Dispose()
    {
        if (_folder >= 0)
        {
            LinuxFiles.Close(_folder);
        }
    }

    internal static void ReadSlow(int process, List<int> threads)
    {
        threads.Clear();
        foreach (var name in SystemFiles.OfThisMachine.Folders(string.Create(CultureInfo.InvariantCulture, $"proc/{process}/task")))
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
            {
                threads.Add(thread);
            }
        }
    }

    internal bool TryReadFast(List<int> threads)
    {
        threads.Clear();
        return _folder >= 0 && LinuxFiles.TryList(_folder, _buffer, threads) && threads.Count > 0;
    }
}
