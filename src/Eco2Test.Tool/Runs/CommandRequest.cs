namespace Eco2Test.Tool;

/// <summary>What is to be run and measured.</summary>
/// <param name="Words">The command: its program and the arguments.</param>
/// <param name="Folder">The folder that it runs in.</param>
internal sealed record CommandRequest(IReadOnlyList<string> Words, string Folder)
{
    /// <summary>The file of the report; <see langword="null"/>: by its usual name in the folder of results of builds.</summary>
    public string? Out { get; init; }

    /// <summary>The most energy, as it was written.</summary>
    public string? EnergyBudget { get; init; }

    /// <summary>The most emissions, as they were written.</summary>
    public string? EmissionsBudget { get; init; }

    /// <summary>Where the command runs.</summary>
    public string? Region { get; init; }

    /// <summary>Where samples are kept for a later join with a binary log; <see langword="null"/>: nowhere.</summary>
    public string? Samples { get; init; }

    /// <summary>Whether a build gets the logger, which says what its projects used.</summary>
    public bool WithLogger { get; init; } = true;
}
