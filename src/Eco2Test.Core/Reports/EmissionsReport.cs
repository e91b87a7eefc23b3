using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>
/// All of a run: where its energy went, how that is known, and what each window used. Roots of <see cref="Windows"/>
/// and the untracked energy add up to the whole. The members are those of the <c>eco2test/v1</c> JSON file; units are
/// in their names.
/// </summary>
/// <remarks>
/// What a file lacks the serializer sets to nothing, whatever a member begins with: where that is no value of a member (a
/// list, a building without energy, no run at all), it takes what it begins with, as if the file said so.
/// </remarks>
public sealed record EmissionsReport
{
    /// <summary>The schema this version writes.</summary>
    public const string CurrentSchema = "eco2test/v1";

    /// <summary>The schema of the file: <c>eco2test/v1</c>.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>What wrote the report.</summary>
    public required ReportTool Tool { get; init; }

    /// <summary>Which run it is.</summary>
    public required ReportRun Run { get; init; }

    /// <summary>The reports that this one sums up; <see langword="null"/> when it is of one run. It is never added up with one of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportPart>? Merged { get; init; }

    /// <summary>The machine.</summary>
    public required ReportTestbed Testbed { get; init; }

    /// <summary>How each kind of energy is known.</summary>
    public required ReportMethod Method { get; init; }

    /// <summary>The carbon intensities that priced the energy.</summary>
    public required IReadOnlyList<ReportIntensity> Intensities { get; init; }

    /// <summary>Power usage effectiveness where the run was declared to be: energy of the building over energy of the device.</summary>
    public double Pue { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>The tables that were used.</summary>
    public required ReportDataset Dataset { get; init; }

    /// <summary>Where the energy went by time; <see langword="null"/> in reports that do not know.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportTimeline? Timeline { get; init; }

    /// <summary>What the energy emits by other prices than the declared one; <see langword="null"/> when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportPrice>? Prices { get; init; }

    /// <summary>How a build was run and what its processes did; <see langword="null"/> in reports of anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportBuild? Build { get; init; }

    /// <summary>The sums; tracked and untracked make the whole.</summary>
    public required ReportTotals Totals { get; init; }

    /// <summary>What the energy costs; <see langword="null"/> when no price of electricity is set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportCost? Cost { get; init; }

    /// <summary>What making the machine emitted, as far as it is this run's; beside the emissions of the energy, never in them. <see langword="null"/>: nobody says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportEmbodied? Embodied { get; init; }

    /// <summary>The metric whose sum is the functional unit of <see cref="Sci"/>, such as <c>predictions</c>; <see langword="null"/>: nobody named one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FunctionalUnit { get; init; }

    /// <summary>Software Carbon Intensity of the run, from the other members; what a file says of it is not read.</summary>
    public ReportSci Sci => ReportSci.Of(this);

    /// <summary>What the run would have cost elsewhere and otherwise; <see langword="null"/> until <c>eco2test practices --save</c> puts it in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportPractices? Practices { get; init; }

    /// <summary>What the budgets of the run and of groups of its windows say; <see langword="null"/> when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportGroupBudget>? Budgets { get; init; }

    /// <summary>How budgets were judged; <see langword="null"/>: as by default, by the lower bound, and what cannot be measured warns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportBudgetPolicy? BudgetPolicy { get; init; }

    /// <summary>What a reader must know to trust the figures.</summary>
    public IReadOnlyList<ReportNotice> Notices { get; init => field = value ?? []; } = [];

    /// <summary>The windows in the order in which they closed.</summary>
    public required IReadOnlyList<ReportWindow> Windows { get; init; }
}

/// <summary>What wrote a report.</summary>
public sealed record ReportTool
{
    /// <summary>The product's name.</summary>
    public required string Name { get; init; }

    /// <summary>The product's version.</summary>
    public required string Version { get; init; }
}

/// <summary>Which run a report is of. Identity: id, kind, project, target framework, shard index.</summary>
public sealed record ReportRun
{
    /// <summary><c>ECO2TEST_RUN_ID</c>, else the CI run and attempt, else a GUID.</summary>
    public required string Id { get; init; }

    /// <summary>The start, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Seconds from the start of the process to the last reading.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The assembly's name.</summary>
    public required string Project { get; init; }

    /// <summary>Such as <c>net10.0</c>.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>Such as <c>Release</c>.</summary>
    public string? Configuration { get; init; }

    /// <summary>What ran: <c>test</c>, <c>build</c>, <c>command</c>, <c>program</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Which part of a sharded run.</summary>
    public ReportShard? Shard { get; init; }

    /// <summary>The commit that CI names.</summary>
    public string? Commit { get; init; }

    /// <summary>The branch that CI names.</summary>
    public string? Branch { get; init; }

    /// <summary>The pull request that CI names.</summary>
    public int? PullRequest { get; init; }

    /// <summary>The CI system.</summary>
    public string? Ci { get; init; }

    /// <summary>Whose machine it ran on; <see langword="null"/> when nothing is known of that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportRunner? Runner { get; init; }
}

/// <summary>A part of a sharded run.</summary>
public sealed record ReportShard
{
    /// <summary>From 1.</summary>
    public required int Index { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }
}

/// <summary>The machine that a run ran on, without anything that names it or its user.</summary>
public sealed record ReportTestbed
{
    /// <summary>A hash of the other members: equal machines compare.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Operating system and version.</summary>
    public required string Os { get; init; }

    /// <summary>The processor as it names itself.</summary>
    public required string CpuModel { get; init; }

    /// <summary>Logical processors that this process may use.</summary>
    public required int LogicalProcessors { get; init; }

    /// <summary>Memory available to this process, bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The GPUs' names.</summary>
    public IReadOnlyList<string> Gpus { get; init => field = value ?? []; } = [];
}

/// <summary>How each kind of energy is known.</summary>
public sealed record ReportMethod
{
    /// <summary>CPU.</summary>
    public required ReportMethodPart Cpu { get; init; }

    /// <summary>GPU; <see langword="null"/> when there is none.</summary>
    public ReportMethodPart? Gpu { get; init; }

    /// <summary>RAM.</summary>
    public required ReportMethodPart Ram { get; init; }
}

/// <summary>How one kind of energy is known.</summary>
public sealed record ReportMethodPart
{
    /// <summary><c>measured</c>, <c>modeled</c> or <c>assumed</c>.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>A short name, such as <c>tdp-per-thread</c>.</summary>
    public required string Source { get; init; }

    /// <summary>One sentence for people, with the figures used.</summary>
    public required string Detail { get; init; }

    /// <summary>Lower bound, as a factor of the central value.</summary>
    public required double Low { get; init; }

    /// <summary>Upper bound, as a factor of the central value.</summary>
    public required double High { get; init; }
}

/// <summary>The carbon intensity of a region.</summary>
public sealed record ReportIntensity
{
    /// <summary>What windows refer to it by.</summary>
    public required string Key { get; init; }

    /// <summary>ISO 3166-1 or -2 code.</summary>
    public required string Region { get; init; }

    /// <summary>The region's name.</summary>
    public required string Name { get; init; }

    /// <summary>gCO2e/kWh.</summary>
    public required double GramsPerKilowattHour { get; init; }

    /// <summary><c>average</c> or <c>marginal</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>lifecycle</c> or <c>direct</c>.</summary>
    public required string Basis { get; init; }

    /// <summary><c>production</c> or <c>consumption</c>.</summary>
    public required string Boundary { get; init; }

    /// <summary>The year of the figure; <see langword="null"/> when its source is undated.</summary>
    public int? Year { get; init; }

    /// <summary>Where the figure comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Whether nobody declared the region.</summary>
    public bool Assumed { get; init; }

    /// <summary>Power usage effectiveness that goes with it: energy of the building over energy of the device.</summary>
    public double Pue { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>Where that comes from: <c>set</c>, what is known of the region of a cloud, or <c>none</c>.</summary>
    public string PueSource { get; init => field = value ?? "none"; } = "none";

    /// <summary>What one kWh more emits there, which is another question; <see langword="null"/> when nobody says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportMarginal? Marginal { get; init; }
}

/// <summary>The tables that were used.</summary>
public sealed record ReportDataset
{
    /// <summary>The version of the package that carries them.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 over all tables, in the order of their names.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>The sums of a run. <c>trackedJoules + untrackedJoules = energyJoules</c>, also in grams.</summary>
public sealed record ReportTotals
{
    /// <summary>All energy, joules.</summary>
    public required double EnergyJoules { get; init; }

    /// <summary>Energy of all root windows, joules.</summary>
    public required double TrackedJoules { get; init; }

    /// <summary>Energy of no window, an account of its own: idle, start-up, tests without the attribute.</summary>
    public required double UntrackedJoules { get; init; }

    /// <summary>Lower bound of all energy.</summary>
    public required double LowJoules { get; init; }

    /// <summary>Upper bound of all energy.</summary>
    public required double HighJoules { get; init; }

    /// <summary>Part of untracked: what later readings corrected, with its sign.</summary>
    public required double CorrectionJoules { get; init; }

    /// <summary>Part of untracked: what the tracker itself used.</summary>
    public required double OverheadJoules { get; init; }

    /// <summary>Part of untracked: what the machine draws without work.</summary>
    public required double IdleJoules { get; init; }

    /// <summary>All emissions, gCO2e.</summary>
    public required double EmissionsGrams { get; init; }

    /// <summary>Emissions of the untracked energy, gCO2e.</summary>
    public required double UntrackedGrams { get; init; }

    /// <summary>Lower bound of all emissions.</summary>
    public required double LowGrams { get; init; }

    /// <summary>Upper bound of all emissions.</summary>
    public required double HighGrams { get; init; }

    /// <summary>The intensity that priced the untracked energy.</summary>
    public required string Intensity { get; init; }
}

/// <summary>What a reader must know to trust the figures.</summary>
public sealed record ReportNotice
{
    /// <summary>Such as <c>ECO2010</c>; each has a page in the documentation.</summary>
    public required string Code { get; init; }

    /// <summary>Cause and remedy.</summary>
    public required string Message { get; init; }
}

/// <summary>What one window used.</summary>
public sealed record ReportWindow
{
    /// <summary>From 1, in the order in which windows opened.</summary>
    public required int Seq { get; init; }

    /// <summary>Namespace, class, method and arguments.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="ReportPart.Name"/> of the report that it comes from; <see langword="null"/> in reports of one run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Project { get; init; }

    /// <summary>What the framework displays.</summary>
    public required string DisplayName { get; init; }

    /// <summary><c>test</c>, <c>fixture</c>, <c>method</c>, <c>build</c>, <c>project</c>, <c>target</c> or <c>task</c>.</summary>
    public required WindowKind Kind { get; init; }

    /// <summary>The <see cref="Seq"/> of the window that includes this one.</summary>
    public int? Parent { get; init; }

    /// <summary>From 1; more when the framework retried the test.</summary>
    public int Attempt { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>
    /// How many runs the figures are the sum of: of a body that was repeated to be measurable, or of windows of one id beyond
    /// the first 10,000. Energy, emissions and times divided by it are those of one run.
    /// </summary>
    public int Count { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>How far windows that were added up spread; <see langword="null"/> for a window by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportSpread? Spread { get; init; }

    /// <summary>What became of the test.</summary>
    public TestOutcome Outcome { get; init; }

    /// <summary>Traits and categories.</summary>
    public IReadOnlyList<string> Categories { get; init => field = value ?? []; } = [];

    /// <summary>The group of models in which cost is set against accuracy.</summary>
    public string? Comparison { get; init; }

    /// <summary>The start, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Wall time.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>CPU time of the process tree that was booked on the window.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>The energy.</summary>
    public required ReportEnergy Energy { get; init; }

    /// <summary>The energy by time; <see langword="null"/>: all in the interval of the report's timeline in which it started.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportWindowTimeline? Timeline { get; init; }

    /// <summary>The emissions, gCO2e.</summary>
    public required double EmissionsGrams { get; init; }

    /// <summary>Lower bound of the emissions.</summary>
    public required double LowGrams { get; init; }

    /// <summary>Upper bound of the emissions.</summary>
    public required double HighGrams { get; init; }

    /// <summary>What the energy costs, in the currency of the report's <see cref="EmissionsReport.Cost"/>; <see langword="null"/> when no price is set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CostAmount { get; init; }

    /// <summary>What making the machine emitted, as far as it is this window's, gCO2e; <see langword="null"/> inside another window, and where nobody says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EmbodiedGrams { get; init; }

    /// <summary>The <see cref="ReportIntensity.Key"/> that priced it.</summary>
    public required string Intensity { get; init; }

    /// <summary>What the figure is worth.</summary>
    public required MeasurementQuality Quality { get; init; }

    /// <summary>
    /// Whether the test had no window of its own: its figures are cut out of samples of the whole process by the time at which it
    /// ran, which is a model whatever the sensors are.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Sampled { get; init; }

    /// <summary>Values that the test recorded, such as <c>accuracy</c>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init => field = value ?? ReadOnlyDictionary<string, double>.Empty; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The limits.</summary>
    public ReportBudget? Budget { get; init; }

    /// <summary>What the budgets say.</summary>
    public BudgetVerdict Verdict { get; init; }

    /// <summary>Where the method stands.</summary>
    public ReportSource? Source { get; init; }
}

/// <summary>How far the energy of windows of one id spreads.</summary>
public sealed record ReportSpread
{
    /// <summary>The least of one window.</summary>
    public required double LeastJoules { get; init; }

    /// <summary>The most of one window.</summary>
    public required double MostJoules { get; init; }

    /// <summary>Standard deviation over the windows.</summary>
    public required double StandardDeviationJoules { get; init; }
}

/// <summary>Energy of a window, joules.</summary>
public sealed record ReportEnergy
{
    /// <summary>The central value.</summary>
    public required double Joules { get; init; }

    /// <summary>Lower bound.</summary>
    public required double LowJoules { get; init; }

    /// <summary>Upper bound.</summary>
    public required double HighJoules { get; init; }

    /// <summary>CPU.</summary>
    public required double CpuJoules { get; init; }

    /// <summary>GPU.</summary>
    public required double GpuJoules { get; init; }

    /// <summary>RAM.</summary>
    public required double RamJoules { get; init; }

    /// <summary>Without the windows inside it.</summary>
    public required double SelfJoules { get; init; }
}

/// <summary>The limits of a window.</summary>
public sealed record ReportBudget
{
    /// <summary>Energy, joules.</summary>
    public double? EnergyJoules { get; init; }

    /// <summary>Emissions, gCO2e.</summary>
    public double? EmissionsGrams { get; init; }
}

/// <summary>Where a method stands.</summary>
public sealed record ReportSource
{
    /// <summary>Relative to the project.</summary>
    public required string File { get; init; }

    /// <summary>From 1.</summary>
    public required int Line { get; init; }
}
