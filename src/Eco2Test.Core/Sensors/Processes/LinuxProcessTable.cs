using System.Buffers.Text;
using System.Text;

namespace Eco2Test.Sensors;

/// <summary>
/// Processes by <c>/proc</c>. Those that are followed are read by handles that stay open, which no other process with their
/// number gets. New ones are those whose number was not in the list at the last look: to read the list is cheaper than to ask
/// each thread of each process for its children. Not for several threads at once.
/// </summary>
internal sealed class LinuxProcessTable : IProcessTable
{
    /// <summary>A list of that many processes is read in half a millisecond; a longer one is read less often.</summary>
    private const int CheapListLength = 500;

    private const int LongestCommandLine = 64 * 1024;

    private readonly byte[] _buffer = new byte[32 * 1024];
    private readonly int _folder = LinuxFiles.OpenProcesses();
    private readonly List<Followed> _followed = [];
    private readonly HashSet<int> _followedNumbers = [];
    private readonly List<int> _numbers = [];
    private readonly List<int> _new = [];
    private readonly HashSet<int> _listed = [];
    private readonly Dictionary<int, User> _users = [];
    private readonly uint? _user = UserOf(Environment.ProcessId);
    private int _sinceList;

    public bool SeesTrees => true;

    public IReadOnlyList<ProcessReading> Read(bool lookForAll)
    {
        var readings = new List<ProcessReading>(_followed.Count + 8);
        ReadFollowed(readings);
        _sinceList++;
        if (lookForAll || _sinceList >= (_listed.Count / CheapListLength) + 1)
        {
            _sinceList = 0;
            ListNumbers();
            AddNewChildren(readings);
            if (lookForAll)
            {
                AddAll(readings);
            }
        }

        return readings;
    }

    public void Follow(IReadOnlyCollection<int> processes)
    {
        var wanted = processes.ToHashSet();
        var kept = 0;
        for (var i = 0; i < _followed.Count; i++)
        {
            var process = _followed[i];
            if (wanted.Contains(process.Number))
            {
                _followed[kept++] = process;
            }
            else
            {
                Forget(process);
            }
        }

        _followed.RemoveRange(kept, _followed.Count - kept);
        foreach (var number in wanted)
        {
            if (!_followedNumbers.Contains(number))
            {
                TryFollow(number, out _);
            }
        }
    }

    public IReadOnlyList<string> CommandLine(int processId)
    {
        var file = LinuxFiles.Open(processId, 0, "cmdline"u8);
        if (file < 0)
        {
            return [];
        }

        var text = new List<byte>();
        int length;
        while (text.Count < LongestCommandLine && (length = LinuxFiles.Read(file, _buffer, text.Count)) > 0)
        {
            text.AddRange(_buffer.AsSpan(0, length));
        }

        LinuxFiles.Close(file);
        return text.Count == 0 ? [] : Encoding.UTF8.GetString([.. text]).TrimEnd('\0').Split('\0');
    }

    public void Dispose()
    {
        Follow([]);
        if (_folder >= 0)
        {
            LinuxFiles.Close(_folder);
        }
    }

    /// <summary>In the order in which they started, parents first: what a parent got back from a child, the child is not seen with any more.</summary>
    private void ReadFollowed(List<ProcessReading> readings)
    {
        var kept = 0;
        for (var i = 0; i < _followed.Count; i++)
        {
            var process = _followed[i];
            if (LinuxProcessStat.TryRead(process.File, out var stat))
            {
                _followed[kept++] = process;
                readings.Add(Reading(process.Number, stat));
            }
            else
            {
                Forget(process);
            }
        }

        _followed.RemoveRange(kept, _followed.Count - kept);
    }

    private void ListNumbers()
    {
        _numbers.Clear();
        _new.Clear();
        if (_folder < 0 || !LinuxFiles.TryList(_folder, _buffer, _numbers))
        {
            return;
        }

        foreach (var number in _numbers)
        {
            if (!_listed.Contains(number) && !_followedNumbers.Contains(number))
            {
                _new.Add(number);
            }
        }

        _listed.Clear();
        _listed.UnionWith(_numbers);
    }

    /// <summary>Numbers may have begun again from the lowest: a child may stand before its parent.</summary>
    private void AddNewChildren(List<ProcessReading> readings)
    {
        bool found;
        do
        {
            found = false;
            for (var i = _new.Count - 1; i >= 0; i--)
            {
                var number = _new[i];
                if (TryRead(number, out var stat) && _followedNumbers.Contains(stat.Parent) && TryFollow(number, out stat))
                {
                    readings.Add(Reading(number, stat));
                    _new.RemoveAt(i);
                    found = true;
                }
            }
        }
        while (found && _new.Count > 0);
    }

    private void AddAll(List<ProcessReading> readings)
    {
        foreach (var number in _numbers)
        {
            if (!_followedNumbers.Contains(number) && TryRead(number, out var stat) && IsOfThisUser(number, stat.Started))
            {
                readings.Add(Reading(number, stat));
            }
        }

        foreach (var number in _users.Keys)
        {
            if (!_listed.Contains(number))
            {
                _users.Remove(number);
            }
        }
    }

    /// <summary>Nodes and servers take requests of their own user only.</summary>
    private bool IsOfThisUser(int number, long started)
    {
        if (!_users.TryGetValue(number, out var user) || user.Started != started)
        {
            _users[number] = user = new User(started, UserOf(number));
        }

        return user.Number == _user;
    }

    private static uint? UserOf(int process)
    {
        var file = LinuxFiles.Open(process, 0, "status"u8);
        if (file < 0)
        {
            return null;
        }

        Span<byte> text = stackalloc byte[1024];
        var length = LinuxFiles.Read(file, text, 0);
        LinuxFiles.Close(file);
        text = text[..Math.Max(0, length)];
        var at = text.IndexOf("\nUid:\t"u8);
        return at >= 0 && Utf8Parser.TryParse(text[(at + 6)..], out uint user, out _) ? user : null;
    }

    private static bool TryRead(int number, out LinuxProcessStat stat)
    {
        stat = default;
        var file = LinuxFiles.Open(number, 0, "stat"u8);
        if (file < 0)
        {
            return false;
        }

        var isRead = LinuxProcessStat.TryRead(file, out stat);
        LinuxFiles.Close(file);
        return isRead;
    }

    private bool TryFollow(int number, out LinuxProcessStat stat)
    {
        stat = default;
        var file = LinuxFiles.Open(number, 0, "stat"u8);
        if (file < 0)
        {
            return false;
        }

        if (!LinuxProcessStat.TryRead(file, out stat))
        {
            LinuxFiles.Close(file);
            return false;
        }

        var process = new Followed(number, stat.Started, file);
        var place = _followed.FindLastIndex(other => other.Started <= process.Started);
        _followed.Insert(place + 1, process);
        _followedNumbers.Add(number);
        return true;
    }

    private void Forget(Followed process)
    {
        LinuxFiles.Close(process.File);
        _followedNumbers.Remove(process.Number);

        // Whoever gets the number next is new.
        _listed.Remove(process.Number);
    }

    /// <summary>The process's own clock has no part of its ended children, as its own ticks have none.</summary>
    private static ProcessReading Reading(int number, LinuxProcessStat stat) => new(
        number,
        stat.Started,
        stat.Parent,
        LinuxProcessClock.TryReadProcess(number, out var exact) ? exact : FromTicks(stat.Ticks - stat.TicksOfChildren),
        FromTicks(stat.TicksOfChildren),
        stat.Pages * LinuxProcessClock.PageSize);

    private static TimeSpan FromTicks(long ticks) => TimeSpan.FromTicks(ticks * TimeSpan.TicksPerSecond / LinuxProcessClock.TicksPerSecond);

    private readonly record struct Followed(int Number, long Started, int File);

    private readonly record struct User(long Started, uint? Number);
}
