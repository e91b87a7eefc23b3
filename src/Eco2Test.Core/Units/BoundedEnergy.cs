namespace Eco2Test.Units;

/// <summary>An energy with its bounds: what it is at least, what it most likely is, what it is at most.</summary>
internal readonly record struct BoundedEnergy(Energy Low, Energy Central, Energy High)
{
    public static BoundedEnergy Zero => default;

    /// <summary>An energy known exactly.</summary>
    public static BoundedEnergy Exact(Energy energy) => new(energy, energy, energy);

    public static BoundedEnergy operator +(BoundedEnergy left, BoundedEnergy right) =>
        new(left.Low + right.Low, left.Central + right.Central, left.High + right.High);

    public static BoundedEnergy operator -(BoundedEnergy left, BoundedEnergy right) =>
        new(left.Low - right.Low, left.Central - right.Central, left.High - right.High);

    /// <summary>What generating this energy emits.</summary>
    public static BoundedEmissions operator *(BoundedEnergy energy, CarbonIntensity intensity) =>
        new(energy.Low * intensity, energy.Central * intensity, energy.High * intensity);

    public static BoundedEnergy operator *(BoundedEnergy energy, double factor) =>
        new(energy.Low * factor, energy.Central * factor, energy.High * factor);

    /// <summary>
    /// The part of an energy that one of several windows gets when nothing tells them apart: its share as the central
    /// value, from none of it to all of it.
    /// </summary>
    public BoundedEnergy UncertainShare(double share) => new(Energy.Zero, Central * share, High);

    /// <summary>The energy with bounds that are wider by <paramref name="half"/> on both sides, and none at least.</summary>
    public BoundedEnergy Widened(Energy half) => new(Low > half ? Low - half : Energy.Zero, Central, High + half);

    /// <summary>The energy with its bounds in order.</summary>
    public BoundedEnergy InOrder() => new(Low < Central ? Low : Central, Central, High > Central ? High : Central);
}

/// <summary>Emissions with their bounds.</summary>
internal readonly record struct BoundedEmissions(Emissions Low, Emissions Central, Emissions High);
