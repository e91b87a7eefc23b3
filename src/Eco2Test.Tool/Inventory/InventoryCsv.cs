using System.Globalization;
using System.Text;

namespace Eco2Test.Tool;

/// <summary>The rows of an inventory as CSV (RFC 4180), invariant, with units in the names; what is not known is empty. No text of a report becomes a formula.</summary>
internal static class InventoryCsv
{
    private static readonly (string Name, Func<Inventory, InventoryRow, string> Cell)[] Columns =
    [
        ("year", (inventory, _) => inventory.Year.ToString(CultureInfo.InvariantCulture)),
        ("place", (_, row) => Text(row.Place)),
        ("region", (_, row) => Text(row.Region)),
        ("name", (_, row) => Text(row.Name)),
        ("assumed", (_, row) => row.Assumed ? "true" : "false"),
        ("ownership", (_, row) => row.Ownership),
        ("runs", (_, row) => row.Runs.ToString(CultureInfo.InvariantCulture)),
        ("kind", (_, row) => Text(row.Kind)),
        ("basis", (_, row) => Text(row.Basis)),
        ("boundary", (_, row) => Text(row.Boundary)),
        ("device_kwh", (_, row) => Number(row.Figures.DeviceKilowattHours)),
        ("device_low_kwh", (_, row) => Number(row.Figures.LowDeviceKilowattHours)),
        ("device_high_kwh", (_, row) => Number(row.Figures.HighDeviceKilowattHours)),
        ("building_kwh", (_, row) => Number(row.Figures.BuildingKilowattHours)),
        ("location_g", (_, row) => Number(row.Figures.LocationGrams)),
        ("location_low_g", (_, row) => Number(row.Figures.LowLocationGrams)),
        ("location_high_g", (_, row) => Number(row.Figures.HighLocationGrams)),
        ("direct_g", (_, row) => Number(row.Figures.DirectGrams)),
        ("upstream_g", (_, row) => Number(row.Figures.UpstreamGrams)),
        ("undivided_g", (_, row) => Number(row.Figures.UndividedGrams)),
        ("market_g", (_, row) => Number(row.Figures.MarketGrams)),
        ("market_method", (_, row) => row.MarketMethod),
        ("embodied_g", (_, row) => Number(row.Figures.EmbodiedGrams)),
        ("embodied_runs", (_, row) => row.Figures.EmbodiedRuns.ToString(CultureInfo.InvariantCulture)),
        ("scope", (_, row) => row.Scope?.Generation ?? ""),
        ("scope_upstream", (_, row) => row.Scope?.Upstream ?? ""),
        ("scope_embodied", (_, row) => row.Scope?.Embodied ?? ""),
        ("scope_status", (_, row) => row.ScopeStatus),
    ];

    public static string Write(Inventory inventory)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', Columns.Select(column => column.Name)).Append("\r\n");
        foreach (var row in inventory.Rows)
        {
            text.AppendJoin(',', Columns.Select(column => column.Cell(inventory, row))).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Text(string text)
    {
        var harmless = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return harmless.AsSpan().ContainsAny("\",\r\n") ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
