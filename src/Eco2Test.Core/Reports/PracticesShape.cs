namespace Eco2Test.Reports;

/// <summary>Finds the nulls in the practices of a report that JSON allows where the model does not.</summary>
internal static class PracticesShape
{
    /// <summary>Whether nothing is null that must not be.</summary>
    public static bool IsWhole(ReportPractices practices) => practices is
    {
        Map: { Ranked: not null, Unranked: not null, Aggregates: not null },
        Machine: not null,
        Mechanization: { Others: not null },
        Model: not null,
    }
        && RegionsOf(practices.Map).All(IsWhole)
        && practices.Machine.All(IsWhole)
        && practices.Mechanization.Others.Prepend(practices.Mechanization.Used).All(IsWhole)
        && practices.Model.All(IsWhole)
        && practices.Map.Notes.Concat(practices.Mechanization.Notes).All(note => note is not null);

    private static IEnumerable<ReportMapRegion?> RegionsOf(ReportMap map) =>
        [.. map.Ranked, .. map.Unranked, .. map.Aggregates, .. map.Here is { } here ? [here] : Array.Empty<ReportMapRegion>()];

    private static bool IsWhole(ReportMapRegion? region) =>
        region is { Region: not null, Name: not null, Kind: not null, Basis: not null, Boundary: not null, Source: not null };

    private static bool IsWhole(ReportMachine? machine) =>
        machine is { Class: not null, Others: not null }
        && machine.Others.All(IsWhole)
        && (machine.Own is null ? machine.Reason is not null : IsWhole(machine.Own));

    private static bool IsWhole(ReportDevice? device) => device is { Name: not null, Source: not null };

    private static bool IsWhole(ReportBuilding? building) => building is { Name: not null, Which: not null, Source: not null };

    private static bool IsWhole(ReportComparison? comparison) =>
        comparison is { Label: not null, Ranked: not null, Unranked: not null }
        && comparison.Ranked.Concat(comparison.Unranked).All(IsWhole)
        && comparison.Notes.All(note => note is not null);

    private static bool IsWhole(ReportContender? contender) =>
        contender is { Id: not null } && contender.NotToldApart.All(id => id is not null);
}
