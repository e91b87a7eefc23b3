using Eco2Test.Units;

namespace Eco2Test.Reporting;

/// <summary>
/// A result file of Eco2AI, of CodeCarbon, or of ours, which has the form of Eco2AI's. Columns are found by their names. A
/// row that lacks columns is left out and said: where it lacks them, nothing tells.
/// </summary>
internal sealed class ExperimentFile
{
    private readonly string[] _columns;
    private readonly List<ExperimentRow> _rows = [];
    private readonly List<SkippedRow> _skipped = [];

    private ExperimentFile(FileFormat format, IReadOnlyList<string> columns) => (Format, _columns) = (format, [.. columns]);

    /// <summary>Whose form it has.</summary>
    public FileFormat Format { get; }

    /// <summary>The rows that count.</summary>
    public IReadOnlyList<ExperimentRow> Rows => _rows;

    /// <summary>Rows that do not, and why.</summary>
    public IReadOnlyList<SkippedRow> Skipped => _skipped;

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="FormatException">It has other columns; the message says which.</exception>
    public static ExperimentFile Read(string text)
    {
        ExperimentFile? file = null;
        foreach (var record in CsvText.Records(text))
        {
            if (file is null)
            {
                file = new ExperimentFile(FileFormat.Of(record.Fields), record.Fields);
            }
            else
            {
                file.Add(record);
            }
        }

        file?.DropEarlierRowsOfRuns();
        return file ?? throw new FormatException("it is empty");
    }

    private void Add(CsvRecord record)
    {
        if (Problem(record) is { } problem)
        {
            _skipped.Add(new SkippedRow(record.Line, problem));
            return;
        }

        var cost = Format.Cost is { } column && PythonNumber.TryRead(Field(record, column), out var amount) ? amount : (double?)null;
        _rows.Add(new ExperimentRow(
            record.Line, Field(record, Format.Id), Field(record, Format.Project), TimeSpan.FromSeconds(Number(record, Format.Duration)),
            Energy.FromKilowattHours(Number(record, Format.Energy)), Emissions.FromGrams(Number(record, Format.Emissions) * 1000), cost));
    }

    private string? Problem(CsvRecord record)
    {
        if (record.IsOpen)
        {
            return "it ends inside a quoted field: the row was cut off";
        }

        if (record.Fields.Count != _columns.Length)
        {
            return $"it has {record.Fields.Count} fields, and the file has {_columns.Length} columns";
        }

        foreach (var column in new[] { Format.Duration, Format.Energy, Format.Emissions })
        {
            if (!PythonNumber.TryRead(Field(record, column), out var number) || Math.Abs(number) > FileFormat.Largest)
            {
                return $"its {column} is '{Field(record, column)}', which is no figure of a run";
            }
        }

        return null;
    }

    /// <summary>CodeCarbon writes the sums up to a moment, so the last row of a run has what the earlier ones have.</summary>
    private void DropEarlierRowsOfRuns()
    {
        if (!Format.RowsAreSums)
        {
            return;
        }

        var last = _rows.Where(row => row.Id.Length > 0).GroupBy(row => row.Id).ToDictionary(run => run.Key, run => run.Last());
        foreach (var row in _rows.Where(row => row.Id.Length > 0 && !ReferenceEquals(last[row.Id], row)).ToList())
        {
            _rows.Remove(row);
            _skipped.Add(new SkippedRow(row.Line, $"line {last[row.Id].Line}, of the same run, contains it"));
        }
    }

    private double Number(CsvRecord record, string column) => PythonNumber.TryRead(Field(record, column), out var number) ? number : 0;

    private string Field(CsvRecord record, string column) => record.Fields[Array.IndexOf(_columns, column)];
}

/// <summary>A row that does not count.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedRow(int Line, string Reason);

/// <summary>How a tracker names its columns; energy is in kWh, emissions in kg, time in seconds.</summary>
internal sealed record FileFormat(string Name, string Id, string Project, string Duration, string Energy, string Emissions, string? Cost)
{
    /// <summary>No run has used as many seconds, kilowatt-hours or kilograms.</summary>
    public const double Largest = 1e11;

    private static readonly FileFormat Eco2Ai = new(
        "Eco2AI", "id", "project_name", "duration(s)", "power_consumption(kWh)", "CO2_emissions(kg)", "cost");

    private static readonly FileFormat CodeCarbon = new("CodeCarbon", "run_id", "project_name", "duration", "energy_consumed", "emissions", null)
    {
        RowsAreSums = true,
    };

    /// <summary>Whether each row of a run contains those before it.</summary>
    public bool RowsAreSums { get; init; }

    /// <summary>The format that has these columns, wherever they stand and whatever others there are.</summary>
    /// <exception cref="FormatException">None has them.</exception>
    public static FileFormat Of(IReadOnlyList<string> columns) =>
        Array.Find([Eco2Ai, CodeCarbon], format => format.Needed.All(columns.Contains))
        ?? throw new FormatException(
            $"it has the columns '{Shortened(string.Join(",", columns))}'; a file of Eco2AI has {string.Join(", ", Eco2Ai.Needed)}, and one of CodeCarbon {string.Join(", ", CodeCarbon.Needed)}");

    private IEnumerable<string> Needed => [Id, Project, Duration, Energy, Emissions];

    private static string Shortened(string text) => text.Length > 300 ? text[..300] + "..." : text;
}
