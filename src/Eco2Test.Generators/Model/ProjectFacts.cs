namespace Eco2Test.Generators.Model;

/// <summary>What the generator must know of the project besides its tests.</summary>
/// <param name="CanRun">Whether generated code could compile: C# 11, module initializers and the run-time are there.</param>
/// <param name="HasTests">Whether a framework is referenced whose tests are hooked.</param>
/// <param name="Hooks">The files of the hooks that are generated.</param>
internal sealed record ProjectFacts(bool CanRun, bool HasTests, EquatableArray<string> Hooks)
{
    /// <summary>Of a project for which nothing is generated.</summary>
    public static readonly ProjectFacts None = new(CanRun: false, HasTests: false, default);
}
