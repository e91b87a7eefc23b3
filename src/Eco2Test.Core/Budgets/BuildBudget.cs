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

/// <summary>Where a setting is written.</summary>
/// <param name="Name">What it is called there: <c>Eco2TestBuildEnergyBudget</c>, <c>buildEnergyBudget</c>.</param>
/// <param name="File">Full path of the file; <see langword="null"/>: on the command line, or in the environment.</param>
/// <param name="Line">From 1; 0 when it is not known.</param>
/// <param name="Column">From 1; 0 when it is not known.</param>
internal sealed record SettingPlace(string Name, string? File = null, int Line = 0, int Column = 0);
