namespace Eco2Test.Generators.Diagnostics;

/// <summary>What a diagnostic tells its fix, by name in its properties.</summary>
internal static class FixProperties
{
    /// <summary>The property of the attribute that the diagnostic is about.</summary>
    public const string Property = "property";

    /// <summary>The text that was probably meant.</summary>
    public const string Suggestion = "suggestion";

    /// <summary>The framework of a test: a name of <c>FrameworkKind</c>.</summary>
    public const string Framework = "framework";
}
