using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>
/// What the energy of a run emits by another price than the declared one, which it stands beside and never replaces: by the
/// intensity of the hours in which the run ran, or of the place where it ran. It is of one place, whatever regions its
/// windows declare. The grams of the root windows and of the untracked energy make the whole.
/// </summary>
public sealed record ReportPrice
{
    /// <summary>What it is known by: who was asked, and for where, such as <c>electricity-maps FR</c>. Pricing again replaces the price of this key.</summary>
    public required string Key { get; init; }

    /// <summary>The place that was priced, as settings name it: <c>FR</c>, <c>aws:eu-west-3</c>.</summary>
    public required string Place { get; init; }

    /// <summary>Code of the grid of the place.</summary>
    public required string Region { get; init; }

    /// <summary>The place as the source calls it, such as <c>FR</c> or <c>CAISO_NORTH</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>Who says so, such as <c>Electricity Maps v3</c>.</summary>
    public required string Source { get; init; }

    /// <summary><c>average</c> or <c>marginal</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>lifecycle</c> or <c>direct</c>.</summary>
    public required string Basis { get; init; }

    /// <summary><c>production</c> or <c>consumption</c>.</summary>
    public required string Boundary { get; init; }

    /// <summary>The year of figures of a whole year; <see langword="null"/> when they are of the hours of the run, or undated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Year { get; init; }

    /// <summary>Whether it is of the place where the run was said to run (<c>ECO2TEST_ACTUAL_REGION</c>).</summary>
    public bool IsActual { get; init; }

    /// <summary>When the source was asked, UTC; <see langword="null"/> when the price was made with the report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PricedAt { get; init; }

    /// <summary>Power usage effectiveness that went into it.</summary>
    public required double Pue { get; init; }

    /// <summary>Where that comes from.</summary>
    public required string PueSource { get; init; }

    /// <summary>Mean intensity, weighted by energy, gCO2e/kWh.</summary>
    public required double GramsPerKilowattHour { get; init; }

    /// <summary>All emissions, gCO2e.</summary>
    public required double EmissionsGrams { get; init; }

    /// <summary>Emissions of the untracked energy, gCO2e.</summary>
    public required double UntrackedGrams { get; init; }

    /// <summary>Lower bound: the lower bound of the energy at the mean intensity.</summary>
    public required double LowGrams { get; init; }

    /// <summary>Upper bound: the upper bound of the energy at the mean intensity.</summary>
    public required double HighGrams { get; init; }

    /// <summary>Energy that was priced by the source, joules. With <see cref="FallbackJoules"/> it makes the whole.</summary>
    public required double SourceJoules { get; init; }

    /// <summary>Energy that was priced by the table, since the source has no value, joules.</summary>
    public required double FallbackJoules { get; init; }

    /// <summary>Which intensity priced which intervals of the timeline, in their order and without gaps.</summary>
    public required IReadOnlyList<ReportPriceStretch> Stretches { get; init; }

    /// <summary>Emissions of each window by its <c>seq</c>, gCO2e.</summary>
    public required IReadOnlyDictionary<int, double> WindowGrams { get; init; }

    /// <summary>What a reader must know to trust it.</summary>
    public IReadOnlyList<ReportNotice> Notices { get; init => field = value ?? []; } = [];
}

/// <summary>Intervals of the timeline, one after the other, that have one intensity.</summary>
public sealed record ReportPriceStretch
{
    /// <summary>How many intervals.</summary>
    public required int Intervals { get; init; }

    /// <summary>gCO2e/kWh.</summary>
    public required double GramsPerKilowattHour { get; init; }

    /// <summary>How it is known: <c>source</c>, <c>estimated</c> by it, <c>partly</c> by it and else by the table, or <c>table</c>.</summary>
    public required string Known { get; init; }
}
