using System.Globalization;

namespace Eco2Test.Carbon;

/// <summary>
/// A user's own table of regions: comma-separated, with a header that names its columns in any order. What it says comes
/// before the table of the product, by code and by name. Self-contained, because the generator compiles this file too.
/// </summary>
/// <param name="Rows">What it says; nothing when anything is wrong with it, since half a table prices with figures nobody meant.</param>
/// <param name="Faults">What is wrong with it, and where.</param>
internal sealed record UserRegions(IReadOnlyList<UserRegion> Rows, IReadOnlyList<UserRegionsFault> Faults)
{
    /// <summary>Nothing that burns or makes electricity emits more; a larger figure has another unit.</summary>
    private const double MostGramsPerKilowattHour = 3000;

    private static readonly string[] Needed = ["code", "name", "gCO2_per_kWh", "basis", "boundary", "year", "source"];
    private static readonly string[] Columns = [.. Needed, "country", "kind", "note"];

    public static UserRegions Read(string text)
    {
        var lines = Lines(text).Where(line => line.Text.Trim().Length > 0).ToList();
        if (lines.Count == 0)
        {
            return Wrong([new(0, 0, $"it is empty; the first line names the columns: {string.Join(",", Needed)}")]);
        }

        var columns = CsvTable.Fields(lines[0].Text).Select(name => name.Trim()).ToArray();
        if (FaultOfHeader(columns, lines[0]) is { } fault)
        {
            return Wrong([fault]);
        }

        var rows = new List<UserRegion>();
        var faults = new List<UserRegionsFault>();
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var row = new RowReader(columns, line, faults);
            if (row.Read(seen) is { } region)
            {
                rows.Add(region);
            }
        }

        return faults.Count > 0 ? Wrong(faults) : new(rows, []);
    }

    /// <summary>The line and column of a place in a text, both from 1.</summary>
    public static (int Line, int Column) PlaceOf(int start, string text)
    {
        var line = Lines(text).TakeWhile(line => line.Start <= start).Select((line, index) => (line.Start, Number: index + 1)).LastOrDefault();
        return (Math.Max(1, line.Number), start - line.Start + 1);
    }

    private static UserRegions Wrong(IReadOnlyList<UserRegionsFault> faults) => new([], faults);

    private static IEnumerable<Line> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            yield return new(start, text.Substring(start, next - start).TrimEnd('\r', '\n'));
            start = next;
        }
    }

    private static UserRegionsFault? FaultOfHeader(string[] columns, Line line)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (!Columns.Contains(columns[i]) || Array.IndexOf(columns, columns[i]) < i)
            {
                return line.Fault(i, Columns.Contains(columns[i])
                    ? $"the column '{columns[i]}' is there twice"
                    : $"'{columns[i]}' is no column; there are {string.Join(", ", Columns)}, with commas between them");
            }
        }

        return Needed.FirstOrDefault(name => !columns.Contains(name)) is { } missing
            ? line.Fault(0, $"the column '{missing}' is missing; needed are {string.Join(", ", Needed)}")
            : null;
    }

    private sealed record Line(int Start, string Text)
    {
        public UserRegionsFault Fault(int field, string message)
        {
            var (start, length) = CsvTable.PlaceOf(field, Text);
            return new(Start + start, length, message);
        }
    }

    /// <summary>Reads one row, and adds what is wrong with it to the faults.</summary>
    private sealed class RowReader(string[] columns, Line line, List<UserRegionsFault> faults)
    {
        private readonly string[] _fields = CsvTable.Fields(line.Text);

        public UserRegion? Read(Dictionary<string, string> seen)
        {
            var before = faults.Count;
            if (_fields.Length != columns.Length)
            {
                faults.Add(line.Fault(0, $"the row has {_fields.Length} fields and the header {columns.Length}; a field with a comma in it stands in double quotes"));
                return null;
            }

            var region = new UserRegion(
                Named("code", seen).ToUpperInvariant(), Named("name", seen), Text("country"), Grams(), OneOf("kind", "average", "marginal"),
                OneOf("basis", "lifecycle", "direct"), OneOf("boundary", "production", "consumption"), Year(), Source(),
                Text("note") is { Length: > 0 } note ? note : null);
            return faults.Count > before ? null : region;
        }

        private string Text(string column) => Array.IndexOf(columns, column) is >= 0 and var field ? _fields[field].Trim() : "";

        /// <summary>Code and name each mean the row, so no other may have the same.</summary>
        private string Named(string column, Dictionary<string, string> seen)
        {
            var text = Text(column);
            var code = Text("code");
            if (text.Length == 0)
            {
                Wrong(column, "it is empty");
            }
            else if (text.IndexOf(':') >= 0 || text.Any(char.IsControl))
            {
                Wrong(column, $"'{text}' has a character that no region has; ':' is for regions of clouds");
            }
            else if (seen.TryGetValue(text, out var other) && (column == "code" || other != code))
            {
                Wrong(column, $"'{text}' is in another row already");
            }
            else
            {
                seen[text] = code;
            }

            return text;
        }

        private double Grams()
        {
            var text = Text("gCO2_per_kWh");
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var grams) && grams is >= 0 and <= MostGramsPerKilowattHour)
            {
                return grams;
            }

            Wrong("gCO2_per_kWh", $"'{text}' is no intensity; write grams of CO2e per kWh from 0 to 3000 with a decimal point, such as 44.18");
            return 0;
        }

        private string OneOf(string column, string first, string second)
        {
            var text = Text(column);
            if (text.Length == 0 && !Needed.Contains(column))
            {
                return first;
            }

            if (text != first && text != second)
            {
                Wrong(column, $"'{text}' is none of {first}, {second}");
            }

            return text;
        }

        /// <summary>Empty: its source is undated.</summary>
        private int? Year()
        {
            var text = Text("year");
            if (text.Length > 0 && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1990 and <= 2100))
            {
                Wrong("year", $"'{text}' is no year from 1990 to 2100; leave it empty when the source has none");
            }

            return text.Length > 0 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        }

        private string Source()
        {
            if (Text("source").Length == 0)
            {
                Wrong("source", "it is empty; every figure says where it comes from");
            }

            return Text("source");
        }

        private void Wrong(string column, string problem) => faults.Add(line.Fault(Array.IndexOf(columns, column), $"{column}: {problem}"));
    }
}

/// <summary>A row of a user's own table; the columns are those of <c>grid-intensity.csv</c>.</summary>
internal sealed record UserRegion(
    string Code, string Name, string Country, double GramsPerKilowattHour, string Kind, string Basis, string Boundary, int? Year, string Source, string? Note);

/// <summary>One thing that is wrong with a user's own table.</summary>
/// <param name="Start">Where it starts, in characters from the start of the text.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
internal sealed record UserRegionsFault(int Start, int Length, string Message);
