namespace Eco2Test.Core.Tests;

/// <summary>Tests that read the real CPU clocks of this process: no other test may work beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealClocks
{
    public const string Name = "Real clocks";
}
