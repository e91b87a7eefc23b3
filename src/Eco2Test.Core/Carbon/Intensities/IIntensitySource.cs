using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>
/// Tells the carbon intensity of a place over an interval. A source that cannot tell says so by an exception; what it leaves
/// out of a series is not known, and is never zero.
/// </summary>
internal interface IIntensitySource
{
    /// <summary>What it is called on the command line and in reports: <c>electricity-maps</c>.</summary>
    string Name { get; }

    /// <summary>Which question it answers: where it cannot tell, a table that answers the same stands in for it, and no other.</summary>
    IntensityKind Kind { get; }

    /// <summary>The intensity over the interval, as it was or as it is forecast.</summary>
    /// <exception cref="IntensitySourceException">It cannot tell; the message says why, and what would help.</exception>
    Task<IntensitySeries> ReadAsync(IntensityQuery query, CancellationToken cancelled);
}

/// <summary>What a source is asked.</summary>
/// <param name="Place">Where.</param>
/// <param name="From">From when.</param>
/// <param name="To">Until when; later than <paramref name="From"/>.</param>
internal sealed record IntensityQuery(Place Place, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether a forecast is wanted, from <see cref="From"/> as far as it goes; else what was.</summary>
    public bool IsForecast { get; init; }
}

/// <summary>Which question an intensity answers; the two are never mixed.</summary>
internal enum IntensityKind
{
    /// <summary>What a kWh emits on average.</summary>
    Average,

    /// <summary>What one kWh more makes the plants emit.</summary>
    Marginal,
}

/// <summary>The carbon intensity of a place by time.</summary>
internal sealed record IntensitySeries
{
    /// <summary>Who says so, such as <c>Electricity Maps v3</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The place as the source calls it, such as <c>FR</c> or <c>CAISO_NORTH</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>Which question it answers.</summary>
    public required IntensityKind Kind { get; init; }

    /// <summary><c>lifecycle</c> or <c>direct</c>.</summary>
    public required string Basis { get; init; }

    /// <summary><c>production</c> or <c>consumption</c>.</summary>
    public required string Boundary { get; init; }

    /// <summary>The year of figures of a whole year; <see langword="null"/>: each is of its own time, or undated.</summary>
    public int? Year { get; init; }

    /// <summary>In the order of time, without overlaps; with gaps where it is not known.</summary>
    public required IReadOnlyList<IntensityPoint> Points { get; init; }

    /// <summary>What a reader must know to trust it, such as <c>1 of 24 hours has no value</c>.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

/// <summary>The intensity of one interval.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="Intensity">gCO2e per kWh.</param>
internal readonly record struct IntensityPoint(DateTimeOffset From, DateTimeOffset To, CarbonIntensity Intensity)
{
    /// <summary>Whether the source estimated it, and will correct it later.</summary>
    public bool IsEstimated { get; init; }
}

/// <summary>A source cannot tell an intensity: it has none, refuses, or was not reached.</summary>
internal sealed class IntensitySourceException(string message, Exception? inner = null) : Exception(message, inner);
