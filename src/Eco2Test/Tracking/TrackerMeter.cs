using Eco2Test.Carbon;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test;

/// <summary>
/// What a tracker reads: the account of its window in the run's books, or what all processes of the machine have used since
/// it started. Emissions have the tracker's own price, also where the run's report prices its window as another's.
/// </summary>
internal sealed class TrackerMeter(TrackingRun run, Price price, bool ofMachine)
{
    private MachineUse _start;

    /// <summary>What has been used before is not the tracker's.</summary>
    public void Begin() => _start = ofMachine ? run.LookAtMachine() : default;

    /// <summary>A moment from which another stretch is measured.</summary>
    public MachineUse Mark() => ofMachine ? run.LookAtMachine() : default;

    /// <summary>What the tracker has used up to now.</summary>
    public Measurement Read(TrackingWindow window) => Of(run.Look(window), _start);

    /// <summary>What a window that has closed used; of the machine, since a moment.</summary>
    public Measurement Of(Measurement window, MachineUse since) => Priced(ofMachine ? OfMachine(window, run.LookAtMachine() - since) : window);

    /// <summary>What the whole tracker used, whose window has closed.</summary>
    public Measurement End(Measurement window) => Of(window, _start);

    private Measurement Priced(Measurement measurement)
    {
        var emissions = price.Emissions(new BoundedEnergy(measurement.EnergyLow, measurement.Energy, measurement.EnergyHigh));
        return measurement with { Emissions = emissions.Central, EmissionsLow = emissions.Low, EmissionsHigh = emissions.High };
    }

    private Measurement OfMachine(Measurement window, MachineUse use)
    {
        var total = use.Total;
        var method = run.Method;
        return window with
        {
            Energy = total.Central,
            EnergyLow = total.Low > Energy.Zero ? total.Low : Energy.Zero,
            EnergyHigh = total.High,
            Cpu = use.Cpu.Central,
            Gpu = use.Gpu.Central,
            Ram = use.Ram.Central,
            Self = total.Central,
            CpuTime = TimeSpan.FromSeconds(use.CpuSeconds),
            Provenance = new[] { method.Cpu.Provenance, method.Gpu?.Provenance ?? Provenance.Measured, method.Ram.Provenance }.Max(),
        };
    }
}
