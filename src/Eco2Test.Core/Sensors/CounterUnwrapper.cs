using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// Makes a sum that never decreases of a device's energy counter, which starts anew when it is full, and loses its value
/// when its driver is loaded anew or the machine slept.
/// </summary>
/// <remarks>
/// What a step means is told by what is possible: a smaller value is a wrap when the energy up to the end of the counter and
/// on from its start can have been drawn in the time, else a reset; so is a step forward that nothing can have drawn. What was
/// drawn around a reset is lost, and <see cref="Remark"/> says for how long. The time is that of a monotonic clock, which on
/// Linux stands still while the machine sleeps: what a counter counted during sleep is then too much for the time, and is lost
/// likewise, as it should be: no test drew it.
/// </remarks>
/// <param name="device">Whose counter it is, for <see cref="Remark"/>.</param>
/// <param name="joulesPerUnit">The counter's unit.</param>
/// <param name="modulus">How many units a full round has; <see langword="null"/> or zero when it is not known: then no smaller value is a wrap.</param>
/// <param name="largestPower">More than such a device can draw.</param>
/// <param name="slack">How old a value may be when it is read: what it gained since may show all at once.</param>
internal sealed class CounterUnwrapper(string device, double joulesPerUnit, ulong? modulus, Power largestPower, TimeSpan slack)
{
    private bool _hasValue;
    private ulong _last;
    private ulong _sum;
    private int _resets;
    private int _unsure;
    private TimeSpan _lost;

    /// <summary>The energy up to the last value, from where the first one stood.</summary>
    public Energy Cumulative => Energy.FromJoules(_sum * joulesPerUnit);

    /// <summary>What was lost, or may have been; <see langword="null"/> when nothing was.</summary>
    public string? Remark { get; private set; }

    /// <summary>Takes the counter's value; returns the sum.</summary>
    /// <param name="value">In units.</param>
    /// <param name="sinceLast">The time since the last value; of no matter for the first.</param>
    public Energy Advance(ulong value, TimeSpan sinceLast)
    {
        if (!_hasValue)
        {
            (_hasValue, _last, _sum) = (true, value, value);
            return Cumulative;
        }

        var passed = sinceLast > TimeSpan.Zero ? sinceLast : TimeSpan.Zero;
        var possible = largestPower.Watts * (passed.TotalSeconds + slack.TotalSeconds) / joulesPerUnit;
        if (StepTo(value) is { } step && step <= possible && step <= ulong.MaxValue - _sum)
        {
            _sum += step;
            if (modulus is > 0 and { } round && step + (double)round <= possible)
            {
                _unsure++;
                Say();
            }
        }
        else
        {
            _resets++;
            _lost += _lost < TimeSpan.MaxValue - passed ? passed : TimeSpan.Zero;
            Say();
        }

        _last = value;
        return Cumulative;
    }

    private ulong? StepTo(ulong value) =>
        value >= _last ? value - _last
        : modulus is { } round && round >= _last ? round - _last + value
        : null;

    private void Say()
    {
        var resets = _resets == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"the counter jumped {Times(_resets)} (its driver was loaded anew, or the machine slept), and the energy of {_lost.TotalSeconds:0.###} s is not counted");
        var unsure = _unsure == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"{Times(_unsure)} it was not read for so long that it may have started anew more than once, and the least that fits is counted");
        Remark = $"{device}: {resets}{(resets.Length > 0 && unsure.Length > 0 ? "; " : "")}{unsure}.";
    }

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
