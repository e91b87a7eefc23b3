namespace Eco2Test.Budgets;

/// <summary>A budget of a whole build, or of one project of it.</summary>
internal sealed record BuildBudget
{
    /// <summary>Whether it limits the whole build; else each project by itself.</summary>
    public required bool IsOfBuild { get; init; }

    public EnergyBudget? Energy { get; init; }

    public EmissionsBudget? Emissions { get; init; }

    /// <summary>Whether being over fails the build, or is only said.</summary>
    public bool IsError { get; init; } = true;

    /// <summary>The parts of the mode that it was set for, such as <c>compiler=warm reuse=on</c>; <see langword="null"/>: any.</summary>
    public string? Mode { get; init; }

    /// <summary>Where it is written.</summary>
    public required SettingPlace Place { get; init; }

    /// <summary>What could not be read of it, without a code; it fails the build, since nobody knows what was meant.</summary>
    public string? Problem { get; init; }
}
