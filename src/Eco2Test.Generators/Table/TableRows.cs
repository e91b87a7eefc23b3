using System.Collections.Immutable;
using Eco2Test.Generators.Model;

namespace Eco2Test.Generators.Table;

/// <summary>The table: the targets completed by what the assembly asks for, and the assembly itself.</summary>
internal static class TableRows
{
    public static TrackedTable Merge(ImmutableArray<TrackedTarget> targets, TrackingSettings? assembly, string directory, bool holdsTests) => new(
        Rows(targets, assembly, directory),
        new(targets.SelectMany(target => target.Names).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal).ToArray()),
        holdsTests);

    private static EquatableArray<TableRow> Rows(ImmutableArray<TrackedTarget> targets, TrackingSettings? assembly, string directory)
    {
        var rows = new List<TableRow>();
        if (assembly is not null)
        {
            rows.Add(new("", assembly, null, 0));
        }

        foreach (var target in targets)
        {
            rows.Add(new(target.Target, target.Settings.Over(assembly ?? TrackingSettings.None), ProjectDirectory.Relative(directory, target.Path), target.Line));
        }

        // Twice the same target is half-typed code, or overloads that differ only in what the name does not tell: the first wins.
        return new(rows
            .GroupBy(row => row.Target, StringComparer.Ordinal)
            .Select(same => same.First())
            .OrderBy(row => row.Target, StringComparer.Ordinal)
            .ToArray());
    }
}
