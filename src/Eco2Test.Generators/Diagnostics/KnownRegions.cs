using Eco2Test.Carbon;
using Eco2Test.Generators.Settings;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>The regions that a project may name: those that the product ships, read once from the same tables as at run time, and before them the project's own.</summary>
internal static class KnownRegions
{
    private static readonly Lazy<RegionNames> Shipped = new(() =>
    {
        using var intensities = Open("grid-intensity.csv");
        using var aliases = Open("grid-aliases.csv");
        using var clouds = Open("cloud-regions.csv");
        using var countries = Open("iso-3166-1.csv");
        return new RegionNames(intensities, aliases, clouds, countries);
    });

    /// <summary>By what is in a table of a user, so that it is read once for all who ask.</summary>
    public static readonly SourceTextValueProvider<RegionNames> WithOwn = new(static text =>
        UserRegions.Read(text.ToString()).Rows is { Count: > 0 } own ? new RegionNames(Shipped.Value, own) : Shipped.Value);

    /// <summary>Those of a compilation, read when somebody asks.</summary>
    /// <param name="options">What the analyzers of the compilation are given.</param>
    /// <param name="cached">Asks the compilation for what <see cref="WithOwn"/> makes of a text.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static Lazy<RegionNames> Of(AnalyzerOptions options, Func<SourceText, RegionNames?> cached, CancellationToken cancellation) => new(() =>
        (RegionsFile.Find(options, cancellation)?.GetText(cancellation) is { } text ? cached(text) : null) ?? Shipped.Value);

    /// <summary>What is wrong with <paramref name="region"/>, or <see langword="null"/>.</summary>
    public static string? Problem(this RegionNames regions, string region) => regions.CodeOf(region) is null ? regions.Explain(region) : null;

    private static StreamReader Open(string table) => new(typeof(KnownRegions).Assembly.GetManifestResourceStream(table)!);
}
