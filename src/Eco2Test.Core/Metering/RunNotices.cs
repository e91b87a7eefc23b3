using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>What a run says beside its figures: of its settings, its sensors and its windows, what is wrong, what fails, and what nobody can tell.</summary>
internal sealed class RunNotices(RunJournal journal, SensorSet sensors, IReadOnlyList<GpuMeter> gpus)
{
    // What was said last of each sensor: a steady state says nothing, and allocates nothing.
    private readonly Dictionary<object, string> _faults = [];
    private readonly Dictionary<object, string> _remarks = [];
    private readonly HashSet<GpuMeter> _sampled = [];

    /// <summary>At the start: what is wrong with what the user set, and which tables of theirs take the place of ours.</summary>
    public void OfSettings(IReadOnlyList<string> problems, string? actualProblem, RegionCatalog regions)
    {
        foreach (var problem in problems)
        {
            journal.Notice(DiagnosticCodes.SettingUnreadable, problem[(problem.IndexOf(':') + 2)..]);
        }

        if (actualProblem is not null)
        {
            journal.Notice(DiagnosticCodes.SettingUnreadable, actualProblem);
        }

        foreach (var replaced in regions.Replaced())
        {
            journal.Notice(DiagnosticCodes.IntensityRemark, replaced);
        }
    }

    /// <summary>At the start: what may not be read, and what cannot be believed.</summary>
    public void OfMachine(CpuPowerModel cpuModel)
    {
        if (cpuModel.Problem is { } unsound)
        {
            journal.Notice(DiagnosticCodes.TrackerFault, unsound);
        }

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

    /// <summary>What must be said of a window that has closed.</summary>
    public void OfWindow(TrackingWindow window, ClosedWindow closed, bool isSynchronized)
    {
        if (window.Request is { Minimum.Ticks: > 0 } request && window.Runs == 0)
        {
            journal.Notice(DiagnosticCodes.SettingUnreadable, $"MinimumSeconds of {request.Id} is not heeded: only a partial method with its body in a method named …Core is repeated.");
        }

        if (!window.Request.Exempt)
        {
            OfGpus(window.Account.Gpu, isSynchronized);

            // A budget that even the upper bound keeps does not depend on neighbours: nothing is to be done.
            if (closed.Overlap is { } overlap && closed.HangsOnBounds)
            {
                journal.Notice(DiagnosticCodes.BudgetNotMeasurable, overlap);
            }
        }
    }

    private void OfGpus(BoundedEnergy gpuEnergy, bool isSynchronized)
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
