namespace Eco2Test.Sensors;

/// <summary>
/// CPU time and memory of this process and its children, as the operating system counts them. No member throws; a
/// quantity that this system does not give stays zero or <see langword="false"/>.
/// </summary>
internal interface IProcessClock
{
    /// <summary>CPU time of all threads of this process since it started. Cheap: read at every window edge.</summary>
    TimeSpan ProcessCpuTime { get; }

    /// <summary>CPU time of children that have ended and been waited for, with theirs. Cheap.</summary>
    TimeSpan EndedChildrenCpuTime { get; }

    /// <summary>Resident memory of this process, bytes. Cheap where it is cheap, else the last value that was read.</summary>
    long ResidentBytes { get; }

    /// <summary>The living descendants. Slow: read by the sampling thread, or at an edge when children are known.</summary>
    ChildrenReading ReadLivingChildren();

    /// <summary>
    /// CPU time of all processes of the machine, in all its processors; <see langword="null"/> when the system does not say.
    /// Slow, and coarse: for the sampling thread.
    /// </summary>
    TimeSpan? MachineCpuTime { get; }

    /// <summary>The numbers of this process and of the descendants that the last <see cref="ReadLivingChildren"/> found.</summary>
    IReadOnlyCollection<int> ProcessIds { get; }

    /// <summary>Whether those are the numbers that a driver knows them by, which they are not in a container.</summary>
    bool HasHostProcessIds { get; }

    /// <summary>A handle on the CPU clock of the calling thread that any thread can read.</summary>
    ThreadClock CurrentThreadClock();

    /// <summary>
    /// Threads on which the run-time itself works for the process as a whole, such as the one that compiles hot methods
    /// anew: what they do while a test sleeps is not the test's. Slow: for the sampling thread.
    /// </summary>
    IReadOnlyList<ThreadClock> FindRuntimeThreads();

    /// <summary>CPU time of a thread; <see langword="false"/> when it has ended or its clock cannot be read.</summary>
    bool TryRead(ThreadClock thread, out TimeSpan cpuTime);
}

/// <summary>The living descendants of this process.</summary>
/// <param name="Count">How many.</param>
/// <param name="CpuTime">Their CPU time, with that of their own ended children.</param>
/// <param name="ResidentBytes">Their resident memory.</param>
internal readonly record struct ChildrenReading(int Count, TimeSpan CpuTime, long ResidentBytes);

/// <summary>The CPU clock of one thread.</summary>
internal readonly record struct ThreadClock(int Id);
