namespace Eco2Test;

/// <summary>
/// Measures the energy and the emissions of a test or of any other method, of all tests of a class or the public methods
/// of one that holds none, or of all tests of an assembly. What is set on a method beats what is set on its class, which beats what is set on the assembly, property by property.
/// </summary>
/// <example><code>[Fact, TrackEmissions(Region = "FR", EnergyBudget = "500 J", EmissionsBudget = "10 mg")]</code></example>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class TrackEmissionsAttribute : Attribute
{
    /// <summary>
    /// Where the work is declared to run: an ISO 3166-1 or -2 code (<c>FR</c>, <c>US-CA</c>) or a name (<c>France</c>), in
    /// any case. Emissions and their budgets are computed with the grid of this place, whichever machine runs the test.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>The most energy that the test may use: <c>500 J</c>, <c>2 Wh</c>.</summary>
    public string? EnergyBudget { get; set; }

    /// <summary>The most greenhouse gas that the test may emit, as CO2e: <c>10 mg</c>, <c>1.5 g</c>.</summary>
    public string? EmissionsBudget { get; set; }

    /// <summary>The group of models in which this test's cost is set against its accuracy.</summary>
    public string? Comparison { get; set; }

    /// <summary>
    /// Repeats work that is too short to be measured until so many seconds are over; figures and budgets are those of one
    /// run, and the result is that of the last. It needs a partial method with its body in a method named <c>…Core</c>,
    /// which returns nothing, a value or a task.
    /// </summary>
    public double MinimumSeconds { get; set; }

    /// <summary><see langword="false"/> excludes a method or class that its class or assembly would include.</summary>
    public bool Enabled { get; set; } = true;
}
