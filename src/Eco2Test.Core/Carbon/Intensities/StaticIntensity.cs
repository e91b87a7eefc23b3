using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>The intensity of a place by the year, from the tables that the product ships.</summary>
/// <param name="Kind">Which question it answers.</param>
/// <param name="Intensity">gCO2e per kWh.</param>
/// <param name="Zone">Code of the region that the row is of; the marginal intensity is that of a country.</param>
/// <param name="Basis"><c>lifecycle</c> or <c>direct</c>.</param>
/// <param name="Boundary"><c>production</c> or <c>consumption</c>.</param>
/// <param name="Year">The year of the figure; <see langword="null"/> when its source is undated.</param>
/// <param name="Source">Where the figure comes from.</param>
internal sealed record StaticIntensity(IntensityKind Kind, CarbonIntensity Intensity, string Zone, string Basis, string Boundary, int? Year, string Source)
{
    /// <summary>What the tables say of a place; <see langword="null"/> when they do not have this kind of it.</summary>
    public static StaticIntensity? Of(Place place, IntensityKind kind)
    {
        if (kind == IntensityKind.Average)
        {
            var grid = place.Grid;
            return new(kind, grid.Intensity, grid.Code, grid.Basis, grid.Boundary, grid.Year, grid.Source);
        }

        // An operating margin is of the plants that run in the country: of production.
        return MarginalIntensity.Of(place.Grid) is { } marginal
            ? new(kind, marginal.Intensity, marginal.Code, marginal.Basis, "production", marginal.Year, marginal.Source)
            : null;
    }

    /// <summary>As a series of these points.</summary>
    public IntensitySeries Series(IReadOnlyList<IntensityPoint> points) => new()
    {
        Source = Source,
        Zone = Zone,
        Kind = Kind,
        Basis = Basis,
        Boundary = Boundary,
        Year = Year,
        Points = points,
    };

    /// <summary><c>44.2 g/kWh (average, lifecycle, production, 2024, EMBER)</c>.</summary>
    public override string ToString()
    {
        var kind = Kind == IntensityKind.Average ? "average" : "marginal";
        return $"{Intensity} ({kind}, {Basis}, {Boundary}, {Year?.ToString(CultureInfo.InvariantCulture) ?? "undated"}, {Source})";
    }
}
