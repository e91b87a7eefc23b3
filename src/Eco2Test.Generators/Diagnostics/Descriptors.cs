using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>What the analyzers can say; each has a page in <c>docs/diagnostics</c>.</summary>
internal static class Descriptors
{
    private const string Category = "Eco2Test";
    private const string Docs = "https://github.com/eco2test/eco2test/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor UnknownRegion = new(
        "ECO1001",
        "Unknown region",
        "{0} {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1001.md");

    public static readonly DiagnosticDescriptor UnreadableBudget = new(
        "ECO1002",
        "Budget that cannot be read",
        "{0} cannot be read: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1002.md");

    public static readonly DiagnosticDescriptor NotATrackedTest = new(
        "ECO1003",
        "No tracked test",
        "[TrackEmissions] has no effect on '{0}', which is or holds no test of a framework that is hooked in this project; only tests of xUnit v2 and v3, NUnit and MSTest are tracked for now",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1003.md");

    public static readonly DiagnosticDescriptor UnknownRegionProperty = new(
        "ECO1004",
        "Unknown region in the MSBuild property Eco2TestRegion",
        "MSBuild property Eco2TestRegion: {0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1004.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor OldLanguage = new(
        "ECO1005",
        "C# language version below 11",
        "[TrackEmissions] has no effect in this project: the code behind it needs C# 11, and the project is compiled as C# {0}; set LangVersion to 11 or newer, or remove it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1005.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
