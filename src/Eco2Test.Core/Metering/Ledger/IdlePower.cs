using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// What a device draws without work: the lowest power that was seen. A counter that refreshes now and then shows one refresh
/// more or less in a stretch of time, so the lowest of many stretches is too low: all that are as low as the lowest, but for
/// that, are taken together.
/// </summary>
internal sealed class IdlePower
{
    /// <summary>Refreshes in a stretch at least.</summary>
    private const int StretchInPeriods = 10;

    /// <summary>What a first guess may be off.</summary>
    private const double DoubtOfGuess = 0.1;

    private static readonly TimeSpan ShortestStretch = TimeSpan.FromSeconds(1);

    private PowerStretch _stretch;
    private Energy _energy;
    private TimeSpan _time;

    /// <summary><see langword="null"/> until a first stretch, or guess.</summary>
    public Power? Power { get; private set; }

    /// <summary>What it drew at a moment when nobody seemed to work.</summary>
    public void Guess(Power power) => Power = power;

    /// <summary>Takes what was counted in an interval.</summary>
    public void Learn(Energy energy, TimeSpan elapsed, TimeSpan updatePeriod)
    {
        var least = updatePeriod * StretchInPeriods > ShortestStretch ? updatePeriod * StretchInPeriods : ShortestStretch;
        if (_stretch.Add(energy, elapsed, least) is not { } power)
        {
            return;
        }

        // One refresh more in this one, one less in those before.
        var tolerance = 2.2 * (updatePeriod / least);
        if (Power is not { } idle || power < idle * (1 - tolerance))
        {
            (Power, _energy, _time) = (power, power * least, least);
        }
        else if (power <= idle * (1 + tolerance))
        {
            _energy += power * least;
            _time += least;
            Power = _energy / _time;
        }
    }

    /// <summary>How far it may be off, as a part of it.</summary>
    public double Doubt(TimeSpan updatePeriod) => _time > TimeSpan.Zero ? Math.Min(DoubtOfGuess, updatePeriod / _time) : DoubtOfGuess;
}
