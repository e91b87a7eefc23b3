using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// Cuts what tests without a window used out of samples of the whole process, by the times at which they ran. What was used
/// between two samples is spread evenly over the time between them; each piece of it goes in equal parts to the tests that
/// ran in it, and to nobody where none did. A test that did not have a stretch for itself alone may have used none of it, or
/// all: its bounds say so. Nothing is cut twice, so that tests and the rest make the whole. A time that came twice, because
/// the system's clock was set back, is one stretch: nothing says in which of both a test ran.
/// </summary>
internal sealed class SampledTests
{
    /// <summary>Above this share of energy that several tests could have used at once, a test counts as overlapped.</summary>
    private const double NegligibleShare = 0.01;

    // In the order in which they started.
    private readonly Cut[] _cuts;
    private readonly List<Cut> _running = [];
    private readonly List<Cut> _touched = [];
    private int _started;

    private SampledTests(IEnumerable<Cut> cuts) => _cuts = [.. cuts.OrderBy(cut => cut.Test.StartedAt)];

    /// <summary>What each test used, in the order of <paramref name="tests"/>.</summary>
    /// <param name="samples">In the order in which they were taken; what was used before the first and after the last is no test's.</param>
    /// <param name="tests">In any order.</param>
    public static IReadOnlyList<SampledUse> Of(IReadOnlyList<UseSample> samples, IReadOnlyList<TimedTest> tests)
    {
        Cut[] cuts = [.. tests.Select(test => new Cut(test))];
        var sampled = new SampledTests(cuts);
        var ascending = Ascending(samples);
        for (var i = 1; i < ascending.Count; i++)
        {
            sampled.Share(ascending[i - 1], ascending[i]);
        }

        return [.. cuts.Select(cut => cut.Use())];
    }

    /// <summary>The samples without those of a time that came twice.</summary>
    private static List<UseSample> Ascending(IReadOnlyList<UseSample> samples)
    {
        List<UseSample> ascending = [];
        var latest = DateTimeOffset.MinValue;
        foreach (var sample in samples)
        {
            if (sample.At > latest)
            {
                latest = sample.At;
                ascending.Add(sample);
                continue;
            }

            if (sample.At == ascending[^1].At)
            {
                ascending[^1] = sample;
                continue;
            }

            while (ascending.Count > 1 && ascending[^1].At >= sample.At)
            {
                ascending.RemoveAt(ascending.Count - 1);
            }

            if (ascending[0].At > sample.At)
            {
                ascending[0] = ascending[0] with { At = sample.At };
            }
        }

        if (ascending is [.., var last] && last.At < latest)
        {
            // The clock did not come back to where it was.
            ascending.Add(samples[^1] with { At = latest });
        }

        return ascending;
    }

    /// <summary>Shares one stretch among those that ran in it.</summary>
    private void Share(UseSample before, UseSample after)
    {
        var length = after.At - before.At;
        var used = after.Used - before.Used;
        _touched.Clear();
        _touched.AddRange(_running);
        var from = before.At;
        while (from < after.At)
        {
            Start(from);
            var to = NextEdge(from, after.At);
            foreach (var cut in _running)
            {
                cut.Add(used * ((to - from) / length / _running.Count), isShared: _running.Count > 1);
            }

            _running.RemoveAll(cut => cut.Test.EndedAt <= to);
            from = to;
        }

        var isOfOne = _touched.Count == 1 && _touched[0].Test.StartedAt <= before.At && _touched[0].Test.EndedAt >= after.At;
        foreach (var cut in _touched)
        {
            cut.AddBounds(used, isOfOne, length);
        }
    }

    /// <summary>Those that have started by a moment run from then on; what was over before is not looked at again.</summary>
    private void Start(DateTimeOffset now)
    {
        for (; _started < _cuts.Length && _cuts[_started].Test.StartedAt <= now; _started++)
        {
            var cut = _cuts[_started];
            if (cut.Test.EndedAt >= now)
            {
                _touched.Add(cut);
                if (cut.Test.EndedAt > now)
                {
                    _running.Add(cut);
                }
            }
        }
    }

    private DateTimeOffset NextEdge(DateTimeOffset from, DateTimeOffset end)
    {
        var next = _started < _cuts.Length && _cuts[_started].Test.StartedAt < end ? _cuts[_started].Test.StartedAt : end;
        foreach (var cut in _running)
        {
            if (cut.Test.EndedAt < next)
            {
                next = cut.Test.EndedAt;
            }
        }

        return next > from ? next : end;
    }

    /// <summary>What one test gets.</summary>
    private sealed class Cut(TimedTest test)
    {
        private ActiveUse _part;
        private BoundedEnergy _cpu;
        private BoundedEnergy _gpu;
        private BoundedEnergy _ram;
        private Energy _shared;
        private TimeSpan _longestStretch;

        public TimedTest Test => test;

        public void Add(ActiveUse part, bool isShared)
        {
            _part += part;
            _shared += isShared ? part.Total.Central : Energy.Zero;
        }

        /// <summary>Of a stretch that was not its own alone it may have used none, or all.</summary>
        public void AddBounds(ActiveUse used, bool isOwn, TimeSpan length)
        {
            _cpu += isOwn ? used.Cpu : new(Energy.Zero, Energy.Zero, used.Cpu.High);
            _gpu += isOwn ? used.Gpu : new(Energy.Zero, Energy.Zero, used.Gpu.High);
            _ram += isOwn ? used.Ram : new(Energy.Zero, Energy.Zero, used.Ram.High);
            _longestStretch = length > _longestStretch ? length : _longestStretch;
        }

        public SampledUse Use()
        {
            // What a later reading took back of a device can be more than what it was given: that is nobody's, as all corrections are.
            var part = new ActiveUse(OrNone(_part.Cpu), OrNone(_part.Gpu), OrNone(_part.Ram), Math.Max(0, _part.CpuSeconds));
            return new SampledUse(
                part with { Cpu = Between(_cpu, part.Cpu), Gpu = Between(_gpu, part.Gpu), Ram = Between(_ram, part.Ram) },
                part.Total.InOrder(),
                IsOverlapped: _shared.Joules > part.Total.Central.Joules * NegligibleShare,
                IsBelowResolution: test.Duration < _longestStretch || _longestStretch == TimeSpan.Zero);
        }

        private static BoundedEnergy OrNone(BoundedEnergy energy) => energy.Central < Energy.Zero ? BoundedEnergy.Zero : energy;

        private static BoundedEnergy Between(BoundedEnergy bounds, BoundedEnergy part) =>
            new BoundedEnergy(bounds.Low > Energy.Zero ? bounds.Low : Energy.Zero, part.Central, bounds.High).InOrder();
    }
}

/// <summary>What a test used, as far as samples tell.</summary>
/// <param name="Use">With the bounds of the test by itself.</param>
/// <param name="Part">What was cut out of the whole for it: the same energy, with its part of the bounds of the whole.</param>
/// <param name="IsOverlapped">Whether others ran at the same time.</param>
/// <param name="IsBelowResolution">Whether it was shorter than the time between two samples.</param>
internal readonly record struct SampledUse(ActiveUse Use, BoundedEnergy Part, bool IsOverlapped, bool IsBelowResolution);
