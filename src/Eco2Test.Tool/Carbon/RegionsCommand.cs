using System.CommandLine;
using Eco2Test.Carbon;

namespace Eco2Test.Tool;

/// <summary><c>eco2test regions</c>: which regions there are, of grids and of clouds, and what their electricity emits.</summary>
internal static class RegionsCommand
{
    private const string Examples =
        """
        Examples:
          eco2test regions
          eco2test regions FR
          eco2test regions aws:eu-west-3
          eco2test regions paris
          eco2test regions "new south wales" --format json

        """;

    public static Command Create(Terminal terminal)
    {
        var query = new Argument<string[]>("QUERY")
        {
            Description = "Part of a code, a name, an alias or a region of a cloud, in any case; one that is meant exactly is shown in full. Without it, all regions.",
            Arity = ArgumentArity.ZeroOrMore,
        }.WithoutOptions();
        var format = new Option<string>("--format") { Description = "text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");

        var command = new ExplainedCommand("regions", "Search the regions of grids and clouds whose carbon intensity is known, with kind, year and source.", Examples) { query, format };
        command.SetAction(parsed => Run(string.Join(' ', parsed.GetValue(query) ?? []), parsed.GetValue(format) == "json", terminal));
        return command;
    }

    private static int Run(string query, bool json, Terminal terminal)
    {
        var catalog = RegionCatalog.Default;
        var found = new FoundRegions(catalog.FindPlace(query), [.. catalog.Search(query)], [.. catalog.SearchClouds(query)]);
        if (found.Exactly is null && found.Grids.Count + found.Clouds.Count == 0)
        {
            throw new InputException(ToolCodes.UnknownRegion, catalog.Explain(query));
        }

        // What else has these letters in its name is no answer for a country whose figure is missing.
        if (found.Exactly is null && catalog.WithoutFigure(query) is { } missing)
        {
            terminal.Error.WriteLine($"{missing}.");
        }

        terminal.Output.Write(json ? RegionsJson.Write(found) : RegionsText.Write(found, terminal.Width));
        return ExitCode.Done;
    }
}

/// <summary>What was found of a query.</summary>
/// <param name="Exactly">The region that it means; <see langword="null"/> when it means none.</param>
/// <param name="Grids">Those of grids that match, the one that is meant first.</param>
/// <param name="Clouds">Those of clouds that match.</param>
internal sealed record FoundRegions(Place? Exactly, IReadOnlyList<GridIntensity> Grids, IReadOnlyList<Place> Clouds);
