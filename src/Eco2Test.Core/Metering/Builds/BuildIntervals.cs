namespace Eco2Test.Metering;

/// <summary>
/// What each process of a build did between two samples, kept in little memory however long the build lasts: of each interval
/// only the processes that did something, and beyond <see cref="Most"/> intervals two become one.
/// </summary>
internal sealed class BuildIntervals
{
    /// <summary>Of 50 ms, these are 83 minutes.</summary>
    public const int Most = 100_000;

    private readonly int _most;
    private readonly List<BuildInterval> _all = [];
    private readonly Dictionary<int, BuildProcessUse> _processes = [];
    private readonly Dictionary<int, TimeSpan> _sums = [];
    private DateTimeOffset? _at;

    public BuildIntervals(int most = Most) => _most = Math.Max(2, most);

    /// <summary>The intervals of samples.</summary>
    public static BuildIntervals Of(IEnumerable<BuildSample> samples)
    {
        var intervals = new BuildIntervals();
        foreach (var sample in samples)
        {
            intervals.Add(sample);
        }

        return intervals;
    }

    /// <summary>In the order of time, one after the other.</summary>
    public IReadOnlyList<BuildInterval> All => _all;

    /// <summary>What was used from the start of the build, also before the first sample.</summary>
    public ActiveUse Used { get; private set; }

    /// <summary>Each process that has done anything, as it was seen last.</summary>
    public IReadOnlyDictionary<int, BuildProcessUse> Processes => _processes;

    /// <summary>Adds a sample; processes that it does not name have done nothing since. One of a clock that was set back is part of the next.</summary>
    public void Add(BuildSample sample)
    {
        if (_at is { } last && sample.At <= last)
        {
            return;
        }

        // A number can be that of two processes, one after the other.
        _sums.Clear();
        foreach (var process in sample.Processes)
        {
            _sums[process.Id] = _sums.GetValueOrDefault(process.Id) + process.CpuTime;
        }

        List<BuildProcessUse> busy = [];
        foreach (var process in sample.Processes)
        {
            if (_sums.Remove(process.Id, out var now))
            {
                var spent = now - (_processes.TryGetValue(process.Id, out var before) ? before.CpuTime : TimeSpan.Zero);
                _processes[process.Id] = process with { CpuTime = now };
                if (spent > TimeSpan.Zero)
                {
                    busy.Add(process with { CpuTime = spent });
                }
            }
        }

        if (_at is { } from)
        {
            _all.Add(new BuildInterval(from, sample.At, sample.Used - Used, [.. busy]));
        }

        (_at, Used) = (sample.At, sample.Used);
        if (_all.Count > _most)
        {
            MergePairs();
        }
    }

    private void MergePairs()
    {
        var kept = 0;
        for (var i = 0; i < _all.Count; i += 2)
        {
            _all[kept++] = i + 1 < _all.Count ? Merged(_all[i], _all[i + 1]) : _all[i];
        }

        _all.RemoveRange(kept, _all.Count - kept);
    }

    private static BuildInterval Merged(BuildInterval first, BuildInterval second) => new(
        first.From, second.To, first.Used + second.Used,
        [
            .. first.Processes.Concat(second.Processes).GroupBy(process => process.Id)
                .Select(same => same.Last() with { CpuTime = same.Aggregate(TimeSpan.Zero, (sum, process) => sum + process.CpuTime) }),
        ]);
}

/// <summary>What was used between two samples.</summary>
/// <param name="From">The moment of the first.</param>
/// <param name="To">The moment of the second, later.</param>
/// <param name="Used">By all processes.</param>
/// <param name="Processes">Those that did something, with what they did.</param>
internal sealed record BuildInterval(DateTimeOffset From, DateTimeOffset To, ActiveUse Used, IReadOnlyList<BuildProcessUse> Processes)
{
    public TimeSpan Length => To - From;
}
