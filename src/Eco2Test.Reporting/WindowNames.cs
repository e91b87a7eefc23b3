using System.Globalization;
using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>What windows are called in a table: class and method, without the namespace that all share.</summary>
internal sealed class WindowNames
{
    // With less of a class left, its method alone reads better.
    private const int ShortestClass = 4;

    private readonly string[] _shared;
    private readonly bool _oneClass;

    private WindowNames(string[] shared, bool oneClass) => (_shared, _oneClass) = (shared, oneClass);

    public static WindowNames Of(IEnumerable<ReportWindow> windows)
    {
        var members = windows.Where(HasMember).ToList();
        // Fixtures and methods stand anywhere: the tests say what the namespace is.
        var deciding = members.Exists(window => window.Kind is WindowKind.Test) ? members.FindAll(window => window.Kind is WindowKind.Test) : members;

        string[]? shared = null;
        foreach (var window in deciding)
        {
            var space = Parts(window.Id)[..^1].SkipLast(1).ToArray();
            shared = shared is null ? space : shared[..CommonLength(shared, space)];
        }

        var classes = deciding.Select(window => string.Join('.', Parts(window.Id)[..^1])).Distinct();
        return new(shared ?? [], oneClass: deciding.Count > 1 && classes.Count() == 1);
    }

    /// <summary>The whole name.</summary>
    public string Full(ReportWindow window) => string.Join('.', Named(window)) + Suffix(window);

    /// <summary>The name without what all share: the namespace, and the class where it is one.</summary>
    public string Short(ReportWindow window) => _oneClass ? Named(window)[^1] + Suffix(window) : Full(window);

    /// <summary>The name in that many columns: the namespace goes first, then the class, then the middle of the method.</summary>
    public string Fit(ReportWindow window, int columns)
    {
        var parts = Named(window).Select(TerminalText.Clean).ToArray();
        var (@class, member) = (parts.Length > 1 ? parts[^2] : "", parts[^1]);
        var suffix = Suffix(window);

        var full = string.Join('.', parts) + suffix;
        if (TerminalText.Width(full) <= columns)
        {
            return full;
        }

        // Where all are of one class, nobody needs what is left of its name.
        if (_oneClass && TerminalText.Width(member + suffix) <= columns)
        {
            return member + suffix;
        }

        var shorter = $"{TerminalText.Ellipsis}{@class}.{member}{suffix}";
        if (parts.Length > 2 && TerminalText.Width(shorter) <= columns)
        {
            return shorter;
        }

        var room = columns - TerminalText.Width(member + suffix) - TerminalText.Ellipsis.Length;
        if (@class.Length > 0 && room >= 0)
        {
            return (room >= ShortestClass ? TerminalText.Head(@class, room) : "") + TerminalText.Ellipsis + member + suffix;
        }

        var space = columns - TerminalText.Width(suffix);
        return space > TerminalText.Ellipsis.Length
            ? TerminalText.CutMiddle(member, space) + suffix
            : TerminalText.CutMiddle(member, columns);
    }

    private string[] Named(ReportWindow window)
    {
        if (string.IsNullOrWhiteSpace(window.Id))
        {
            return ["(no name)"];
        }

        var parts = HasMember(window) ? Parts(window.Id) : [window.Id];
        return CommonLength(parts[..^1], _shared) == _shared.Length ? parts[_shared.Length..] : parts;
    }

    private static string Suffix(ReportWindow window) =>
        (window.Kind is WindowKind.Fixture ? " [fixture]" : "")
        + (window.Attempt > 1 ? $" (attempt {window.Attempt})" : "")
        + (window.Count > 1 ? $" ×{window.Count.ToString(CultureInfo.InvariantCulture)}" : "")
        + (window.Project is { } project ? $" [{TerminalText.Clean(project)}]" : "");

    private static bool HasMember(ReportWindow window) => window.Kind is WindowKind.Test or WindowKind.Fixture or WindowKind.Method;

    /// <summary>Namespaces and classes, and the method with its arguments.</summary>
    private static string[] Parts(string id)
    {
        var parts = WindowId.Of(id);
        return [.. parts.Type, parts.Member + parts.Arguments];
    }

    private static int CommonLength(string[] a, string[] b)
    {
        var length = 0;
        while (length < a.Length && length < b.Length && a[length] == b[length])
        {
            length++;
        }

        return length;
    }
}
