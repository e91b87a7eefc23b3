using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>The carbon intensity of one region's grid, and how it is known.</summary>
/// <param name="Code">ISO 3166-1 or -2 code, such as <c>FR</c> or <c>US-CA</c>.</param>
/// <param name="Name">The region's name.</param>
/// <param name="Country">ISO 3166-1 code of the country; empty for an aggregate of countries.</param>
/// <param name="Intensity">gCO2e per kWh.</param>
/// <param name="Kind"><c>average</c> or <c>marginal</c>.</param>
/// <param name="Basis"><c>lifecycle</c> (with what building and fuelling the plants emits) or <c>direct</c> (the stack only).</param>
/// <param name="Boundary"><c>production</c> or <c>consumption</c> (with imports).</param>
/// <param name="Year">The year of the figure; <see langword="null"/> when its source is undated.</param>
/// <param name="Source">Where the figure comes from.</param>
/// <param name="Note">What a reader must know beside that.</param>
internal sealed record GridIntensity(
    string Code, string Name, string Country, CarbonIntensity Intensity, string Kind, string Basis, string Boundary, int? Year, string Source, string? Note);
