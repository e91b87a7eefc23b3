namespace Eco2Test.Sensors;

internal enum GpuUseKind
{
    NotOurs,
    Ours,
    Shared,
    Unknown,
}

internal readonly record struct GpuUse(GpuUseKind Kind, double Share);

internal static class GpuSharing
{
    public static GpuUse Of(bool processesKnown, List<GpuProcess> processes, IReadOnlyCollection<int> ownProcessIds, bool hasHostProcessIds, bool isPartitioned, bool assertedExclusive) =>
        assertedExclusive ? new(GpuUseKind.Ours, 1) : processesKnown && hasHostProcessIds && !processes.Exists(process => ownProcessIds.Contains(process.Id)) ? new(GpuUseKind.NotOurs, 0) : new(GpuUseKind.Unknown, 1);
}
