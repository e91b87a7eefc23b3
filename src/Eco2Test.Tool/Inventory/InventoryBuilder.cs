namespace Eco2Test.Tool;

/// <summary>Makes the inventory of a year from its runs and from what the user adds.</summary>
internal static class InventoryBuilder
{
    public static Inventory Build(int year, InventoryRuns found, InventoryTerms terms)
    {
        var runs = found.OfYear;
        var rows = Rows(runs, terms);
        return new Inventory
        {
            Year = year,
            Runs = runs.Count,
            Rows = rows,
            Scopes = ScopesOf(rows),
            Total = Sum(rows),
            Notices = InventoryNotices.Of(runs, found.Duplicates, rows, terms),
        };
    }

    private static List<InventoryRow> Rows(IReadOnlyList<InventoryRun> runs, InventoryTerms terms)
    {
        var sums = new Dictionary<(InventoryPlace, string), InventoryRowSum>();
        foreach (var run in runs)
        {
            foreach (var part in run.Parts)
            {
                var key = (part.Place, run.Ownership);
                if (!sums.TryGetValue(key, out var sum))
                {
                    sums[key] = sum = new InventoryRowSum(part.Place, run.Ownership, terms);
                }

                sum.Add(run, part);
            }
        }

        return [.. sums.Values.Select(sum => sum.Row()).OrderBy(row => row.Place, StringComparer.Ordinal).ThenBy(row => row.Ownership, StringComparer.Ordinal).ThenBy(row => row.Basis, StringComparer.Ordinal)];
    }

    /// <summary>What nobody divided is counted whole with the generation.</summary>
    private static List<InventoryScope> ScopesOf(IReadOnlyList<InventoryRow> rows)
    {
        var sums = new Dictionary<(string? Scope, string Status), InventoryScope>();
        foreach (var row in rows)
        {
            var (figures, scope) = (row.Figures, row.Scope);
            Add(scope?.Generation, row, (figures.DirectGrams ?? 0) + (figures.UndividedGrams ?? 0), figures.MarketGrams, null);
            if (figures.UpstreamGrams is { } upstream)
            {
                // What a service emits upstream is in its category under both methods.
                Add(scope?.Upstream, row, upstream, scope?.Upstream == scope?.Generation ? upstream : null, null);
            }

            if (figures.EmbodiedGrams is { } embodied)
            {
                Add(scope?.Embodied, row, null, null, embodied);
            }
        }

        return [.. sums.Values.OrderBy(sum => sum.Scope ?? "~", StringComparer.Ordinal).ThenBy(sum => sum.Status, StringComparer.Ordinal)];

        void Add(string? scope, InventoryRow row, double? location, double? market, double? embodied)
        {
            var key = (scope, row.ScopeStatus);
            var sum = sums.GetValueOrDefault(key) ?? new InventoryScope(scope, row.ScopeStatus, null, null, null);
            sums[key] = sum with { LocationGrams = Plus(sum.LocationGrams, location), MarketGrams = Plus(sum.MarketGrams, market), EmbodiedGrams = Plus(sum.EmbodiedGrams, embodied) };
        }
    }

    private static InventoryFigures Sum(IReadOnlyList<InventoryRow> rows)
    {
        var figures = rows.Select(row => row.Figures).ToList();
        return new InventoryFigures
        {
            DeviceKilowattHours = figures.Sum(row => row.DeviceKilowattHours),
            LowDeviceKilowattHours = figures.Sum(row => row.LowDeviceKilowattHours),
            HighDeviceKilowattHours = figures.Sum(row => row.HighDeviceKilowattHours),
            BuildingKilowattHours = figures.Sum(row => row.BuildingKilowattHours),
            LocationGrams = figures.Sum(row => row.LocationGrams),
            LowLocationGrams = figures.Sum(row => row.LowLocationGrams),
            HighLocationGrams = figures.Sum(row => row.HighLocationGrams),
            DirectGrams = Known(row => row.DirectGrams),
            UpstreamGrams = Known(row => row.UpstreamGrams),
            UndividedGrams = Known(row => row.UndividedGrams),
            MarketGrams = figures.Sum(row => row.MarketGrams),
            EmbodiedGrams = Known(row => row.EmbodiedGrams),
            EmbodiedRuns = figures.Sum(row => row.EmbodiedRuns),
        };

        double? Known(Func<InventoryFigures, double?> member) => figures.Aggregate((double?)null, (sum, row) => Plus(sum, member(row)));
    }

    private static double? Plus(double? sum, double? part) => part is null ? sum : (sum ?? 0) + part;
}
