namespace Eco2Test.Hardware;

/// <summary>
/// How far a machine may be from the straight line between rest and full load, by its load: as factors of that line. The
/// figures come from a study of the curves that are known (docs/methodology.md, "How good the bounds are").
/// </summary>
internal static class CpuLoadBounds
{
    /// <summary>
    /// The most that any of six curves draws above the line, 0.221 of (1 − load) ÷ load + 0.2, times 1.1: with that, what
    /// five curves say contains the sixth.
    /// </summary>
    public const double Above = 0.221 * 1.1;

    /// <summary>The most that any of six curves stays below the line, 0.221 of its range, times 1.4: with that, what five curves say contains the sixth.</summary>
    public const double Below = 0.221 * 1.4;

    /// <summary>
    /// What a CPU second is charged at least, as a part of the line. If it might cost nothing, no budget could be exceeded on
    /// a machine that is hardly loaded: this gives up 6 points of 120, all below 25 % of load.
    /// </summary>
    public const double LeastCharged = 0.2;

    /// <summary>The first knot of the curves; about less load than that nothing is known.</summary>
    private const double LeastLoad = 0.05;

    // How far two curves of one processor are apart, the only test of the curves against each other: by load, and below
    // 15 % of it by what waking up costs.
    private const double Apart = 0.10;
    private const double ApartByLoad = 0.05;
    private const double ApartInWaking = 0.17;
    private const double Waking = 0.15;
    private const double Awake = 0.05;

    /// <summary>Of a machine whose curve is known: between the line and its curve, and what curves of one processor are apart.</summary>
    public static (double Low, double High) OfCurve(PowerCurve curve, double load)
    {
        load = Known(load);
        var factor = curve.FactorOfLine(load);
        var apart = Apart + (ApartByLoad / load) + (ApartInWaking * Math.Clamp((Waking - load) / Awake, 0, 1) / load);
        return (Math.Max(0, Math.Min(1, factor) - apart), Math.Max(1, factor) + apart);
    }

    /// <summary>Of a machine of which only something is known at full load.</summary>
    public static (double Low, double High) OfUnknownCurve((double Low, double High) full, double load)
    {
        load = Known(load);
        return (full.Low * LeastOfLine(load, Below), full.High * MostOfLine(load, Above));
    }

    internal static double LeastOfLine(double load, double below) => Math.Max(0, 1 - (below / load));

    internal static double MostOfLine(double load, double above) => 1 + (above * (((1 - load) / load) + 0.2));

    private static double Known(double load) => double.IsNaN(load) ? LeastLoad : Math.Clamp(load, LeastLoad, 1);
}
