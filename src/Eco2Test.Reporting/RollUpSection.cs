using System.Globalization;

namespace Eco2Test.Reporting;

/// <summary>A roll-up for people: a row for each sum, those below resolution and those beyond the limit folded into one each.</summary>
internal static class RollUpSection
{
    /// <summary>The section; with <paramref name="most"/> rows at most, and all of them where it is <see langword="null"/>. In short, without bounds.</summary>
    public static Section Of(RollUp rollUp, int? most, bool isShort = false)
    {
        var unsure = rollUp.Rows.Where(row => row.Quality == MeasurementQuality.BelowResolution).ToList();
        var folded = most is null || unsure.Count < 2 ? [] : unsure;
        var rows = rollUp.Rows.Except(folded).ToList();
        var shown = rows.Take(most ?? int.MaxValue).ToList();
        return new($"By {Name(rollUp.By)}", [.. Sentences(rollUp)])
        {
            Headings = Columns([Name(rollUp.By)[..1].ToUpperInvariant() + Name(rollUp.By)[1..], "Energy", "CO2e", "Share", "Tests", "Bounds", "Short"]),
            Rows =
            [
                .. shown.Select(row => Columns(Cells(row.Name, row))),
                .. Fold(rows.Skip(shown.Count).ToList(), "more").Select(Columns),
                .. Fold(folded, "more below resolution").Select(Columns),
            ],
            Names = [0],
            Notes = isShort ? [] : [.. Notes(rollUp)],
        };

        string[] Columns(string[] cells) => isShort ? cells[..^2] : cells;
    }

    /// <summary>What things are added up by, in a word.</summary>
    public static string Name(RollUpBy by) => by.ToString().ToLowerInvariant();

    private static IEnumerable<string> Sentences(RollUp rollUp) => rollUp.Overlaps
        ? ["A test of several categories is in each of them: the rows add up to more than is tracked."]
        : [];

    private static IEnumerable<string> Notes(RollUp rollUp)
    {
        yield return "Bounds are the sums of the bounds of the tests, which is as wide as they can be.";
        if (rollUp.Rows.Any(row => row.BelowResolution > 0))
        {
            yield return "Short: so many could not be measured by themselves; ~ marks a sum that cannot either.";
        }
    }

    private static IEnumerable<string[]> Fold(List<RollUpRow> rows, string what) => rows.Count == 0 ? [] :
    [
        Cells($"{TerminalText.Ellipsis} {rows.Count.ToString(CultureInfo.InvariantCulture)} {what}", new RollUpRow(
            "", rows.Sum(row => row.Windows), rows.Sum(row => row.BelowResolution), rows.Sum(row => row.Joules), rows.Sum(row => row.LowJoules), rows.Sum(row => row.HighJoules),
            rows.Sum(row => row.Grams), rows.Sum(row => row.LowGrams), rows.Sum(row => row.HighGrams), rows.Sum(row => row.Share),
            rows.TrueForAll(row => row.Quality == MeasurementQuality.Ok) ? MeasurementQuality.Ok : MeasurementQuality.BelowResolution)),
    ];

    private static string[] Cells(string name, RollUpRow row) =>
    [
        name, (row.Quality == MeasurementQuality.Ok ? "" : "~") + Figures.Joules(row.Joules), Figures.Grams(row.Grams), $"{Figures.Number(row.Share * 100)} %",
        row.Windows.ToString(CultureInfo.InvariantCulture), Figures.JoulesRange(row.LowJoules, row.HighJoules),
        row.BelowResolution == 0 ? "" : row.BelowResolution.ToString(CultureInfo.InvariantCulture),
    ];
}
