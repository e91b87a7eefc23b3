using System.Globalization;
using Eco2Test.Hardware;

namespace Eco2Test.Sensors;

/// <summary>
/// The living descendants of a process through <c>/proc/PID/task/TID/children</c>. CPU time has the kernel's tick (10 ms).
/// A child that re-parents itself to init is no longer seen.
/// </summary>
internal sealed class LinuxProcessTree(int rootProcess, long ticksPerSecond)
{
    /// <summary>More descendants than any test has; a bound against a fork bomb.</summary>
    private const int MostProcesses = 4096;

    public ChildrenReading Read(long pageSize)
    {
        var seen = new HashSet<int>();
        var queue = new Queue<int>();
        queue.Enqueue(rootProcess);
        long ticks = 0;
        long pages = 0;
        while (queue.Count > 0 && seen.Count < MostProcesses)
        {
            foreach (var child in ChildrenOf(queue.Dequeue()))
            {
                if (seen.Add(child))
                {
                    queue.Enqueue(child);
                    var (childTicks, childPages) = UsageOf(child);
                    ticks += childTicks;
                    pages += childPages;
                }
            }
        }

        return new ChildrenReading(seen.Count, TimeSpan.FromSeconds((double)ticks / ticksPerSecond), pages * pageSize);
    }

    private static IEnumerable<int> ChildrenOf(int process)
    {
        var tasks = string.Create(CultureInfo.InvariantCulture, $"proc/{process}/task");
        foreach (var thread in SystemFiles.OfThisMachine.Folders(tasks))
        {
            foreach (var word in (SystemFiles.OfThisMachine.Read($"{tasks}/{thread}/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var child))
                {
                    yield return child;
                }
            }
        }
    }

    /// <summary>Fields 14 to 17 (user, system, and those of ended children) and 24 (resident pages) of <c>/proc/PID/stat</c>.</summary>
    private static (long Ticks, long Pages) UsageOf(int process)
    {
        var stat = SystemFiles.OfThisMachine.Read(string.Create(CultureInfo.InvariantCulture, $"proc/{process}/stat")) ?? "";

        // The second field is the command in parentheses and may hold anything, parentheses and spaces included.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 21
            ? (Field(11) + Field(12) + Field(13) + Field(14), Field(21))
            : (0, 0);

        long Field(int index) => long.TryParse(fields[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }
}
