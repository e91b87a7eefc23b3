using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// The sums of a ledger. <see cref="Whole"/>, <see cref="Tracked"/> and <see cref="Untracked"/> are three accounts, each
/// added up by itself: that the second and third make the first is a check, not a definition. <see cref="Unclaimed"/> is the
/// part of untracked that the process tree used above idle while no window claimed it.
/// </summary>
internal readonly record struct LedgerTotals(
    BoundedEnergy Whole, BoundedEnergy Tracked, BoundedEnergy Untracked, Energy Idle, Energy Correction, Energy Overhead, ActiveUse Unclaimed);
