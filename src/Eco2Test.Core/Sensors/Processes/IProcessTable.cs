namespace Eco2Test.Sensors;

/// <summary>The processes of the machine, as the operating system lists them. No member throws.</summary>
internal interface IProcessTable : IDisposable
{
    /// <summary>Whether children are told by their parents, so that a whole tree is seen; else processes are known by their names only.</summary>
    bool SeesTrees { get; }

    /// <summary>
    /// The processes that are followed and still live, their new children, and, where <paramref name="lookForAll"/>, every
    /// other of this user. Cheap without it: for a sample each 50 ms. Parents come before their children as a rule.
    /// </summary>
    /// <param name="lookForAll">Whether the whole machine is looked through, which is slow.</param>
    IReadOnlyList<ProcessReading> Read(bool lookForAll);

    /// <summary>From now on these are followed, and no others.</summary>
    void Follow(IReadOnlyCollection<int> processes);

    /// <summary>The command line of a process, its arguments each by itself; empty when it has ended or nobody says.</summary>
    IReadOnlyList<string> CommandLine(int processId);
}

/// <summary>A process at a moment. Its number and its start tell it from all others.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Started">When it started, in units that only compare.</param>
/// <param name="Parent">The number of its parent; of an orphan, that of whoever took it over.</param>
/// <param name="CpuTime">CPU time of its threads.</param>
/// <param name="CpuTimeOfEnded">CPU time of children that have ended and that it has waited for, with theirs.</param>
/// <param name="ResidentBytes">Resident memory.</param>
internal readonly record struct ProcessReading(int Id, long Started, int Parent, TimeSpan CpuTime, TimeSpan CpuTimeOfEnded, long ResidentBytes);
