using Eco2Test.Carbon;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>The regions that the product ships, read once from the same tables as at run time.</summary>
internal static class KnownRegions
{
    private static readonly Lazy<RegionNames> Names = new(() =>
    {
        using var intensities = Open("grid-intensity.csv");
        using var aliases = Open("grid-aliases.csv");
        using var clouds = Open("cloud-regions.csv");
        using var countries = Open("iso-3166-1.csv");
        return new RegionNames(intensities, aliases, clouds, countries);
    });

    /// <summary>What is wrong with <paramref name="region"/>, or <see langword="null"/>.</summary>
    public static string? Problem(string region) => Names.Value.CodeOf(region) is null ? Names.Value.Explain(region) : null;

    /// <summary>What was probably meant by what is no region, or <see langword="null"/>.</summary>
    public static string? Suggest(string region) => Names.Value.Suggest(region);

    /// <summary>The code of the grid that a region is on, or <see langword="null"/>.</summary>
    public static string? CodeOf(string region) => Names.Value.CodeOf(region);

    /// <summary>Whether a region is one of a cloud.</summary>
    public static bool IsOfCloud(string region) => Names.Value.IsOfCloud(region);

    private static StreamReader Open(string table) => new(typeof(KnownRegions).Assembly.GetManifestResourceStream(table)!);
}
