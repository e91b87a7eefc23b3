using Eco2Test.Cost;
using Eco2Test.Units;

namespace Eco2Test;

/// <summary>
/// What the energy of a tracker cost so far: what was used between two readings has the mean price of that time, so readings
/// come at least as often as the price changes.
/// </summary>
internal sealed class TrackerCost(TariffClock tariff, double pue, DateTimeOffset startedAt)
{
    private DateTimeOffset _bookedAt = startedAt;
    private Energy _booked;
    private double _amount;

    /// <summary>The cost of all energy up to now.</summary>
    public ElectricityCost Book(Measurement measurement, DateTimeOffset now)
    {
        _amount += Amount(measurement.Energy - _booked, _bookedAt, now - _bookedAt);
        (_booked, _bookedAt) = (measurement.Energy, now);
        return Cost(measurement, _amount);
    }

    /// <summary>The cost of a stretch by itself.</summary>
    public ElectricityCost Of(Measurement measurement, DateTimeOffset startedAt) =>
        Cost(measurement, Amount(measurement.Energy, startedAt, measurement.Duration));

    /// <summary>How long the price stays as it is, at least.</summary>
    public TimeSpan? TimeToChange(DateTimeOffset now) => tariff.IsFlat ? null : tariff.NextEdge(now) - now;

    private double Amount(Energy energy, DateTimeOffset from, TimeSpan duration) =>
        energy.KilowattHours * pue * tariff.MeanPricePerKilowattHour(from, duration);

    private ElectricityCost Cost(Measurement measurement, double amount)
    {
        var (low, high) = measurement.Energy > Energy.Zero
            ? (measurement.EnergyLow / measurement.Energy, measurement.EnergyHigh / measurement.Energy)
            : (1, 1);
        return new ElectricityCost { Amount = amount, LowAmount = amount * low, HighAmount = amount * high, Tariff = tariff.Report };
    }
}
