namespace Eco2Test.Carbon;

/// <summary>What WattTime calls a place.</summary>
/// <param name="Region">Such as <c>CAISO_NORTH</c>.</param>
/// <param name="Notice">What a reader must know, where the region is not said to be that of the place.</param>
internal sealed record WattTimeRegion(string Region, string? Notice = null)
{
    /// <summary>The region of a cloud's region, else the only one that is known on the grid.</summary>
    /// <param name="place">Where.</param>
    /// <param name="candidates">Those that are known on the grid, when there is not one.</param>
    public static WattTimeRegion? Of(Place place, out IReadOnlyList<string> candidates)
    {
        candidates = [];
        if (place.Cloud?.WattTimeRegion is { } known)
        {
            return new(known);
        }

        var on = CloudRegion.All().Where(cloud => cloud.GridCode == place.Grid.Code && cloud.WattTimeRegion is not null).Select(cloud => cloud.WattTimeRegion!);
        candidates = [.. on.Distinct().Order(StringComparer.Ordinal)];
        return candidates.Count == 1
            ? new(candidates[0], $"WattTime's region {candidates[0]} is taken for {place.Key}: it is the only one that is known there")
            : null;
    }
}
