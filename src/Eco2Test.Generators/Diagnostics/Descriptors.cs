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

    public static readonly DiagnosticDescriptor NothingToTrack = new(
        "ECO1003",
        "Nothing to track",
        "[TrackEmissions] has no effect on '{0}': {1}",
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

    public static readonly DiagnosticDescriptor RegionAgainstCloud = new(
        "ECO1007",
        "Region against cloud region",
        "{0} is another place than {1}, which is declared around it; a machine of a cloud is in one place",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1007.md");

    public static readonly DiagnosticDescriptor AsyncVoid = new(
        "ECO1008",
        "Tracked method is async void",
        "'{0}' is not tracked: {1}; {2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1008.md");

    public static readonly DiagnosticDescriptor NotWrapped = new(
        "ECO1009",
        "Call that is not tracked",
        "'{0}' is not tracked here: {1}; {2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1009.md");

    public static readonly DiagnosticDescriptor MethodGroup = new(
        "ECO1010",
        "Delegate of a tracked method",
        "'{0}' is not tracked when it is called through this delegate: {1}; {2}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1010.md");

    public static readonly DiagnosticDescriptor DynamicCall = new(
        "ECO1011",
        "Dynamic call of a tracked method",
        "'{0}' is not tracked here: {1}; {2}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1011.md");

    public static readonly DiagnosticDescriptor Redundant = new(
        "ECO1012",
        "Redundant attribute",
        "[TrackEmissions] on '{0}' says nothing that does not hold there without it",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1012.md",
        customTags: WellKnownDiagnosticTags.Unnecessary);

    public static readonly DiagnosticDescriptor NoBodyToTrack = new(
        "ECO1013",
        "Extern or static abstract method",
        "'{0}' is not tracked: {1}; {2}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1013.md");

    public static readonly DiagnosticDescriptor BudgetBelowResolution = new(
        "ECO1014",
        "Budget below what can be measured",
        "{0} '{1}' is less than any test costs that is long enough to be measured (about {2}): it can only be exceeded",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1014.md");

    public static readonly DiagnosticDescriptor SecondHook = new(
        "ECO1015",
        "Second hook",
        "The package's own hook of {0} opens and closes the window of each test; a second one opens it twice",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1015.md");

    public static readonly DiagnosticDescriptor BudgetInParallel = new(
        "ECO1016",
        "Budgeted test that may run beside others",
        "'{0}' has a budget and may run beside other tests, with which it shares what nothing tells apart; {1} keeps it alone",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1016.md");

    public static readonly DiagnosticDescriptor Iterator = new(
        "ECO1017",
        "Tracked iterator",
        "'{0}' is an iterator: it is charged while it works out an item, not while its caller works on it",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1017.md");

    public static readonly DiagnosticDescriptor MinimumSecondsIgnored = new(
        "ECO1018",
        "MinimumSeconds outside the exact form",
        "MinimumSeconds has no effect on '{0}': only a body in a method of its own can be repeated; make '{0}' partial with its body in '{1}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1018.md");

    public static readonly DiagnosticDescriptor NotThroughBase = new(
        "ECO1019",
        "Calls through the base are not tracked",
        "Calls of '{0}' through '{1}' are not tracked, since that has no attribute; put it there",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1019.md");

    public static readonly DiagnosticDescriptor SettingsNotJson = new(
        "ECO1020",
        "Settings file that is no JSON object",
        "The settings file cannot be read: {0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1020.md");

    public static readonly DiagnosticDescriptor UnknownSetting = new(
        "ECO1021",
        "Unknown name in a settings file",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1021.md");

    public static readonly DiagnosticDescriptor UnreadableSetting = new(
        "ECO1022",
        "Value of a settings file that cannot be read",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1022.md");

    public static readonly DiagnosticDescriptor SettingsExtends = new(
        "ECO1023",
        "Settings file that extends what it cannot",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1023.md");

    public static readonly DiagnosticDescriptor UnreadableRegions = new(
        "ECO1024",
        "Table of regions that cannot be read",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1024.md");

    public static readonly DiagnosticDescriptor SettingLocked = new(
        "ECO3008",
        "Setting that loosens what is locked",
        "{0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO3008.md");

    public static readonly DiagnosticDescriptor UnreadableBudgetProperty = new(
        "ECO1025",
        "Budget in an MSBuild property that cannot be read",
        "MSBuild property {0}: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Docs + "ECO1025.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
