using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>A counter of a processor or of memory that a test turns.</summary>
internal sealed class FakeCounter(EnergyDomain domain = EnergyDomain.Package) : IEnergySensor
{
    public EnergyChannel Channel { get; init; } = new("package-0", "fake-counter", domain, Provenance.Measured, TimeSpan.FromMilliseconds(1));

    public bool Works { get; set; } = true;

    public bool Throws { get; set; }

    public Energy Cumulative { get; set; } = Energy.FromJoules(1000);

    public string? Fault => Works ? null : "package-0: gone";

    public string? Remark { get; set; }

    public bool IsDisposed { get; private set; }

    public bool TryRead(out Energy cumulative)
    {
        cumulative = Cumulative;
        return Throws ? throw new InvalidOperationException("a driver's fault") : Works;
    }

    public void Count(double joules) => Cumulative += Energy.FromJoules(joules);

    public void Dispose() => IsDisposed = true;
}
