using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

internal sealed class FakeSensor : IEnergySensor
{
    public EnergyChannel Channel { get; } = new("Fake GPU", "fake-counter", Provenance.Measured, TimeSpan.FromMilliseconds(100));

    public bool Works { get; set; } = true;

    public Energy Cumulative { get; set; }

    public string? Fault => Works ? null : "Fake GPU: lost";

    public bool TryRead(out Energy cumulative)
    {
        cumulative = Cumulative;
        return Works;
    }

    public void Dispose()
    {
    }
}
