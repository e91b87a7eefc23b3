using System.Buffers.Text;

namespace Eco2Test.Sensors;

/// <summary>What <c>/proc/PID/stat</c> says of a process. CPU time has the kernel's tick, 10 ms, and includes that of ended children that were waited for.</summary>
/// <param name="Parent">Number of its parent.</param>
/// <param name="Ticks">CPU time, user and system, with that of children that it has waited for.</param>
/// <param name="Threads">How many threads it has.</param>
/// <param name="Started">When it started, in ticks since the system did: with its number it tells it from all others.</param>
/// <param name="Pages">Resident memory. What several processes share is in the figure of each.</param>
internal readonly record struct LinuxProcessStat(int Parent, long Ticks, int Threads, long Started, long Pages)
{
    /// <summary>More than the first 24 of its fields take.</summary>
    private const int LongestText = 1024;

    // Fields after the name, which is the second, counted from 0: state, parent, …
    private const int ParentAt = 1;
    private const int FirstTimeAt = 11;
    private const int FirstTimeOfChildrenAt = 13;
    private const int LastTimeAt = 14;
    private const int ThreadsAt = 17;
    private const int StartedAt = 19;
    private const int PagesAt = 21;

    /// <summary>The part of <see cref="Ticks"/> that ended children used.</summary>
    public long TicksOfChildren { get; init; }

    /// <summary>Reads a file that <see cref="LinuxFiles"/> opened; <see langword="false"/> when the process has ended.</summary>
    public static bool TryRead(int file, out LinuxProcessStat stat)
    {
        Span<byte> text = stackalloc byte[LongestText];
        var length = LinuxFiles.Read(file, text, 0);
        stat = default;
        return length > 0 && TryParse(text[..length], out stat);
    }

    /// <summary>The second field is the command in parentheses and may hold anything, parentheses and spaces included.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out LinuxProcessStat stat)
    {
        var (parent, ticks, ofChildren, threads, started, pages) = (0L, 0L, 0L, 0L, 0L, 0L);
        var rest = text[(text.LastIndexOf((byte)')') + 1)..];
        var field = -1;
        while (field < PagesAt)
        {
            rest = rest.TrimStart((byte)' ');
            var end = rest.IndexOfAny((byte)' ', (byte)'\n');
            var word = end < 0 ? rest : rest[..end];
            field++;
            if (word.IsEmpty || (field > 0 && !IsNumber(word, out _)))
            {
                stat = default;
                return false;
            }

            rest = rest[word.Length..];
            IsNumber(word, out var value);
            switch (field)
            {
                case ParentAt:
                    parent = value;
                    break;
                case >= FirstTimeAt and <= LastTimeAt:
                    ticks += Math.Max(0, value);
                    ofChildren += field >= FirstTimeOfChildrenAt ? Math.Max(0, value) : 0;
                    break;
                case ThreadsAt:
                    threads = value;
                    break;
                case StartedAt:
                    started = value;
                    break;
                case PagesAt:
                    pages = Math.Max(0, value);
                    break;
            }
        }

        stat = new LinuxProcessStat((int)parent, ticks, (int)threads, started, pages) { TicksOfChildren = ofChildren };
        return true;
    }

    /// <summary>Some fields are unsigned, and may be larger than what is looked for.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> word, out long value)
    {
        var isNumber = Utf8Parser.TryParse(word, out value, out var length) && length == word.Length;
        return isNumber || (Utf8Parser.TryParse(word, out ulong _, out length) && length == word.Length);
    }
}
