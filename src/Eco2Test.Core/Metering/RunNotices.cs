using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>What a run says of its sensors: what may not be read, what fails, and what nobody can tell.</summary>
internal sealed class RunNotices(RunJournal journal, SensorSet sensors, IReadOnlyList<GpuMeter> gpus)
{
    // What was said last of each sensor: a steady state says nothing, and allocates nothing.
    private readonly Dictionary<object, string> _faults = [];
    private readonly Dictionary<object, string> _remarks = [];
    private readonly HashSet<GpuMeter> _sampled = [];

    /// <summary>At the start.</summary>
    public void Begin()
    {
        foreach (var missing in sensors.Missing.Where(missing => missing.IsDenied))
        {
            journal.Notice(DiagnosticCodes.SensorDenied, missing.Remedy is null ? missing.Reason : $"{missing.Reason} {missing.Remedy}");
        }

        foreach (var gpu in gpus)
        {
            LookAtSource(gpu);
        }
    }

    /// <summary>What sensors have to say now. For the sampling thread.</summary>
    public void Look()
    {
        Look(sensors.Packages, "CPU energy is modeled while that lasts.");
        Look(sensors.Memory, "memory is modeled while that lasts.");
        for (var i = 0; i < gpus.Count; i++)
        {
            Look(gpus[i], gpus[i].Fault, gpus[i].Remark, "its energy is missing while that lasts.");
            LookAtSource(gpus[i]);
        }
    }

    /// <summary>What must be said of a window that used a GPU.</summary>
    public void OfWindow(BoundedEnergy gpuEnergy, bool isSynchronized)
    {
        if (gpuEnergy.Central <= Energy.Zero)
        {
            return;
        }

        if (!isSynchronized)
        {
            journal.Notice(DiagnosticCodes.GpuAsynchronous, "Work on a GPU goes on after the call that started it has returned: what a window leaves behind is booked on the next. Register what waits for it, once: TrackingWindow.SynchronizeWith(() => torch.cuda.synchronize()).");
        }

        for (var i = 0; i < gpus.Count; i++)
        {
            if (gpus[i].OwnerUnknown is { } unknown)
            {
                journal.Notice(DiagnosticCodes.GpuShared, unknown);
            }
        }
    }

    // By its numbers: the enumerator of a list behind an interface would be allocated, ten times a second.
    private void Look(IReadOnlyList<IEnergySensor> sensors, string consequence)
    {
        for (var i = 0; i < sensors.Count; i++)
        {
            Look(sensors[i], sensors[i].Fault, sensors[i].Remark, consequence);
        }
    }

    /// <summary>A GPU that does not answer at the start tells later what it has.</summary>
    private void LookAtSource(GpuMeter gpu)
    {
        if (gpu.Channel.IsSampledPower && _sampled.Add(gpu))
        {
            journal.Notice(DiagnosticCodes.PowerSampled, $"{gpu.Channel.Device} has no energy counter: its power is sampled. A load that repeats in step with the sensor cannot be seen, at any rate; the bounds, a quarter of the figure to almost four times of it, allow for much of that, and not for all.");
        }
    }

    private void Look(object sensor, string? fault, string? remark, string consequence)
    {
        if (fault is not null && IsNew(_faults, sensor, fault))
        {
            journal.Notice(DiagnosticCodes.SensorFault, $"{fault}; {consequence}");
        }

        if (remark is not null && IsNew(_remarks, sensor, remark))
        {
            journal.Notice(DiagnosticCodes.SensorFault, remark);
        }
    }

    private static bool IsNew(Dictionary<object, string> said, object sensor, string text)
    {
        if (said.TryGetValue(sensor, out var last) && last == text)
        {
            return false;
        }

        said[sensor] = text;
        return true;
    }
}
