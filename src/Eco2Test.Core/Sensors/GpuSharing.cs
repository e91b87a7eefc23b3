namespace Eco2Test.Sensors;

/// <summary>Whose a GPU's active energy is, by what its driver tells of the processes that use it.</summary>
internal static class GpuSharing
{
    /// <summary>
    /// Decides for one interval. Allocates nothing.
    /// <list type="bullet">
    /// <item>The user says that the run has the GPU for itself: it is ours.</item>
    /// <item>The driver does not tell, the GPU is divided, or its numbers of processes are not those that we know (in a container
    /// they are the host's, and an empty list only means that the driver hides them): nobody knows.</item>
    /// <item>None of our processes has a context on it: not ours. All that have are ours: ours.</item>
    /// <item>Else by the time of the multiprocessors. Where the driver does not tell that for every process, or nobody had any,
    /// every process counts the same, and that is a guess: it may have been none of ours or all.</item>
    /// </list>
    /// </summary>
    /// <param name="processesKnown">Whether the driver told which processes use the GPU.</param>
    /// <param name="processes">Those that it told.</param>
    /// <param name="ownProcessIds">The numbers of this process and its descendants.</param>
    /// <param name="hasHostProcessIds">Whether those are numbers of the same kind as the driver's.</param>
    /// <param name="isPartitioned">Whether the GPU is divided into instances.</param>
    /// <param name="assertedExclusive">Whether the user says that nobody else uses it.</param>
    public static GpuUse Of(
        bool processesKnown,
        List<GpuProcess> processes,
        IReadOnlyCollection<int> ownProcessIds,
        bool hasHostProcessIds,
        bool isPartitioned,
        bool assertedExclusive)
    {
        if (assertedExclusive)
        {
            return new GpuUse(GpuUseKind.Ours, 1);
        }

        if (!processesKnown || isPartitioned || !hasHostProcessIds)
        {
            return new GpuUse(GpuUseKind.Unknown, 1) { IsGuess = true };
        }

        var (own, ownTime, allTime, isTimeKnown) = (0, 0.0, 0.0, true);
        foreach (var process in processes)
        {
            var isOwn = ownProcessIds.Contains(process.Id);
            var time = process.SmUtilization ?? 0;
            own += isOwn ? 1 : 0;
            ownTime += isOwn ? time : 0;
            allTime += time;
            isTimeKnown &= process.SmUtilization is not null;
        }

        return own == 0 ? new GpuUse(GpuUseKind.NotOurs, 0)
            : own == processes.Count ? new GpuUse(GpuUseKind.Ours, 1)
            : isTimeKnown && allTime > 0 ? new GpuUse(GpuUseKind.Shared, Math.Clamp(ownTime / allTime, 0, 1))
            : new GpuUse(GpuUseKind.Shared, (double)own / processes.Count) { IsGuess = true };
    }

    /// <summary>For a notice: why it is not known whose a GPU's energy is, what is done about it, and what would help.</summary>
    /// <param name="device">The GPU's name.</param>
    /// <param name="reason">Why the driver does not tell; <see langword="null"/> when it does, but by numbers that are not ours.</param>
    public static string DescribeUnknown(string device, string? reason) =>
        $"Whose the energy of {device} is, is not known: {reason ?? "in a container the driver's numbers of processes are those of the host"}. "
        + "It is charged as if all of it were this run's, with bounds from none of it to all of it. "
        + "To say which GPUs the run has for itself, set ECO2TEST_GPUS to their indices, such as ECO2TEST_GPUS=\"0\".";
}

/// <summary>Whose a GPU's active energy is.</summary>
internal enum GpuUseKind
{
    /// <summary>No process of ours has a context on it: its energy is untracked.</summary>
    NotOurs,

    /// <summary>Nobody but us uses it.</summary>
    Ours,

    /// <summary>Others use it too.</summary>
    Shared,

    /// <summary>It cannot be told: anything from none to all of it may be ours.</summary>
    Unknown,
}

/// <summary>Whose a GPU's active energy is, and how much of it is ours.</summary>
/// <param name="Kind">Whose.</param>
/// <param name="Share">The part that is charged to us, from 0 to 1.</param>
internal readonly record struct GpuUse(GpuUseKind Kind, double Share)
{
    /// <summary>Whether the share is a guess: then bounds run from none to all.</summary>
    public bool IsGuess { get; init; }
}
