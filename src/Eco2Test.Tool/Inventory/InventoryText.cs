using System.Text;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>An inventory for the terminal.</summary>
internal static class InventoryText
{
    private const int MostRuns = 10;

    public static string Write(Inventory inventory, int width)
    {
        var text = new StringBuilder();
        text.Append($"Inventory of {inventory.Year}, {inventory.Runs} {(inventory.Runs == 1 ? "run" : "runs")}\n\n");
        var rows = inventory.Rows.Select(InventoryCells.Of).Append(InventoryCells.Total(inventory)).Select(Clean).ToList();
        foreach (var columns in InventoryCells.InTwo)
        {
            text.Append(TextTable.Write(
                Only(columns, InventoryCells.Headings), [.. rows.Select(row => Only(columns, row))],
                [.. Enumerable.Range(0, columns.Length).Where(at => InventoryCells.Figures.Contains(columns[at]))]));
            text.Append('\n');
        }

        text.Append(TextTable.Write(["Scope", "Location", "Market", "Embodied"], [.. inventory.Scopes.Select(InventoryCells.Of)], 1, 2, 3));
        text.Append('\n');
        foreach (var line in InventoryCells.Legend(inventory))
        {
            Wrap(text, "", line, width);
        }

        Section(text, "How it is known", inventory.Rows.Select(InventoryCells.HowKnown), width);
        Section(text, "To know", inventory.Notices.Select(notice => $"{notice.About}: {notice.Message}{Runs(notice)}"), width);
        return text.ToString();
    }

    private static string Runs(InventoryNotice notice)
    {
        if (notice.Runs.Count == 0)
        {
            return "";
        }

        var named = string.Join(", ", notice.Runs.Take(MostRuns).Select(run => $"{run.Project} {run.Id}"));
        return $" {notice.Runs.Count}: {named}{(notice.Runs.Count > MostRuns ? $" and {notice.Runs.Count - MostRuns} more, see --format json" : "")}.";
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> points, int width)
    {
        var lines = points.ToList();
        if (lines.Count > 0)
        {
            text.Append($"\n{title}\n");
            foreach (var line in lines)
            {
                Wrap(text, "- ", line, width);
            }
        }
    }

    private static void Wrap(StringBuilder text, string label, string line, int width)
    {
        foreach (var part in TerminalText.Wrap(TerminalText.Clean(line), width - label.Length))
        {
            text.Append(label).Append(part).Append('\n');
            label = new string(' ', label.Length);
        }
    }

    private static string[] Only(int[] columns, string[] cells) => [.. columns.Select(column => cells[column])];

    private static string[] Clean(string[] cells) => [.. cells.Select(TerminalText.Clean)];
}
