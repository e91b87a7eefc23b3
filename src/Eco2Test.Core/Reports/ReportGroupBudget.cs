using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>How the budgets of a run were judged.</summary>
public sealed record ReportBudgetPolicy
{
    /// <summary>The bound that is held against a limit: <c>lower</c>, <c>central</c> or <c>upper</c>.</summary>
    public required string Bound { get; init; }

    /// <summary>What a budget does that cannot be decided: <c>warn</c>, <c>error</c> or <c>ignore</c>.</summary>
    public required string NotMeasurable { get; init; }
}

/// <summary>
/// What a budget of the run, or of a group of its windows, says. Limits are of the device's energy and of emissions; sums
/// are of the windows that match, without those inside another of them, or of the whole run, tracked and untracked.
/// </summary>
public sealed record ReportGroupBudget
{
    /// <summary>What it is a budget of: <c>run</c>, <c>class</c>, <c>category</c> or <c>name</c>; of a build <c>build</c> or <c>project</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Which class, category, names or project, <c>*</c> standing for anything; <see langword="null"/> for the run and the build.</summary>
    public string? Pattern { get; init; }

    /// <summary>The <see cref="ReportPart.Name"/> of the report that it comes from; <see langword="null"/> in reports of one run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Project { get; init; }

    /// <summary>The limit, joules; <see langword="null"/>: none.</summary>
    public double? EnergyJoules { get; init; }

    /// <summary>The limit, gCO2e; <see langword="null"/>: none.</summary>
    public double? EmissionsGrams { get; init; }

    /// <summary>How many windows were added up; of the run, its roots.</summary>
    public int Windows { get; init; }

    /// <summary>Energy used, joules.</summary>
    public required double UsedJoules { get; init; }

    /// <summary>Lower bound of the energy used.</summary>
    public required double LowJoules { get; init; }

    /// <summary>Upper bound of the energy used.</summary>
    public required double HighJoules { get; init; }

    /// <summary>Emissions, gCO2e.</summary>
    public required double UsedGrams { get; init; }

    /// <summary>Lower bound of the emissions.</summary>
    public required double LowGrams { get; init; }

    /// <summary>Upper bound of the emissions.</summary>
    public required double HighGrams { get; init; }

    /// <summary>The worse verdict of the two limits.</summary>
    public required BudgetVerdict Verdict { get; init; }

    /// <summary>For people, beginning with its code; <see langword="null"/> when there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the run must fail.</summary>
    public bool Fails { get; init; }
}
