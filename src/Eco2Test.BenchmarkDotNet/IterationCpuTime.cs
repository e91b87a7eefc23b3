using System.Globalization;

namespace Eco2Test;

/// <summary>CPU time of a process in one iteration.</summary>
/// <param name="IsOverhead">Whether it ran the empty loop.</param>
/// <param name="CpuTime">Of all its threads.</param>
internal readonly record struct IterationCpuTime(bool IsOverhead, TimeSpan CpuTime)
{
    /// <summary>As a line of the file that goes from one process to the other: <c>overhead 1234</c>, in 100 ns.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsOverhead ? "overhead" : "workload")} {CpuTime.Ticks}");

    /// <summary>The iterations of a file; what is no line of it is none.</summary>
    public static IReadOnlyList<IterationCpuTime> Parse(IEnumerable<string> lines) =>
    [
        .. from line in lines
           let words = line.Split(' ')
           where words is ["overhead" or "workload", _] && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
           select new IterationCpuTime(words[0] == "overhead", TimeSpan.FromTicks(long.Parse(words[1], CultureInfo.InvariantCulture))),
    ];
}
