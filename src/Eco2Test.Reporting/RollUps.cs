using Eco2Test.Budgets;
using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>What windows are added up by.</summary>
internal enum RollUpBy
{
    /// <summary>The assembly, with its framework.</summary>
    Project,

    /// <summary>The namespace of the class.</summary>
    Namespace,

    /// <summary>The class, whatever its type arguments and the arguments of its fixture.</summary>
    Class,

    /// <summary>The category or trait; a window can have several.</summary>
    Category,
}

/// <summary>Root windows of a report added up by what they share; energy that is tracked, never the untracked.</summary>
/// <param name="By">By what.</param>
/// <param name="Rows">The sums, most energy first.</param>
/// <param name="Overlaps">Whether a window is in several rows: they add up to more than is tracked then.</param>
internal sealed record RollUp(RollUpBy By, IReadOnlyList<RollUpRow> Rows, bool Overlaps);

/// <summary>A sum of root windows.</summary>
/// <param name="Name">What they share.</param>
/// <param name="Windows">How many there are.</param>
/// <param name="BelowResolution">How many of them could not be measured by themselves.</param>
/// <param name="Joules">Energy.</param>
/// <param name="LowJoules">The sum of the lower bounds.</param>
/// <param name="HighJoules">The sum of the upper bounds.</param>
/// <param name="Grams">Emissions, gCO2e.</param>
/// <param name="LowGrams">The sum of the lower bounds.</param>
/// <param name="HighGrams">The sum of the upper bounds.</param>
/// <param name="Share">The part of all tracked energy, from 0 to 1.</param>
/// <param name="Quality">What the sum is worth, which can be more than its windows are.</param>
internal sealed record RollUpRow(
    string Name, int Windows, int BelowResolution, double Joules, double LowJoules, double HighJoules, double Grams, double LowGrams, double HighGrams, double Share,
    MeasurementQuality Quality);

/// <summary>Adds up the root windows of a report.</summary>
internal static class RollUps
{
    private const string NoNamespace = "(no namespace)";
    private const string NoClass = "(no class)";
    private const string NoCategory = "(no category)";
    private const string OfBuild = "(build)";

    /// <summary>The sums by one thing.</summary>
    public static RollUp Of(EmissionsReport report, RollUpBy by)
    {
        var roots = ReportTree.Roots(report.Windows);
        var tracked = roots.Sum(window => window.Energy.Joules);
        var rows = roots
            .SelectMany(window => Keys(report, window, by).Select(key => (Key: key, Window: window)))
            .GroupBy(entry => entry.Key, entry => entry.Window, StringComparer.Ordinal)
            .Select(group => Row(group.Key, [.. group], tracked))
            .OrderByDescending(row => row.Joules)
            .ThenBy(row => row.Name, StringComparer.Ordinal);
        return new(by, [.. rows], by == RollUpBy.Category && roots.Any(window => window.Categories.Distinct().Count() > 1));
    }

    private static RollUpRow Row(string name, IReadOnlyList<ReportWindow> windows, double tracked)
    {
        var joules = windows.Sum(window => window.Energy.Joules);
        return new(
            name, windows.Count, windows.Count(window => window.Quality == MeasurementQuality.BelowResolution),
            joules, windows.Sum(window => window.Energy.LowJoules), windows.Sum(window => window.Energy.HighJoules),
            windows.Sum(window => window.EmissionsGrams), windows.Sum(window => window.LowGrams), windows.Sum(window => window.HighGrams),
            tracked > 0 ? joules / tracked : 0, GroupResolution.QualityOf(windows));
    }

    private static IEnumerable<string> Keys(EmissionsReport report, ReportWindow window, RollUpBy by) => by switch
    {
        RollUpBy.Namespace or RollUpBy.Class when window.Kind is WindowKind.Build or WindowKind.Project or WindowKind.Target or WindowKind.Task => [OfBuild],
        RollUpBy.Project => [window.Project ?? ReportWords.Project(report.Run)],
        RollUpBy.Namespace => [Known(SpaceOf(ClassOf(window)), NoNamespace)],
        RollUpBy.Class => [Known(ClassOf(window), NoClass)],
        _ => window.Categories.Count == 0 ? [NoCategory] : window.Categories.Distinct(),
    };

    /// <summary>A fixture is called by its class.</summary>
    private static string ClassOf(ReportWindow window) => WindowId.Plain(window.Kind == WindowKind.Fixture ? window.Id : WindowId.Of(window.Id).Class);

    private static string SpaceOf(string type) => type.LastIndexOf('.') is >= 0 and var end ? type[..end] : "";

    private static string Known(string name, string otherwise) => name.Length == 0 ? otherwise : name;
}
