using Eco2Test.Carbon;
using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>
/// Writes what a person sees in a terminal at the end of a run: plain text without colours, in columns, at most as wide
/// as asked for.
/// </summary>
public sealed class SummaryExporter : IReportExporter
{
    /// <summary>The width of a terminal that nobody widened.</summary>
    public const int DefaultWidth = 80;

    /// <summary>Narrower cannot hold the figures: it is treated as this.</summary>
    public const int NarrowestWidth = 60;

    private const int MostRows = 50;
    private const int MostSums = 10;
    private const int MostProjects = 20;
    private const int MostSteps = 10;
    private const int MostNotices = 10;
    private const int MostPrices = 5;
    private const int MostComparisons = 5;
    private const int MostCompared = 10;
    private const int LongestNotice = 1_000;
    private const int ShortestNameBesideEach = 24;
    private const string Gap = "  ";

    private readonly int _width;
    private readonly bool _ascii;
    private readonly bool _all;

    /// <summary>A summary for a terminal.</summary>
    /// <param name="width">Its columns.</param>
    /// <param name="ascii">Whether it shows no other characters than those of ASCII: <c>uJ</c> for <c>µJ</c>.</param>
    /// <param name="all">Whether nothing is folded, also what is below resolution.</param>
    public SummaryExporter(int width = DefaultWidth, bool ascii = false, bool all = false) =>
        (_width, _ascii, _all) = (Math.Max(width, NarrowestWidth), ascii, all);

    /// <inheritdoc/>
    public string Extension => ".txt";

    /// <inheritdoc/>
    public void Write(EmissionsReport report, TextWriter writer)
    {
        if (!_ascii)
        {
            WriteAll(report, writer);
            return;
        }

        using var text = new StringWriter();
        WriteAll(report, text);
        writer.Write(TerminalText.Ascii(text.ToString()));
    }

    private void WriteAll(EmissionsReport report, TextWriter writer)
    {
        WriteHeadline(report, writer);
        writer.Line();
        if (BuildSections.IsOfBuild(report))
        {
            WriteBuild(report, writer);
        }
        else
        {
            WriteTable(report, writer);
            writer.Line();
            WriteSums(report, writer);
            WriteCertainty(report, writer);
        }

        WritePrices(report, writer);
        WriteBudgets(report, writer);
        WriteComparisons(report, writer);
        WriteNotices(report, writer);
    }

    private void WriteBuild(EmissionsReport report, TextWriter writer)
    {
        foreach (var sentence in BuildSections.Sentences(report, BuildSections.Whole(report)!))
        {
            WriteWrapped(writer, "", TerminalText.Clean(sentence));
        }

        writer.Line();
        SectionText.Write(BuildSections.Of(report, _all ? int.MaxValue : MostProjects, MostSteps), writer, _width);
        if (report.Cost is not null || SciText.Line(report) is not null)
        {
            writer.Line();
            WriteCost(report, writer);
        }
    }

    private void WriteHeadline(EmissionsReport report, TextWriter writer)
    {
        var line = "Eco2Test";
        foreach (var fact in Facts(report).Select(fact => TerminalText.Cut(TerminalText.Clean(fact), _width - Gap.Length)))
        {
            if (TerminalText.Width(line) + Gap.Length + TerminalText.Width(fact) > _width)
            {
                writer.Line(line);
                line = "";
            }

            line += Gap + fact;
        }

        writer.Line(line);
    }

    private static IEnumerable<string> Facts(EmissionsReport report)
    {
        yield return ReportWords.Project(report.Run);
        yield return Intensity(report);
        if (report.Pue != 1)
        {
            yield return $"PUE {Figures.Number(report.Pue)}";
        }

        yield return HowKnown(report.Method);
    }

    private static string Intensity(EmissionsReport report)
    {
        if (report.Intensities.FirstOrDefault(intensity => intensity.Key == report.Totals.Intensity) is not { } priced)
        {
            return "carbon intensity unknown";
        }

        var others = report.Intensities.Count - 1;
        return $"{priced.Region} {Figures.Number(priced.GramsPerKilowattHour)} g/kWh{(priced.Assumed ? " (assumed)" : "")}{(others > 0 ? $" +{others} more" : "")}";
    }

    /// <summary><c>modeled</c> when everything is, else <c>CPU, RAM modeled; GPU measured</c>.</summary>
    private static string HowKnown(ReportMethod method)
    {
        (string Name, ReportMethodPart? Part)[] all = [("CPU", method.Cpu), ("GPU", method.Gpu), ("RAM", method.Ram)];
        var groups = all.Where(kind => kind.Part is not null).GroupBy(kind => kind.Part!.Provenance, kind => kind.Name).ToList();
        return groups.Count == 1
            ? ReportWords.Of(groups[0].Key)
            : string.Join("; ", groups.Select(group => $"{string.Join(", ", group)} {ReportWords.Of(group.Key)}"));
    }

    private void WriteTable(EmissionsReport report, TextWriter writer)
    {
        var rows = ReportRows.Of(report, MostRows, _all);
        if (rows.Roots.Count == 0)
        {
            WriteWrapped(writer, "", ReportWords.NothingTracked(report.Run));
            writer.Line();
        }

        var names = WindowNames.Of(report.Windows);
        var body = report.Merged is { } parts
            ? parts.Select(part => Cells(part, report)).ToList()
            : rows.Rows.Select(row => Cells(row, names)).ToList();
        var sums = Sums(report, rows.Roots).ToList();
        var heading = report switch
        {
            { Merged: not null } => "Project",
            _ when rows.Roots.Count == 0 => "",
            { Run.Kind: "test" } => "Test",
            _ => "Name",
        };
        var header = new TableCells(_ => heading, "Energy", "CO2e", "Time", "Budget", "");
        var layout = new Layout([header, .. body, .. sums], _width);

        writer.Line(layout.Line(header));
        writer.Line(new string('-', layout.Width));
        foreach (var cells in body)
        {
            writer.Line(layout.Line(cells));
        }

        if (body.Count > 0)
        {
            writer.Line(new string('-', layout.Width));
        }

        foreach (var cells in sums)
        {
            writer.Line(layout.Line(cells));
        }
    }

    /// <summary>Of several runs a line each, of all that it used, tracked or not.</summary>
    private static TableCells Cells(ReportPart part, EmissionsReport report) => new(
        columns => TerminalText.CutMiddle(TerminalText.Clean(part.Name), columns),
        Figures.Joules(part.Totals.EnergyJoules), Figures.Grams(part.Totals.EmissionsGrams), Figures.Seconds(part.Run.DurationSeconds), "",
        ReportWords.Mark(ReportWords.WorstOf(report, part.Name)));

    private static TableCells Cells(ReportRow row, WindowNames names)
    {
        var indent = new string(' ', 2 * row.Depth);
        var (joules, grams, seconds) = (Figures.Joules(row.Joules), Figures.Grams(row.Grams), Figures.Seconds(row.Seconds));
        if (row.Window is not { } window)
        {
            return new(columns => TerminalText.Cut($"{indent}{TerminalText.Ellipsis} {row.Folded}", columns), joules, grams, seconds, "", "");
        }

        return new(
            columns => Name(window, indent, columns, names),
            window is { Quality: MeasurementQuality.Ok, Sampled: false } ? joules : $"~{joules}", grams, seconds, TighterLimit(window), ReportWords.Mark(window.Verdict));
    }

    /// <summary>The name, and beside it what one of several runs used, where there is room for that.</summary>
    private static string Name(ReportWindow window, string indent, int columns, WindowNames names)
    {
        var left = columns - indent.Length;
        var alone = names.Fit(window, left);
        if (window.Count == 1)
        {
            return TerminalText.Cut(indent + alone, columns);
        }

        var each = $" ({ReportWords.Each(window)})";
        left -= TerminalText.Width(each);
        var beside = left > 0 ? names.Fit(window, left) : "";
        return TerminalText.Cut(indent + (beside == alone || left >= ShortestNameBesideEach ? beside + each : alone), columns);
    }

    /// <summary>The limit that is nearer to being exceeded; a line has room for one.</summary>
    private static string TighterLimit(ReportWindow window) => window.Budget switch
    {
        { EnergyJoules: { } joules, EmissionsGrams: { } grams } =>
            window.Energy.Joules * grams >= window.EmissionsGrams * joules ? Figures.Joules(joules) : Figures.Grams(grams),
        { EnergyJoules: { } joules } => Figures.Joules(joules),
        { EmissionsGrams: { } grams } => Figures.Grams(grams),
        _ => "",
    };

    private static IEnumerable<TableCells> Sums(EmissionsReport report, IReadOnlyList<ReportWindow> roots)
    {
        var totals = report.Totals;
        if (roots.Count == 0)
        {
            yield return Sum(report.Merged is null ? "The whole run" : "= total", totals.EnergyJoules, totals.EmissionsGrams, Figures.Seconds(report.Run.DurationSeconds));
            yield break;
        }

        yield return Sum($"Tracked, {ReportWords.Count(roots)}", totals.TrackedJoules, totals.EmissionsGrams - totals.UntrackedGrams, "");
        yield return Sum("+ untracked", totals.UntrackedJoules, totals.UntrackedGrams, "");
        yield return Sum("= total", totals.EnergyJoules, totals.EmissionsGrams, Figures.Seconds(report.Run.DurationSeconds));

        static TableCells Sum(string name, double joules, double grams, string time) =>
            new(columns => TerminalText.Cut(name, columns), Figures.Joules(joules), Figures.Grams(grams), time, "", "");
    }

    private void WriteCertainty(EmissionsReport report, TextWriter writer)
    {
        var totals = report.Totals;
        WriteWrapped(
            writer, "",
            $"The total is between {Figures.Joules(totals.LowJoules)} and {Figures.Joules(totals.HighJoules)}, "
            + $"between {Figures.Grams(totals.LowGrams)} and {Figures.Grams(totals.HighGrams)} of CO2e.");

        WriteCost(report, writer);
        var doubts = report.Windows.Where(window => window.Quality is not MeasurementQuality.Ok)
            .GroupBy(window => window.Quality).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {ReportWords.Of(group.Key)}").ToList();
        if (report.Windows.Count(window => window.Sampled) is > 0 and var sampled)
        {
            doubts.Add($"{sampled} cut out of samples");
        }

        if (doubts.Count > 0)
        {
            WriteWrapped(writer, "~ ", $"{string.Join(", ", doubts)}: less certain, see the bounds in the report.");
        }
    }

    private void WriteCost(EmissionsReport report, TextWriter writer)
    {
        if (SciText.Line(report) is { } sci)
        {
            WriteWrapped(writer, "", sci);
        }

        if (report.Cost is { } cost)
        {
            WriteWrapped(writer, "", $"Electricity: {TerminalText.Clean(ReportWords.Cost(cost))}.");
        }
    }

    private void WritePrices(EmissionsReport report, TextWriter writer)
    {
        if (MarginalEmissions.In(report) is { } marginal)
        {
            WriteWrapped(writer, "", $"By marginal intensity: {Figures.Grams(marginal.Grams)} (what one kWh more emits: another question)");
        }

        foreach (var price in (report.Prices ?? []).Take(MostPrices))
        {
            var where = price.IsActual ? "Where it ran, by" : "By";
            var fellBack = ReportWords.TableShare(price) is not "none" and var share ? $", {share} by the table" : "";
            WriteWrapped(writer, "", $"{where} {TerminalText.Clean(price.Key)}: {Figures.Grams(price.EmissionsGrams)} ({Figures.Number(price.GramsPerKilowattHour)} g/kWh, {TerminalText.Clean(price.Kind)}{fellBack})");
        }
    }

    /// <summary>Where the tests are too many to be listed, what they add up to.</summary>
    private void WriteSums(EmissionsReport report, TextWriter writer)
    {
        if (report.Merged is null && ReportTree.Roots(report.Windows).Count > MostRows)
        {
            SectionText.Write([RollUpSection.Of(RollUps.Of(report, RollUpBy.Class), _all ? null : MostSums, isShort: true)], writer, _width);
            writer.Line();
        }
    }

    private void WriteBudgets(EmissionsReport report, TextWriter writer)
    {
        foreach (var section in GroupBudgetSection.Of(report))
        {
            writer.Line();
            SectionText.Write([section], writer, _width);
            writer.Line();
        }

        if (ReportWords.Verdicts(report) is { All: > 0 } verdicts)
        {
            WriteWrapped(writer, "", $"Budgets: {verdicts}.");
        }
    }

    private void WriteComparisons(EmissionsReport report, TextWriter writer)
    {
        foreach (var comparison in ModelPractice.Of(report).Take(MostComparisons))
        {
            writer.Line();
            SectionText.Write([ComparisonSection.Of(comparison, report, MostCompared, isShort: true)], writer, _width);
        }
    }

    private void WriteNotices(EmissionsReport report, TextWriter writer)
    {
        var notices = report.Notices.Distinct().ToList();
        if (notices.Count > 0)
        {
            writer.Line();
        }

        foreach (var notice in notices.Take(MostNotices))
        {
            var code = TerminalText.Cut(TerminalText.Clean(notice.Code), 12);
            WriteWrapped(writer, $"{code}: ", TerminalText.Cut(TerminalText.Clean(notice.Message), LongestNotice));
        }

        if (notices.Count > MostNotices)
        {
            writer.Line($"{TerminalText.Ellipsis} {notices.Count - MostNotices} more notices, see the report");
        }
    }

    private void WriteWrapped(TextWriter writer, string label, string text)
    {
        var indent = TerminalText.Width(label);
        var prefix = label;
        foreach (var line in TerminalText.Wrap(text, _width - indent))
        {
            writer.Line(prefix + line);
            prefix = new string(' ', indent);
        }
    }

    /// <summary>The cells of a line; the name is made for the columns that are left.</summary>
    private sealed record TableCells(Func<int, string> Name, string Energy, string Emissions, string Time, string Limit, string Mark);

    /// <summary>Columns as wide as their widest cell; the name takes what is left of the line.</summary>
    private sealed class Layout
    {
        private readonly int _name;
        private readonly int _energy;
        private readonly int _emissions;
        private readonly int _time;
        private readonly int _limit;
        private readonly int _mark;

        public Layout(IReadOnlyList<TableCells> lines, int width)
        {
            _energy = lines.Max(line => line.Energy.Length);
            _emissions = lines.Max(line => line.Emissions.Length);
            _time = lines.Max(line => line.Time.Length);
            var budgets = lines.Any(line => line.Mark.Length > 0 || (line.Limit.Length > 0 && line.Limit != "Budget"));
            _limit = budgets ? lines.Max(line => line.Limit.Length) : 0;
            _mark = budgets ? lines.Max(line => line.Mark.Length) : 0;

            var figures = (3 * Gap.Length) + _energy + _emissions + _time + (budgets ? Gap.Length + _limit + 1 + _mark : 0);
            _name = Math.Min(width - figures, lines.Max(line => TerminalText.Width(line.Name(width))));
            Width = _name + figures;
        }

        public int Width { get; }

        public string Line(TableCells cells)
        {
            var line = TerminalText.Left(cells.Name(_name), _name)
                + Gap + TerminalText.Right(cells.Energy, _energy)
                + Gap + TerminalText.Right(cells.Emissions, _emissions)
                + Gap + TerminalText.Right(cells.Time, _time);
            return (_limit == 0 ? line : $"{line}{Gap}{TerminalText.Right(cells.Limit, _limit)} {cells.Mark}").TrimEnd();
        }
    }
}
