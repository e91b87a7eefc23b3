using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>The attempts of one test so far, one after the other.</summary>
internal sealed class TestAttempts
{
    private readonly object _gate = new();
    private int _begun;
    private int _ended;
    private double _joules;
    private double _low;
    private double _high;
    private double _grams;

    /// <summary>One begins.</summary>
    /// <returns>Its number, from 1.</returns>
    public int Begin() => Interlocked.Increment(ref _begun);

    /// <summary>One has ended.</summary>
    /// <returns>All of them, added up; <see langword="null"/> while there is only one.</returns>
    public ReportAttempts? End(Measurement measured)
    {
        lock (_gate)
        {
            _joules += measured.Energy.Joules;
            _low += measured.EnergyLow.Joules;
            _high += measured.EnergyHigh.Joules;
            _grams += measured.Emissions.Grams;
            return ++_ended < 2 ? null : new() { Count = _ended, EnergyJoules = _joules, LowJoules = _low, HighJoules = _high, EmissionsGrams = _grams };
        }
    }
}
