using System.Buffers.Text;

namespace Eco2Test.Sensors;

/// <summary>
/// The living descendants of a process through <c>/proc/PID/task/TID/children</c>. One that was seen once is followed by a
/// handle, which no other process with its number gets, also when its parent ends and init or a subreaper takes it over. A
/// daemon that separates itself between two looks is never seen. Allocates nothing unless processes come or go. Not for
/// several threads at once.
/// </summary>
internal sealed class LinuxProcessTree(int rootProcess, long ticksPerSecond) : IDisposable
{
    /// <summary>More descendants than any test has; a bound against a fork bomb.</summary>
    private const int MostProcesses = 4096;

    /// <summary>Handles that are kept at most. Processes beyond that are told from others with their number by when they started.</summary>
    private const int MostHandles = 512;

    private const int NoHandle = -1;

    private readonly byte[] _buffer = new byte[4096];
    private readonly List<int> _threads = [];
    private readonly List<Descendant> _known = [];
    private readonly HashSet<int> _numbers = [];
    private LinuxThreadList? _rootThreads;
    private int _handles;
    private bool _hasChanged;
    private long _orphanTicks;

    /// <summary>Whether there is anything to read without looking for more.</summary>
    public bool IsEmpty => _known.Count == 0;

    /// <summary>The root, and what the last reading found.</summary>
    public int[] ProcessIds { get; private set; } = [rootProcess];

    /// <summary>CPU time of the living, with that of orphans that have ended: nobody waited for them whose time we count.</summary>
    /// <param name="pageSize">Bytes.</param>
    /// <param name="look">Whether new descendants are looked for, too.</param>
    public ChildrenReading Read(long pageSize, bool look)
    {
        if (look)
        {
            _rootThreads ??= new LinuxThreadList(rootProcess);
            _rootThreads.Read(_threads);
            AddChildren(rootProcess);
        }

        long ticks = 0;
        long pages = 0;
        for (var i = 0; i < _known.Count; i++)
        {
            if (!TryRead(i, out var stat))
            {
                continue;
            }

            ticks += stat.Ticks;
            pages += stat.Pages;
            if (look)
            {
                ListThreads(_known[i].Number, stat.Threads);
                AddChildren(_known[i].Number);
            }
        }

        RemoveEnded();
        return new ChildrenReading(_known.Count, TimeSpan.FromTicks((ticks + _orphanTicks) * TimeSpan.TicksPerSecond / ticksPerSecond), pages * pageSize);
    }

    /// <summary>Ends the looking. It is not read any more.</summary>
    public void Dispose()
    {
        _rootThreads?.Dispose();
        foreach (var process in _known)
        {
            if (process.Handle != NoHandle)
            {
                LinuxFiles.Close(process.Handle);
            }
        }

        _known.Clear();
    }

    private bool TryRead(int index, out LinuxProcessStat stat)
    {
        var process = _known[index];
        var file = process.Handle == NoHandle ? LinuxFiles.Open(process.Number, 0, "stat"u8) : process.Handle;
        stat = default;
        var lives = file >= 0 && LinuxProcessStat.TryRead(file, out stat) && (process.Started is null || process.Started == stat.Started);
        if (process.Handle == NoHandle && file >= 0)
        {
            LinuxFiles.Close(file);
        }

        _known[index] = lives ? process with { Last = stat, Started = stat.Started } : process with { HasEnded = true };
        return lives;
    }

    /// <summary>Most processes have one thread, which has the process's number.</summary>
    private void ListThreads(int process, int count)
    {
        _threads.Clear();
        if (count == 1)
        {
            _threads.Add(process);
            return;
        }

        var folder = LinuxFiles.Open(process, 0, "task"u8);
        if (folder >= 0)
        {
            if (!LinuxFiles.TryList(folder, _buffer, _threads))
            {
                LinuxThreadList.ReadSlow(process, _threads);
            }

            LinuxFiles.Close(folder);
        }
    }

    private void AddChildren(int process)
    {
        foreach (var thread in _threads)
        {
            var file = LinuxFiles.Open(process, thread, "children"u8);
            if (file >= 0)
            {
                AddNumbers(file);
                LinuxFiles.Close(file);
            }
        }
    }

    /// <summary>Numbers and spaces, of which a buffer may hold the first half of one.</summary>
    private void AddNumbers(int file)
    {
        var kept = 0;
        var offset = 0;
        int length;
        while ((length = LinuxFiles.Read(file, _buffer.AsSpan(kept), offset)) > 0)
        {
            offset += length;
            var text = _buffer.AsSpan(0, kept + length);
            int space;
            while ((space = text.IndexOf((byte)' ')) >= 0)
            {
                Add(text[..space]);
                text = text[(space + 1)..];
            }

            kept = text.Length;
            text.CopyTo(_buffer);
        }

        Add(_buffer.AsSpan(0, kept));
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        if (_known.Count < MostProcesses && Utf8Parser.TryParse(text, out int number, out _) && number != rootProcess && _numbers.Add(number))
        {
            var handle = _handles < MostHandles ? LinuxFiles.Open(number, 0, "stat"u8) : NoHandle;
            _handles += handle >= 0 ? 1 : 0;
            _known.Add(new Descendant(number, Math.Max(handle, NoHandle), null, default, HasEnded: false));
            _hasChanged = true;
        }
    }

    /// <summary>
    /// A process that ended in the hands of init, or of whoever else took it over, is waited for by nobody of ours: what it
    /// spent stays counted. The time of the others comes back from those who waited for them.
    /// </summary>
    private void RemoveEnded()
    {
        var kept = 0;
        for (var i = 0; i < _known.Count; i++)
        {
            var process = _known[i];
            if (!process.HasEnded)
            {
                _known[kept++] = process;
                continue;
            }

            _hasChanged = true;
            _orphanTicks += process.Last.Parent != rootProcess && !_numbers.Contains(process.Last.Parent) ? process.Last.Ticks : 0;
            if (process.Handle != NoHandle)
            {
                LinuxFiles.Close(process.Handle);
                _handles--;
            }
        }

        _known.RemoveRange(kept, _known.Count - kept);
        if (_hasChanged)
        {
            Publish();
        }
    }

    private void Publish()
    {
        var numbers = new int[_known.Count + 1];
        numbers[0] = rootProcess;
        _numbers.Clear();
        for (var i = 0; i < _known.Count; i++)
        {
            numbers[i + 1] = _known[i].Number;
            _numbers.Add(_known[i].Number);
        }

        ProcessIds = numbers;
        _hasChanged = false;
    }

    private readonly record struct Descendant(int Number, int Handle, long? Started, LinuxProcessStat Last, bool HasEnded);
}
