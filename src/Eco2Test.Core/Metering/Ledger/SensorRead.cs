using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>Reads sensors that may break their promise not to throw: a fault of theirs is no fault of the program that is measured.</summary>
internal static class SensorRead
{
    /// <summary>More than any device has ever used: a figure above it is an error, and sums of them would be no numbers.</summary>
    private const double MostJoules = 1e15;

    public static bool TryRead(IEnergySensor sensor, out Energy cumulative)
    {
        try
        {
            return sensor.TryRead(out cumulative) && cumulative.Joules is >= -MostJoules and <= MostJoules;
        }
        catch (Exception)
        {
            // What it cannot do it says in its fault, or the report says that it is silent.
            cumulative = Energy.Zero;
            return false;
        }
    }
}
