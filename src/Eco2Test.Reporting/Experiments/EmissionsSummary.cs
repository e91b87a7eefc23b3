using Eco2Test.Units;

namespace Eco2Test.Reporting;

/// <summary>What the rows of a result file add up to, by project and in all.</summary>
public sealed record EmissionsSummary
{
    /// <summary>What the row of all projects is called.</summary>
    public const string AllProjects = "All the projects";

    /// <summary>Whose form the file has: <c>Eco2AI</c> (which is ours too) or <c>CodeCarbon</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The projects, in the order of their names.</summary>
    public required IReadOnlyList<ProjectSummary> Projects { get; init; }

    /// <summary>All of them.</summary>
    public required ProjectSummary All { get; init; }

    /// <summary>Rows that are in no sum, and why.</summary>
    public required IReadOnlyList<SkippedRow> Skipped { get; init; }

    /// <summary>Adds up the text of a file of Eco2AI, of CodeCarbon, or of <c>EmissionsTracker</c>.</summary>
    /// <exception cref="FormatException">It is none of them; the message says what it has.</exception>
    public static EmissionsSummary Of(string text)
    {
        var file = ExperimentFile.Read(text);
        return new EmissionsSummary
        {
            Format = file.Format.Name,
            Projects = [.. file.Rows.GroupBy(row => row.Project).OrderBy(project => project.Key, StringComparer.Ordinal).Select(project => Sum(project.Key, project))],
            All = Sum(AllProjects, file.Rows),
            Skipped = [.. file.Skipped.OrderBy(row => row.Line)],
        };
    }

    /// <summary>Writes it as Eco2AI's <c>summary(write_to_file=…)</c> does.</summary>
    public void Write(TextWriter writer)
    {
        writer.Line(",project_name,total duration(s),total power_consumption(kWh),total CO2_emissions(kg),total electricity cost");
        var number = 0;
        foreach (var project in Projects.Append(All))
        {
            writer.Line(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number++},{CsvText.Field(project.Name)},") + string.Join(
                ',', PythonNumber.Write(project.Duration.TotalSeconds), PythonNumber.Write(project.Energy.KilowattHours),
                PythonNumber.Write(project.Emissions.Grams / 1000), PythonNumber.Write(project.Cost ?? 0)));
        }
    }

    /// <summary>Eco2AI writes a cost of 0 where no price was set: where every row has it, nothing is known of cost.</summary>
    private static ProjectSummary Sum(string name, IEnumerable<ExperimentRow> rows)
    {
        var all = rows.ToList();
        return new ProjectSummary
        {
            Name = name,
            Rows = all.Count,
            Duration = TimeSpan.FromSeconds(Math.Min(all.Sum(row => row.Duration.TotalSeconds), FileFormat.Largest)),
            Energy = Energy.FromJoules(all.Sum(row => row.Energy.Joules)),
            Emissions = Emissions.FromGrams(all.Sum(row => row.Emissions.Grams)),
            Cost = all.Exists(row => row.Cost is not (null or 0)) ? all.Sum(row => row.Cost ?? 0) : null,
        };
    }
}

/// <summary>What the rows of a project add up to.</summary>
public sealed record ProjectSummary
{
    /// <summary>The project.</summary>
    public required string Name { get; init; }

    /// <summary>How many rows they are.</summary>
    public required int Rows { get; init; }

    /// <summary>Wall time of all rows, also of those that were at the same time.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Energy, with PUE.</summary>
    public required Energy Energy { get; init; }

    /// <summary>Emissions.</summary>
    public required Emissions Emissions { get; init; }

    /// <summary>What the energy cost, in the currency of its prices, which the file does not name; <see langword="null"/> when no price was set.</summary>
    public double? Cost { get; init; }
}
