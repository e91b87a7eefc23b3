using Eco2Test.Reports;

namespace Eco2Test.Budgets;

/// <summary>Which windows of a report a budget of a class, a category or names is about.</summary>
internal static class BudgetGroup
{
    /// <summary>The windows that match, without those inside another of them, whose energy that one has.</summary>
    public static IReadOnlyList<ReportWindow> Members(IReadOnlyList<ReportWindow> windows, string scope, string pattern)
    {
        var matches = Matcher(scope, pattern);
        var matching = windows.Where(matches).ToList();
        var taken = matching.Select(window => window.Seq).ToHashSet();
        var bySeq = windows.GroupBy(window => window.Seq).ToDictionary(same => same.Key, same => same.First());
        return [.. matching.Where(window => !IsInsideOne(window, taken, bySeq))];
    }

    private static bool IsInsideOne(ReportWindow window, HashSet<int> taken, Dictionary<int, ReportWindow> bySeq)
    {
        // A parent opens before its children: this also ends at windows that include each other in a circle.
        for (var inner = window; inner.Parent is { } parent && parent < inner.Seq && bySeq.TryGetValue(parent, out var outer); inner = outer)
        {
            if (taken.Contains(parent))
            {
                return true;
            }
        }

        return false;
    }

    private static Func<ReportWindow, bool> Matcher(string scope, string pattern) => scope switch
    {
        "class" => OfClass(WindowId.AsWritten(pattern.Trim())),
        "category" => window => window.Categories.Any(category => Wildcard.Matches(pattern, category)),
        _ => window => IsNamed(pattern, window.Id),
    };

    /// <summary>By the whole id, or by the id without its arguments: the rows of a method are all of its name.</summary>
    private static bool IsNamed(string pattern, string id) =>
        Wildcard.Matches(pattern, id) || (WindowId.Of(id).Arguments is { Length: > 0 } arguments && Wildcard.Matches(pattern, id.AsSpan(0, id.Length - arguments.Length)));

    /// <summary>The class, whatever its type arguments and the arguments of its fixtures, and the classes in it.</summary>
    private static Func<ReportWindow, bool> OfClass(string pattern)
    {
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        return window =>
        {
            var id = WindowId.Of(window.Id);
            // A fixture is called by its class.
            return IsOf(id.Class) || (window.Kind == WindowKind.Fixture && IsOf(window.Id));
        };

        bool IsOf(string type)
        {
            if (!known.TryGetValue(type, out var matches))
            {
                known[type] = matches = type.Length > 0 && (IsOrIsIn(WindowId.AsWritten(type)) || IsOrIsIn(WindowId.Plain(type)));
            }

            return matches;
        }

        bool IsOrIsIn(string type)
        {
            for (var end = type.Length; end > 0; end = type.LastIndexOf('.', end - 1))
            {
                if (Wildcard.Matches(pattern, type.AsSpan(0, end)))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
