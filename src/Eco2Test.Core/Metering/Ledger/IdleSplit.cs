using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// Splits what a device counted into what it draws without work, which is nobody's, and what it draws above that. A counter
/// that refreshes now and then shows nothing in one interval and twice as much in the next: what an interval lacks of idle
/// energy is owed by the next one, so that refreshing is not taken for work.
/// </summary>
internal struct IdleSplit
{
    private Energy _owed;

    /// <summary>Splits the energy of an interval.</summary>
    /// <param name="energy">What was counted in it.</param>
    /// <param name="elapsed">How long it was.</param>
    /// <param name="idle">What the device draws without work.</param>
    /// <param name="updatePeriod">How often the counter refreshes; more than two periods of idle energy are never owed.</param>
    /// <returns>The part above idle: the rest of <paramref name="energy"/> is idle.</returns>
    public Energy TakeActive(Energy energy, TimeSpan elapsed, Power idle, TimeSpan updatePeriod)
    {
        var balance = energy - (idle * elapsed) - _owed;
        if (balance >= Energy.Zero)
        {
            _owed = Energy.Zero;
            return balance;
        }

        var most = idle * (updatePeriod * 2);
        var owed = Energy.Zero - balance;
        _owed = owed < most ? owed : most;
        return Energy.Zero;
    }
}
