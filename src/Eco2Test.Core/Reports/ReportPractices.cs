using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>
/// What the same run would have cost elsewhere, on other machines, in other buildings and by other models: the four
/// practices (Map, Machine, Mechanization, Model) of Patterson et al., "The Carbon Footprint of Machine Learning Training
/// Will Plateau, Then Shrink", IEEE Computer 55(7), 2022.
/// </summary>
public sealed record ReportPractices
{
    /// <summary>The same run in every other region.</summary>
    public required ReportMap Map { get; init; }

    /// <summary>The same work on other processors, and on other GPUs; an entry without figures says why.</summary>
    public required IReadOnlyList<ReportMachine> Machine { get; init; }

    /// <summary>The same run in other buildings.</summary>
    public required ReportMechanization Mechanization { get; init; }

    /// <summary>Windows of one comparison set side by side, one entry for each label.</summary>
    public required IReadOnlyList<ReportComparison> Model { get; init; }
}

/// <summary>Map: the energy of the whole run, with its PUE as it is, priced in every other region.</summary>
public sealed record ReportMap
{
    /// <summary>Energy of the run with that of its building, joules.</summary>
    public required double BuildingJoules { get; init; }

    /// <summary>Where the run was, as it priced its untracked energy; <see langword="null"/> when the report does not say.</summary>
    public ReportMapRegion? Here { get; init; }

    /// <summary>Regions of the same kind, basis and boundary, the least emissions first.</summary>
    public required IReadOnlyList<ReportMapRegion> Ranked { get; init; }

    /// <summary>Regions whose figure answers another question, in the order of codes, each with the reason.</summary>
    public required IReadOnlyList<ReportMapRegion> Unranked { get; init; }

    /// <summary>Averages over many countries, such as the world: no place to run at.</summary>
    public required IReadOnlyList<ReportMapRegion> Aggregates { get; init; }

    /// <summary>What a reader must know beside that.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];
}

/// <summary>The run in one region; the emissions of root windows and of untracked energy add up to all.</summary>
public sealed record ReportMapRegion
{
    /// <summary>ISO 3166-1 or -2 code.</summary>
    public required string Region { get; init; }

    /// <summary>The region's name.</summary>
    public required string Name { get; init; }

    /// <summary>From 1, the run's own region counted; <see langword="null"/> where it is not ranked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Rank { get; init; }

    /// <summary>gCO2e/kWh.</summary>
    public required double GramsPerKilowattHour { get; init; }

    /// <summary>All emissions, gCO2e.</summary>
    public required double EmissionsGrams { get; init; }

    /// <summary>Emissions of the root windows, gCO2e.</summary>
    public required double TrackedGrams { get; init; }

    /// <summary>Emissions of the untracked energy, gCO2e.</summary>
    public required double UntrackedGrams { get; init; }

    /// <summary>Lower bound of all emissions: of the energy, the intensity is taken as it is.</summary>
    public required double LowGrams { get; init; }

    /// <summary>Upper bound of all emissions, likewise.</summary>
    public required double HighGrams { get; init; }

    /// <summary>All emissions over those where the run was; <see langword="null"/> where the two are not comparable.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Factor { get; init; }

    /// <summary><c>average</c> or <c>marginal</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>lifecycle</c> or <c>direct</c>.</summary>
    public required string Basis { get; init; }

    /// <summary><c>production</c> or <c>consumption</c>.</summary>
    public required string Boundary { get; init; }

    /// <summary>The year of the intensity; <see langword="null"/> when its source is undated.</summary>
    public int? Year { get; init; }

    /// <summary>Where the intensity comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Why it is not ranked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>Machine: what devices of one class used for the tracked work, and what others would use for it.</summary>
public sealed record ReportMachine
{
    /// <summary><c>cpu</c> or <c>gpu</c>.</summary>
    public required string Class { get; init; }

    /// <summary>What the root windows used on it, joules.</summary>
    public required double Joules { get; init; }

    /// <summary>The device as the table has it; <see langword="null"/> when it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportDevice? Own { get; init; }

    /// <summary>Others, the least energy first; empty when <see cref="Reason"/> says why.</summary>
    public required IReadOnlyList<ReportDevice> Others { get; init; }

    /// <summary>Why there are no figures.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}

/// <summary>The same work on one device.</summary>
public sealed record ReportDevice
{
    /// <summary>The device, as the table calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Thermal design power that is compared, W: of one core of a processor, of the board of a GPU.</summary>
    public required double DesignWatts { get; init; }

    /// <summary>Energy of the work, joules.</summary>
    public required double Joules { get; init; }

    /// <summary>Lower bound.</summary>
    public required double LowJoules { get; init; }

    /// <summary>Upper bound.</summary>
    public required double HighJoules { get; init; }

    /// <summary>Energy over that of the run's own device.</summary>
    public required double Factor { get; init; }

    /// <summary>How fast it must be, as a multiple of the run's own device, to use the same energy.</summary>
    public required double BreakEvenSpeed { get; init; }

    /// <summary>How fast it is, as a multiple of the run's own device; <see langword="null"/> when nobody says: then equal time is assumed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Speed { get; init; }

    /// <summary>Where the speed comes from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SpeedSource { get; init; }

    /// <summary><c>modeled</c> where the speed is given, else <c>assumed</c>.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Where the design power comes from.</summary>
    public required string Source { get; init; }
}

/// <summary>Mechanization: the run with the overhead of other buildings, on the grids that priced it.</summary>
public sealed record ReportMechanization
{
    /// <summary>Energy of the device, joules.</summary>
    public required double DeviceJoules { get; init; }

    /// <summary>What the report used.</summary>
    public required ReportBuilding Used { get; init; }

    /// <summary>Others: on premise, and in each cloud the building of least, median and most overhead.</summary>
    public required IReadOnlyList<ReportBuilding> Others { get; init; }

    /// <summary>What a reader must know beside that.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];
}

/// <summary>The run in one building.</summary>
public sealed record ReportBuilding
{
    /// <summary>Such as <c>on premise</c> or <c>aws</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which one of them: <c>used</c>, <c>average</c>, <c>least</c>, <c>median</c> or <c>most</c>.</summary>
    public required string Which { get; init; }

    /// <summary>The region of the cloud, such as <c>aws:eu-west-3</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Region { get; init; }

    /// <summary>Power usage effectiveness: energy of the building over energy of the device.</summary>
    public required double Pue { get; init; }

    /// <summary>The year of the PUE; <see langword="null"/> when its source is undated.</summary>
    public int? Year { get; init; }

    /// <summary>Where the PUE comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Energy with that of the building, joules.</summary>
    public required double BuildingJoules { get; init; }

    /// <summary>Emissions at the intensities that priced the run, gCO2e.</summary>
    public required double EmissionsGrams { get; init; }

    /// <summary>Energy over that with the PUE that the report used.</summary>
    public required double Factor { get; init; }
}

/// <summary>Model: the windows that carry one comparison label, energy against a metric.</summary>
public sealed record ReportComparison
{
    /// <summary>The label, as in <c>[TrackEmissions(Comparison = "sentiment")]</c>.</summary>
    public required string Label { get; init; }

    /// <summary>The metric that energy is set against; <see langword="null"/> when none was recorded of which it is known what is better.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Metric { get; init; }

    /// <summary>Whether less of the metric is better.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? LessIsBetter { get; init; }

    /// <summary>How that is known: <c>name</c> (a word in the metric's name) or <c>set</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KnownBy { get; init; }

    /// <summary>What can be compared, the least energy first.</summary>
    public required IReadOnlyList<ReportContender> Ranked { get; init; }

    /// <summary>What cannot, each with the reason.</summary>
    public required IReadOnlyList<ReportContender> Unranked { get; init; }

    /// <summary>What a reader must know beside that.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value ?? []; } = [];
}

/// <summary>One of what is compared; its figures are those of one run.</summary>
public sealed record ReportContender
{
    /// <summary>The id of its windows.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="ReportWindow.Seq"/> of the window that the figures are of, of the first where there are several.</summary>
    public required int Seq { get; init; }

    /// <summary>How many runs its windows hold; the figures are the mean of them.</summary>
    public required int Count { get; init; }

    /// <summary>Energy of one run, joules.</summary>
    public required double Joules { get; init; }

    /// <summary>Lower bound.</summary>
    public required double LowJoules { get; init; }

    /// <summary>Upper bound.</summary>
    public required double HighJoules { get; init; }

    /// <summary>Emissions of one run, gCO2e.</summary>
    public required double EmissionsGrams { get; init; }

    /// <summary>Lower bound.</summary>
    public required double LowGrams { get; init; }

    /// <summary>Upper bound.</summary>
    public required double HighGrams { get; init; }

    /// <summary>Wall time of one run.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>What it recorded, the mean where there are several windows.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init => field = value ?? ReadOnlyDictionary<string, double>.Empty; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Whether nothing else has at least this much of the metric for less energy: it is on the Pareto front.</summary>
    public bool OnFront { get; init; }

    /// <summary>What is on the front with at least this much of the metric for less energy, or more for the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DominatedBy { get; init; }

    /// <summary>Others on the front whose bounds of energy overlap with these: the energies are not told apart.</summary>
    public IReadOnlyList<string> NotToldApart { get; init => field = value ?? []; } = [];

    /// <summary>Energy over the least of what is ranked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EnergyFactor { get; init; }

    /// <summary>The metric minus that of what uses the least energy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MetricDifference { get; init; }

    /// <summary>Energy of other attempts, which the figures leave out, joules.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OtherAttemptsJoules { get; init; }

    /// <summary>Why it is not ranked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
