namespace Eco2Test.Sensors;

/// <summary>
/// Looks for NVIDIA's GPUs. A driver is called on a thread of its own: one that does not answer delays the start of a run by
/// a limit, and no more. Where there is no driver nothing is waited for.
/// </summary>
internal static class NvmlSearch
{
    /// <summary>A driver that must first wake its GPUs has been seen to take seconds.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(5);

    public static (IReadOnlyList<IGpuSensor> Gpus, MissingSensor? Missing) Find(TimeProvider time) =>
        NvmlLibrary.Find(out var library) is { } missing ? ([], missing) : Within(StartLimit, () => Start(library, time));

    /// <summary>What a call of the driver gives, if it gives it in time.</summary>
    internal static (IReadOnlyList<IGpuSensor> Gpus, MissingSensor? Missing) Within(
        TimeSpan limit, Func<(IReadOnlyList<IGpuSensor> Gpus, MissingSensor? Missing)> find)
    {
        (IReadOnlyList<IGpuSensor>, MissingSensor?)? found = null;
        var thread = new Thread(() => found = Try(find)) { IsBackground = true, Name = "Eco2Test GPU start" };
        thread.UnsafeStart();
        return thread.Join(limit) && found is { } result
            ? result
            : ([], new MissingSensor("NVML", "The NVIDIA driver has not answered when it was started.", "The command nvidia-smi hangs too then: restart the driver, or the machine.") { IsDenied = true });
    }

    private static (IReadOnlyList<IGpuSensor>, MissingSensor?) Start(nint library, TimeProvider time)
    {
        var nvml = NvmlLibrary.Start(library, out var missing);
        return (NvmlSensor.FindAll(nvml, time), missing);
    }

    private static (IReadOnlyList<IGpuSensor>, MissingSensor?) Try(Func<(IReadOnlyList<IGpuSensor>, MissingSensor?)> find)
    {
        try
        {
            return find();
        }
        catch (Exception fault)
        {
            return ([], new MissingSensor("NVML", $"Looking for it failed: {fault.Message}", null));
        }
    }
}
