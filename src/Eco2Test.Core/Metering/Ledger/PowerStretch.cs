using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>Mean power over stretches that are long enough to hold several refreshes of a counter.</summary>
internal struct PowerStretch
{
    private Energy _energy;
    private TimeSpan _time;

    /// <summary>The mean power of the stretch that ends here; <see langword="null"/> while it is too short.</summary>
    public Power? Add(Energy energy, TimeSpan time, TimeSpan least)
    {
        _energy += energy;
        _time += time;
        if (_time < least || _time <= TimeSpan.Zero)
        {
            return null;
        }

        var power = _energy / _time;
        (_energy, _time) = (Energy.Zero, TimeSpan.Zero);
        return power;
    }
}
