using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Eco2Test.Data;

/// <summary>Something that is wrong with the tables, and where.</summary>
internal sealed record Fault(string File, int Line, string Message)
{
    /// <summary>As compilers write it, so that editors find the place.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line}): error: {Message}");
}

/// <summary>
/// Checks the tables that the product ships: their form, their keys, what one table says of another, and that README.md says
/// where everything is from.
/// </summary>
/// <param name="files">The bytes of each file in <c>data/</c>, by its name.</param>
/// <param name="hashed">The tables that the product's hash covers, as its project names them.</param>
internal sealed partial class Validator(IReadOnlyDictionary<string, byte[]> files, IReadOnlyCollection<string> hashed)
{
    private const string Readme = "README.md";

    /// <summary>Each ISO 3166-1 code, and Kosovo.</summary>
    private const int IsoCodes = 249;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Fault> _faults = [];
    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);

    public IReadOnlyList<Fault> Validate()
    {
        CheckForms();
        foreach (var rules in TableRules.All)
        {
            if (_tables.TryGetValue(rules.Name, out var table))
            {
                CheckTable(table, rules);
            }
        }

        CheckRegions();
        CheckCountries();
        CheckDevices();
        CheckProvenance();
        return [.. _faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line)];
    }

    /// <summary>UTF-8 without a mark, lines that end alike, a header: what each reader of the tables relies on.</summary>
    private void CheckForms()
    {
        foreach (var rules in TableRules.All.Where(rules => !files.ContainsKey(rules.Name)))
        {
            Wrong(rules.Name, 1, "the table is missing");
        }

        foreach (var (name, bytes) in files.Where(file => file.Key.EndsWith(".csv", StringComparison.Ordinal)))
        {
            if (!hashed.Contains(Path.GetFileNameWithoutExtension(name)))
            {
                Wrong(name, 1, "Eco2Test.Core.csproj does not name it among the tables that are hashed");
            }

            if (TableRules.All.FirstOrDefault(rules => rules.Name == name) is not { } known)
            {
                Wrong(name, 1, "no rules say what it must be like: add them to TableRules.cs");
                continue;
            }

            string text;
            try
            {
                text = Utf8.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                Wrong(name, 1, "it is not UTF-8");
                continue;
            }

            Require(!text.StartsWith('\uFEFF'), name, 1, "it begins with a byte order mark");
            Require(text.EndsWith('\n'), name, text.Count(letter => letter == '\n') + 1, "its last line does not end");
            if (text.IndexOf('\r') is >= 0 and var at)
            {
                Wrong(name, text.AsSpan(0, at).Count('\n') + 1, "a line ends with CR LF; write LF");
            }

            var table = Table.Parse(name, text);
            if (string.Join(',', table.Header) == known.Columns)
            {
                _tables[name] = table;
            }
            else
            {
                Wrong(name, 1, $"the header is not '{known.Columns}'");
            }
        }

        foreach (var name in hashed.Where(name => !files.ContainsKey(name + ".csv")))
        {
            Wrong(name + ".csv", 1, "Eco2Test.Core.csproj hashes it, and it is missing");
        }
    }

    private void CheckTable(Table table, TableRules rules)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        Row? before = null;
        foreach (var row in table.Rows)
        {
            if (row.Fields.Count != table.Header.Count)
            {
                Wrong(table, row, $"it has {row.Fields.Count} fields, and the header {table.Header.Count}");
                continue;
            }

            var key = string.Join(", ", row.Fields.Take(rules.KeyColumns));
            if (!seen.TryAdd(key, row.Line))
            {
                Wrong(table, row, $"the key '{key}' is that of line {seen[key]} too");
            }
            else if (before is not null && Compare(before, row, table, rules) > 0)
            {
                Wrong(table, row, $"'{key}' comes before the row above it: the table is sorted by its key, numbers by value");
            }

            before = row;
            CheckFields(table, row, rules);
        }
    }

    private void CheckFields(Table table, Row row, TableRules rules)
    {
        for (var column = 0; column < row.Fields.Count; column++)
        {
            Require(row[column].Trim() == row[column], table, row, $"'{table.Header[column]}' has spaces around it");
        }

        foreach (var required in rules.Required.Concat(rules.Words.Keys).Where(required => row[table.Column(required)].Length == 0))
        {
            Wrong(table, row, $"'{required}' is empty");
        }

        foreach (var (column, words) in rules.Words)
        {
            var word = row[table.Column(column)];
            Require(word.Length == 0 || words.Contains(word), table, row, $"'{column}' is '{word}', which is none of {string.Join(", ", words)}");
        }

        foreach (var rule in rules.Numbers)
        {
            var text = row[table.Column(rule.Column)];
            if (text.Length == 0)
            {
                Require(rule.MayBeEmpty, table, row, $"'{rule.Column}' is empty");
            }
            else if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                Wrong(table, row, $"'{rule.Column}' is '{text}', which is no number");
            }
            else if (number < rule.Least || number > rule.Most)
            {
                Wrong(table, row, string.Create(CultureInfo.InvariantCulture, $"'{rule.Column}' is {text}, which is not within {rule.Least} and {rule.Most}"));
            }
        }
    }

    /// <summary>Every alias and every region of a cloud leads to a grid, and none to two.</summary>
    private void CheckRegions()
    {
        var grids = Keys("grid-intensity.csv");
        foreach (var (table, row) in RowsOf("grid-aliases.csv"))
        {
            Require(grids.Contains(row[1]), table, row, $"the alias '{row[0]}' means '{row[1]}', which grid-intensity.csv does not have");
            Require(!grids.TryGetValue(row[0], out var code) || code == row[1], table, row, $"the alias '{row[0]}' is the code of another region");
        }

        foreach (var (table, row) in RowsOf("cloud-regions.csv"))
        {
            Require(grids.Contains(row[3]), table, row, $"the grid '{row[3]}' is not in grid-intensity.csv");
            Require((row[6].Length == 0) == (row[8].Length == 0), table, row, "a PUE and its source come together");
        }

        foreach (var (table, row) in RowsOf("ci-runners.csv"))
        {
            Require(row[12].Length == 0 || grids.Contains(row[12]), table, row, $"the grid '{row[12]}' is not in grid-intensity.csv");
            Require(row[16].Length == 0 || Keys("machine-power-curves.csv").Contains(row[16]), table, row, $"the curve '{row[16]}' is not in machine-power-curves.csv");
        }
    }

    /// <summary>ISO's list is whole, and each code has a figure or stands in README.md among those that have none.</summary>
    private void CheckCountries()
    {
        var grids = Keys("grid-intensity.csv");
        var iso = RowsOf("iso-3166-1.csv").ToList();
        if (iso.Count == 0)
        {
            return;
        }

        var codes = iso.Where(each => each.Row[2].Length > 0).Select(each => each.Row[0]).ToHashSet(StringComparer.Ordinal);
        Require(codes.Count == IsoCodes, "iso-3166-1.csv", 1, $"ISO 3166-1 has {IsoCodes} codes, and it {codes.Count}");
        foreach (var column in new[] { 1, 2, 3 })
        {
            foreach (var twice in iso.Where(each => each.Row[column].Length > 0).GroupBy(each => each.Row[column], StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            {
                Wrong("iso-3166-1.csv", twice.Last().Row.Line, $"'{twice.Key}' is of two countries");
            }
        }

        foreach (var (table, row) in iso)
        {
            Require(AlphaTwo().IsMatch(row[0]) && AlphaThree().IsMatch(row[1]) && (row[2].Length == 0 || Numeric().IsMatch(row[2])), table, row, "codes are two letters, three letters and three digits");
        }

        foreach (var (table, row) in RowsOf("grid-intensity.csv").Where(each => each.Row[0] == each.Row[2]))
        {
            Require(iso.Exists(each => each.Row[0] == row[0]), table, row, $"'{row[0]}' is no country of iso-3166-1.csv");
        }

        var (line, missing) = MissingByReadme();
        foreach (var code in codes.Where(code => !grids.Contains(code) && !missing.Contains(code)).Order(StringComparer.Ordinal))
        {
            Wrong(Readme, line, $"'{code}' has no figure, and is not listed as missing");
        }

        foreach (var code in missing.Where(code => grids.Contains(code) || !codes.Contains(code)).Order(StringComparer.Ordinal))
        {
            Wrong(Readme, line, $"'{code}' is listed as missing, and {(grids.Contains(code) ? "has a figure" : "is no code of ISO 3166-1")}");
        }
    }

    /// <summary>No name of a GPU means two, and what other tables call a device or a coefficient is one.</summary>
    private void CheckDevices()
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (table, row) in RowsOf("gpus.csv"))
        {
            foreach (var name in row[1].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(row[0]))
            {
                Require(names.TryAdd(name, row[0]) || names[name] == row[0], table, row, $"'{name}' means '{names[name]}' too");
            }
        }

        var coefficients = RowsOf("power-coefficients.csv").Where(each => each.Row[0] == "vcpu-min").Select(each => each.Row[2]).ToHashSet(StringComparer.Ordinal);
        foreach (var (table, row) in RowsOf("cloud-instances.csv"))
        {
            Require(row[4].Length == 0 || names.TryGetValue(row[4], out var model) && model == row[4], table, row, $"the GPU '{row[4]}' is no model of gpus.csv");
            Require((row[4].Length == 0) == (row[5].Length == 0), table, row, "a GPU and how many of it come together");
            foreach (var unknown in row[6].Split('|', StringSplitOptions.RemoveEmptyEntries).Where(name => !coefficients.Contains(name)))
            {
                Wrong(table, row, $"the microarchitecture '{unknown}' has no coefficient in power-coefficients.csv");
            }
        }

        foreach (var (table, row) in RowsOf("cpu-microarchitectures.csv"))
        {
            Require(coefficients.Contains(row[7]), table, row, $"'{row[7]}' has no coefficient in power-coefficients.csv");
        }
    }

    /// <summary>README.md names every table with as many rows as it has, and every source.</summary>
    private void CheckProvenance()
    {
        if (!files.TryGetValue(Readme, out var bytes))
        {
            Wrong(Readme, 1, "it is missing");
            return;
        }

        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var rowsOfSources = RowsOfSources(lines);
        var sources = rowsOfSources.SelectMany(NamesIn).ToList();
        var shareAlike = rowsOfSources.Where(row => row.Contains("share alike", StringComparison.OrdinalIgnoreCase)).SelectMany(NamesIn).ToList();
        foreach (var rules in TableRules.All)
        {
            if (!_tables.TryGetValue(rules.Name, out var table))
            {
                continue;
            }

            var said = Array.FindIndex(lines, line => line.StartsWith($"| `{rules.Name}` | ", StringComparison.Ordinal));
            if (said < 0)
            {
                Wrong(Readme, 1, $"it has no row of '{rules.Name}'");
            }
            else
            {
                var rows = lines[said].Split('|')[2].Trim();
                Require(rows == table.Rows.Count.ToString(CultureInfo.InvariantCulture), Readme, said + 1, $"'{rules.Name}' has {table.Rows.Count} rows, not {rows}");
            }

            foreach (var row in table.Rows)
            {
                foreach (var column in rules.Sources)
                {
                    CheckSource(table, row, column, sources);
                }
            }

            CheckShareAlike(table, rules, shareAlike);
        }
    }

    /// <summary>Whose licence demands that what is made of it has the same licence is mixed with nothing else.</summary>
    private void CheckShareAlike(Table table, TableRules rules, List<string> shareAlike)
    {
        var (demanding, others) = (new List<Row>(), 0);
        foreach (var row in table.Rows)
        {
            var isDemanding = rules.Sources.Any(column => shareAlike.Exists(source => row[table.Column(column)].Contains(source, StringComparison.Ordinal)));
            demanding.AddRange(isDemanding ? [row] : []);
            others += isDemanding ? 0 : 1;
        }

        if (demanding.Count > 0 && others > 0)
        {
            Wrong(table, demanding[0], "its source is share-alike, and must have a file of its own");
        }
    }

    /// <summary>A value may name several sources, and say more of each behind its name: <c>mlco2; ccf idle 46</c>.</summary>
    private void CheckSource(Table table, Row row, string column, IReadOnlyList<string> sources)
    {
        var value = row[table.Column(column)];
        if (value.Length == 0)
        {
            Require(table.Name == "cloud-regions.csv", table, row, $"'{column}' is empty");
            return;
        }

        foreach (var part in value.Split("; ").SelectMany(part => part.Split('+')))
        {
            Require(
                sources.Any(source => part == source || (part.StartsWith(source, StringComparison.Ordinal) && !char.IsLetterOrDigit(part[source.Length]))),
                table, row, $"README.md has no row of the source '{part}'");
        }
    }

    private static List<string> RowsOfSources(string[] lines)
    {
        var start = Array.FindIndex(lines, line => line.StartsWith("| id in the tables |", StringComparison.Ordinal));
        return start < 0 ? [] : [.. lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|'))];
    }

    /// <summary>What stands in code type in the first column.</summary>
    private static IEnumerable<string> NamesIn(string rowOfSources) => InCode().Matches(rowOfSources.Split('|')[1]).Select(match => match.Groups[1].Value);

    private (int Line, HashSet<string> Codes) MissingByReadme()
    {
        const string Start = "Missing, of ISO 3166-1: ";
        var lines = files.TryGetValue(Readme, out var bytes) ? Encoding.UTF8.GetString(bytes).Split('\n') : [];
        var line = Array.FindIndex(lines, each => each.StartsWith(Start, StringComparison.Ordinal));
        return line < 0 ? (1, []) : (line + 1, [.. lines[line][Start.Length..].TrimEnd('.').Split(' ')]);
    }

    private static int Compare(Row one, Row other, Table table, TableRules rules)
    {
        for (var column = 0; column < rules.KeyColumns; column++)
        {
            var isNumber = rules.Numbers.Any(rule => rule.Column == table.Header[column]);
            var order = isNumber ? Number(one[column]).CompareTo(Number(other[column])) : string.CompareOrdinal(one[column], other[column]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private HashSet<string> Keys(string table) => RowsOf(table).Select(each => each.Row[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<(Table Table, Row Row)> RowsOf(string name) =>
        _tables.TryGetValue(name, out var table) ? table.Rows.Where(row => row.Fields.Count == table.Header.Count).Select(row => (table, row)) : [];

    private void Require(bool right, Table table, Row row, string otherwise) => Require(right, table.Name, row.Line, otherwise);

    private void Require(bool right, string file, int line, string otherwise)
    {
        if (!right)
        {
            Wrong(file, line, otherwise);
        }
    }

    private void Wrong(Table table, Row row, string message) => Wrong(table.Name, row.Line, message);

    private void Wrong(string file, int line, string message) => _faults.Add(new($"data/{file}", line, message));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InCode();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex AlphaTwo();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex AlphaThree();

    [GeneratedRegex("^[0-9]{3}$")]
    private static partial Regex Numeric();
}
