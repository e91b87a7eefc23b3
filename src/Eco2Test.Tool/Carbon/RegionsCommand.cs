using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eco2Test.Carbon;

namespace Eco2Test.Tool;

/// <summary><c>eco2test regions</c>: which regions there are, and what their electricity emits.</summary>
internal static class RegionsCommand
{
    private static readonly string[] Headings = ["Code", "Name", "gCO2e/kWh", "Kind", "Basis", "Boundary", "Year", "Source", "Note"];

    public static Command Create(Terminal terminal)
    {
        var query = new Argument<string[]>("QUERY")
        {
            Description = "Part of a code, a name or an alias, in any case; without it, all regions.",
            Arity = ArgumentArity.ZeroOrMore,
        }.WithoutOptions();
        var format = new Option<string>("--format") { Description = "text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");

        var command = new Command("regions", "Search the regions whose carbon intensity is known, with kind, year and source.") { query, format };
        command.SetAction(parsed => Run(string.Join(' ', parsed.GetValue(query) ?? []), parsed.GetValue(format) == "json", terminal));
        return command;
    }

    private static int Run(string query, bool json, Terminal terminal)
    {
        var found = RegionCatalog.Default.Search(query).ToList();
        if (found.Count == 0)
        {
            throw new InputException(ToolCodes.UnknownRegion, RegionCatalog.Default.Explain(query));
        }

        terminal.Output.Write(json ? Json(found) : Text(found));
        return ExitCode.Done;
    }

    private static string Text(IReadOnlyCollection<GridIntensity> regions) => TextTable.Write(Headings, [.. regions.Select(Cells)], rightAligned: 2);

    private static string[] Cells(GridIntensity region) =>
    [
        region.Code, region.Name, region.Intensity.GramsPerKilowattHour.ToString("0.##", CultureInfo.InvariantCulture), region.Kind, region.Basis,
        region.Boundary, region.Year?.ToString(CultureInfo.InvariantCulture) ?? "-", region.Source, region.Note ?? "",
    ];

    private static string Json(IEnumerable<GridIntensity> regions) => JsonSerializer.Serialize(
        regions.Select(region => new RegionRow(
            region.Code, region.Name, region.Intensity.GramsPerKilowattHour, region.Kind, region.Basis, region.Boundary, region.Year, region.Source, region.Note)).ToList(),
        RegionJsonContext.Readable.ListRegionRow) + "\n";
}

/// <summary>A region as JSON; the members are named as in a report.</summary>
internal sealed record RegionRow(
    string Region, string Name, double GramsPerKilowattHour, string Kind, string Basis, string Boundary, int? Year, string Source, string? Note);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<RegionRow>))]
internal sealed partial class RegionJsonContext : JsonSerializerContext
{
    /// <summary>Indented, and accents as they are: it is read by people and programs, not put into a page.</summary>
    public static RegionJsonContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
