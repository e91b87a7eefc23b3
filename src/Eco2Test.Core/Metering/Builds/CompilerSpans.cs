using System.Globalization;
using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>
/// When projects compiled, on all nodes of a user: each node process writes its stretches into a small file, and reads those
/// of the others. May be used by several threads, as the projects of one process are under <c>-mt</c>. Nothing throws: what
/// cannot be exchanged is as if nobody else compiled.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="processId">The number of this process.</param>
/// <param name="lives">Whether a process lives.</param>
/// <param name="time">The clock, which all of them share.</param>
internal sealed class CompilerSpans(CompilerSpanFolder folder, int processId, Func<int, bool> lives, TimeProvider time)
{
    /// <summary>What ended earlier overlaps no compilation that still runs.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly object _gate = new();
    private readonly List<CompilerSpan> _ended = [];
    private readonly List<DateTimeOffset> _open = [];

    /// <summary>Those of this machine and user.</summary>
    public static CompilerSpans OfThisMachine(TimeProvider time) => new(
        CompilerSpanFolder.OfThisUser(), Environment.ProcessId, static process => !LinuxFiles.IsSupported || LinuxProcessClock.Age(process) is not null, time);

    /// <summary>A project begins to compile.</summary>
    /// <returns>When, to be given back at its end.</returns>
    public DateTimeOffset Begin()
    {
        lock (_gate)
        {
            var start = time.GetUtcNow();
            _open.Add(start);
            Write(start);
            return start;
        }
    }

    /// <summary>It has compiled.</summary>
    /// <param name="start">When it began.</param>
    /// <returns>Its part of what the compiler server did meanwhile.</returns>
    public CompilerShare End(DateTimeOffset start)
    {
        lock (_gate)
        {
            var own = new CompilerSpan(start, time.GetUtcNow());
            _open.Remove(start);
            var share = CompilerShare.Of(own, Others(own));
            _ended.Add(own);
            Write(own.End);
            return share;
        }
    }

    /// <summary>It has not compiled after all, or nobody says when it had: from now on nobody shares with it.</summary>
    /// <param name="start">When it began.</param>
    public void Cancel(DateTimeOffset start)
    {
        lock (_gate)
        {
            if (_open.Remove(start))
            {
                Write(time.GetUtcNow());
            }
        }
    }

    private IEnumerable<CompilerSpan> Others(CompilerSpan own)
    {
        foreach (var span in _ended)
        {
            yield return span;
        }

        foreach (var start in _open)
        {
            yield return new CompilerSpan(start, own.End);
        }

        foreach (var (process, text) in folder.ReadAll(own.Start - Kept))
        {
            if (process != processId)
            {
                foreach (var span in Parse(text, process, own.End))
                {
                    yield return span;
                }
            }
        }
    }

    /// <summary>A line for each: start and end in ticks; the end is missing while it compiles, which a process that has ended does not.</summary>
    private IEnumerable<CompilerSpan> Parse(string text, int process, DateTimeOffset now)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            if (Moment(words[0]) is not { } start)
            {
                continue;
            }

            if (words.Length == 2 && Moment(words[1]) is { } end)
            {
                yield return new CompilerSpan(start, end);
            }
            else if (words.Length == 1 && lives(process))
            {
                yield return new CompilerSpan(start, now);
            }
        }
    }

    private static DateTimeOffset? Moment(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private void Write(DateTimeOffset now)
    {
        _ended.RemoveAll(span => span.End < now - Kept);
        var lines = _ended.Select(static span => string.Create(CultureInfo.InvariantCulture, $"{span.Start.UtcTicks} {span.End.UtcTicks}\n"))
            .Concat(_open.Select(static start => string.Create(CultureInfo.InvariantCulture, $"{start.UtcTicks}\n")));
        folder.Write(processId, string.Concat(lines));
    }
}
