using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Reporting;

/// <summary>A row of Eco2AI's <c>emission.csv</c>, by its 13 columns.</summary>
internal sealed record Eco2AiRow
{
    /// <summary>The columns, exactly.</summary>
    public const string Header =
        "id,project_name,experiment_description,epoch,start_time,duration(s),power_consumption(kWh),CO2_emissions(kg),CPU_name,GPU_name,OS,region/country,cost";

    /// <summary>What stands for the epoch of work that is in none.</summary>
    public const string NoEpoch = "N/A";

    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    public required string Id { get; init; }

    public required string Project { get; init; }

    public required string Experiment { get; init; }

    /// <summary><see cref="NoEpoch"/>, or as <see cref="EpochText"/> makes it.</summary>
    public string Epoch { get; init; } = NoEpoch;

    /// <summary>Local time, without a zone.</summary>
    public required DateTime StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Energy with PUE: the column is called power.</summary>
    public required Energy Energy { get; init; }

    public required Emissions Emissions { get; init; }

    public required string Cpu { get; init; }

    public required string Gpu { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Place { get; init; }

    /// <summary>What the energy costs; <see langword="null"/>: no price was set, which the file calls 0.</summary>
    public double? Cost { get; init; }

    /// <summary><c>epoch: 1, loss: 0.5, </c>, as Eco2AI writes it, the comma and blank at its end included.</summary>
    public static string EpochText(int epoch, IEnumerable<KeyValuePair<string, object>> parameters) => string.Create(
        CultureInfo.InvariantCulture, $"epoch: {epoch}, {string.Concat(parameters.Select(parameter => $"{parameter.Key}: {Text(parameter.Value)}, "))}");

    /// <summary>The row as pandas writes it, without an end of line.</summary>
    public string Write() => string.Join(',', new[]
    {
        Id, Project, Experiment, Epoch, StartedAt.ToString(TimeFormat, CultureInfo.InvariantCulture), PythonNumber.Write(Duration.TotalSeconds),
        PythonNumber.Write(Energy.KilowattHours), PythonNumber.Write(Emissions.Grams / 1000), Cpu, Gpu, OperatingSystem, Place,
        Cost is { } cost ? PythonNumber.Write(cost) : "0",
    }.Select(CsvText.Field));

    private static string Text(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        double number => PythonNumber.Write(number),
        float number => PythonNumber.Write(double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
