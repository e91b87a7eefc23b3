using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>Says that a project waits for others, or goes on: what its node does meanwhile is not its own.</summary>
[MSBuildMultiThreadableTask]
public sealed class MarkEmissions : EmissionsTask
{
    /// <summary>Whether it waits.</summary>
    [Required]
    public bool Waits { get; set; }

    /// <inheritdoc/>
    private protected override void Run() => Node.Wait(Key, Waits);
}
