namespace Eco2Test.Generators.Model;

/// <summary>What one attribute asks for; <see langword="null"/> is what it leaves to the next one outward.</summary>
internal sealed record TrackingSettings(string? Region, string? EnergyBudget, string? EmissionsBudget, string? Comparison, bool? Enabled, double? MinimumSeconds)
{
    public static readonly TrackingSettings None = new(null, null, null, null, null, null);

    /// <summary>These, completed property by property from <paramref name="outer"/>.</summary>
    public TrackingSettings Over(TrackingSettings outer) => new(
        Region ?? outer.Region,
        EnergyBudget ?? outer.EnergyBudget,
        EmissionsBudget ?? outer.EmissionsBudget,
        Comparison ?? outer.Comparison,
        Enabled ?? outer.Enabled,
        MinimumSeconds ?? outer.MinimumSeconds);
}
