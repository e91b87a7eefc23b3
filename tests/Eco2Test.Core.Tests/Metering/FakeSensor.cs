using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

internal sealed class FakeSensor : IGpuSensor
{
    public EnergyChannel Channel { get; set; } = new("Fake GPU", "fake-counter", EnergyDomain.Gpu, Provenance.Measured, TimeSpan.FromMilliseconds(100));

    public bool Works { get; set; } = true;

    public Energy Cumulative { get; set; }

    public string? Fault => Works ? null : "Fake GPU: lost";

    public string? Remark { get; set; }

    public List<GpuProcess>? Processes { get; set; }

    public bool TryReadProcesses(List<GpuProcess> processes, out string? reason)
    {
        processes.Clear();
        processes.AddRange(Processes ?? []);
        reason = Processes is null ? "the fake does not say" : null;
        return reason is null;
    }

    public GpuDetails ReadDetails() => new();

    /// <summary>What a reading does first: hang, or throw.</summary>
    public Action Before { get; set; } = () => { };

    public int Reads { get; private set; }

    public bool IsBeingRead { get; private set; }

    public bool TryRead(out Energy cumulative)
    {
        IsBeingRead = true;
        Before();
        IsBeingRead = false;
        Reads++;
        cumulative = Cumulative;
        return Works;
    }

    public void Dispose()
    {
    }
}
