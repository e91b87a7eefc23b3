namespace Eco2Test.Budgets;

/// <summary>A budget of the run, or of a group of its windows.</summary>
/// <param name="Scope"><c>run</c>, <c>class</c>, <c>category</c> or <c>name</c>.</param>
/// <param name="Pattern">Which class, category or names, <c>*</c> standing for anything; <see langword="null"/> for the run.</param>
/// <param name="Energy">The most energy.</param>
/// <param name="Emissions">The most emissions.</param>
internal sealed record GroupBudget(string Scope, string? Pattern, EnergyBudget? Energy, EmissionsBudget? Emissions)
{
    /// <summary>The scope of the whole run.</summary>
    public const string Run = "run";

    /// <summary>What could not be read of it, beginning with its code; it fails the run, since nobody knows what was meant.</summary>
    public string? Problem { get; init; }
}
