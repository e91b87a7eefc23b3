using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// What work costs that is not measured: power of its devices × time × PUE × carbon intensity. The central figures are
/// missing where nobody said how busy the devices are.
/// </summary>
/// <param name="Devices">What works.</param>
/// <param name="Time">For how long.</param>
/// <param name="Price">Where.</param>
internal sealed record Estimate(IReadOnlyList<DeviceLoad> Devices, TimeSpan Time, Price Price)
{
    /// <summary>The part of the whole work that this is, above 0 and at most 1.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>Mean power of the devices.</summary>
    public Estimated<Power> Power { get; } = new(
        Sum(Devices.Select(device => device.Power.Low)),
        Devices.All(device => device.Power.Central is not null) ? Sum(Devices.Select(device => device.Power.Central!.Value)) : null,
        Sum(Devices.Select(device => device.Power.High)));

    /// <summary>Energy of the devices.</summary>
    public Estimated<Energy> Energy => Power.Select(power => power * Time);

    /// <summary>The same with what the building adds.</summary>
    public Estimated<Energy> BuildingEnergy => Energy.Select(energy => energy * Price.Pue);

    /// <summary>What generating that emits.</summary>
    public Estimated<Emissions> Emissions => BuildingEnergy.Select(energy => energy * Price.Grid.Intensity);

    /// <summary>Energy of the devices for the whole work, of which this is a part.</summary>
    public Estimated<Energy> WholeEnergy => Energy.Select(energy => energy / Fraction);

    /// <summary>Emissions of the whole work.</summary>
    public Estimated<Emissions> WholeEmissions => Emissions.Select(emissions => emissions / Fraction);

    private static Power Sum(IEnumerable<Power> powers) => powers.Aggregate(Units.Power.Zero, (sum, power) => sum + power);
}
