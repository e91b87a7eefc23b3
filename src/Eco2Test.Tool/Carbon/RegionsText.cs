using System.Globalization;
using System.Text;
using Eco2Test.Carbon;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>
/// Regions for the terminal. The one that is meant is shown in full; others are rows with a letter for how their figure is
/// known, which is told once below: rows of different letters are not to be compared without a thought.
/// </summary>
internal static class RegionsText
{
    private const int LabelWidth = 13;
    private const int LeastName = 9;
    private const string Gap = "  ";

    private static readonly string[] GridHeadings = ["Code", "Name", "gCO2e/kWh", "Marginal", "Year", "Known"];
    private static readonly string[] CloudHeadings = ["Region", "Location", "Grid", "g/kWh", "PUE", "Year", "By"];

    public static string Write(FoundRegions found, int width)
    {
        var text = new StringBuilder();
        var grids = found.Grids;
        var clouds = found.Clouds;
        if (found.Exactly is { } place)
        {
            InFull(text, place, width);
            grids = [.. grids.Where(grid => grid != place.Grid)];
            clouds = [.. clouds.Where(cloud => cloud.Cloud!.Key != place.Cloud?.Key)];
            if (grids.Count + clouds.Count > 0)
            {
                text.Append("\nOthers that match\n\n");
            }
        }

        if (grids.Count > 0)
        {
            Grids(text, grids, found.Exactly?.Grid, width);
        }

        if (clouds.Count > 0)
        {
            text.Append(grids.Count > 0 ? "\n" : "");
            Clouds(text, clouds, width);
        }

        return text.ToString();
    }

    private static void InFull(StringBuilder text, Place place, int width)
    {
        var grid = place.Grid;
        if (place.Cloud is { } cloud)
        {
            Line(text, cloud.Key, cloud.Location, width);
            Line(text, "  PUE", cloud.Pue is { } pue ? $"{Number(pue)}, {Year(cloud.PueYear)}, {cloud.PueSource}" : "nobody says; 1 is used", width);
            if (cloud.Published is { } own)
            {
                var free = own.CarbonFreeShare is { } share ? $", {Number(share * 100)} % carbon-free hour by hour" : "";
                Line(text, "  provider", $"its own account: {Number(own.Intensity.GramsPerKilowattHour)} g/kWh{free}, {own.Year}, {own.Source}: for reference, nothing is priced with it", width);
            }

            text.Append('\n');
        }

        Line(text, grid.Code, grid.Name, width);
        Line(text, "  intensity", $"{Number(grid.Intensity.GramsPerKilowattHour)} gCO2e/kWh", width);
        Line(text, "  known as", $"{grid.Kind}, {grid.Basis}, {grid.Boundary}, {Year(grid.Year)}, {grid.Source}", width);
        if (grid.Note is { } note)
        {
            Line(text, "  note", note, width);
        }

        Line(text, "  marginal", MarginalIntensity.Of(grid) is { } marginal
            ? $"{Number(marginal.Intensity.GramsPerKilowattHour)} gCO2e/kWh of {marginal.Name}: what one kWh more makes plants emit (operating margin), {Number(marginal.Combined.GramsPerKilowattHour)} with plants that are built for it (combined margin); {marginal.Basis}, {marginal.Year}, {marginal.Source}. It answers another question than the average and may be less."
            : "no source gives one", width);
        var aliases = RegionCatalog.Default.AliasesOf(grid);
        Line(text, "  aliases", aliases.Count == 0 ? "none" : $"{aliases.Count}: {string.Join(", ", aliases.Order(StringComparer.OrdinalIgnoreCase))}", width);
        if (place.Cloud is null && CloudRegion.All().Where(each => each.GridCode == grid.Code).ToList() is { Count: > 0 } fed)
        {
            Line(text, "  clouds", string.Join(", ", fed.Select(each => each.Key)), width);
        }
    }

    private static void Grids(StringBuilder text, IReadOnlyList<GridIntensity> grids, GridIntensity? inFull, int width)
    {
        var known = new Letters();
        var countries = new Dictionary<string, MarginalIntensity?>(StringComparer.Ordinal);
        var rows = grids.Select(grid =>
        {
            if (!countries.TryGetValue(grid.Country, out var marginal))
            {
                countries[grid.Country] = marginal = MarginalIntensity.Of(grid);
            }

            return new[]
            {
                grid.Code, grid.Name, Number(grid.Intensity.GramsPerKilowattHour), marginal is null ? "-" : Number(marginal.Intensity.GramsPerKilowattHour),
                grid.Year?.ToString(CultureInfo.InvariantCulture) ?? "-", known.Of(HowKnown(grid)),
            };
        }).ToList();

        Table(text, GridHeadings, rows, flexible: 1, width);
        text.Append('\n');
        known.Explain(text, width);
        if (rows.Exists(row => row[3] != "-"))
        {
            Line(text, "Marginal:", "operating margin of the country, direct, 2021, IFI-TWG-3.1; it answers another question than the average.", width);
        }

        if (grids.Append(inFull ?? grids[0]).Select(grid => (grid.Kind, grid.Basis, grid.Boundary)).Distinct().Count() > 1)
        {
            Line(text, "Beware:", "these regions have different bases or boundaries; compare only those that are known alike.", width);
        }
    }

    private static void Clouds(StringBuilder text, IReadOnlyList<Place> clouds, int width)
    {
        var known = new Letters();
        var rows = clouds.Select(place => new[]
        {
            place.Key, place.Cloud!.Location, place.Grid.Code, Number(place.Grid.Intensity.GramsPerKilowattHour),
            place.Cloud.Pue is { } pue ? Number(pue) : "-", place.Cloud.PueYear?.ToString(CultureInfo.InvariantCulture) ?? "-",
            place.Cloud.PueSource is { } source ? known.Of(source) : "-",
        }).ToList();

        Table(text, CloudHeadings, rows, flexible: 1, width);
        text.Append('\n');
        known.Explain(text, width, "PUE ");
        Line(text, "Intensity:", "that of the grid; 'eco2test regions GRID' says how it is known.", width);
    }

    private static string HowKnown(GridIntensity grid) => $"{grid.Kind}, {grid.Basis}, {grid.Boundary}, {grid.Source}";

    /// <summary>Aligned columns; the one of names gives way where the lines would be too long.</summary>
    private static void Table(StringBuilder text, string[] headings, List<string[]> rows, int flexible, int width)
    {
        var taken = headings.Select((heading, column) => column == flexible ? 0 : rows.Max(row => Math.Max(TerminalText.Width(row[column]), heading.Length)) + Gap.Length).Sum();
        var name = Math.Max(LeastName, width - taken);
        foreach (var row in rows)
        {
            row[flexible] = TerminalText.Cut(row[flexible], name);
        }

        text.Append(TextTable.Write(headings, rows, rightAligned: Array.FindIndex(headings, heading => heading.EndsWith("/kWh", StringComparison.Ordinal))));
    }

    private static void Line(StringBuilder text, string label, string content, int width)
    {
        // A name that is longer than its column keeps two spaces behind it.
        var indent = Math.Max(LabelWidth, TerminalText.Width(label) + 2);
        var first = true;
        foreach (var line in TerminalText.Wrap(TerminalText.Clean(content), width - indent))
        {
            text.Append($"{TerminalText.Left(first ? label : "", indent)}{line}".TrimEnd()).Append('\n');
            first = false;
        }
    }

    private static string Year(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "undated";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A letter for each text, in the order in which they come.</summary>
    private sealed class Letters
    {
        private readonly List<string> _texts = [];

        public string Of(string text)
        {
            var at = _texts.IndexOf(text);
            if (at < 0)
            {
                at = _texts.Count;
                _texts.Add(text);
            }

            return Letter(at);
        }

        public void Explain(StringBuilder text, int width, string what = "")
        {
            for (var i = 0; i < _texts.Count; i++)
            {
                Line(text, $"{what}{Letter(i)}:", _texts[i], width);
            }
        }

        private static string Letter(int at) => ((char)('a' + at)).ToString();
    }
}
