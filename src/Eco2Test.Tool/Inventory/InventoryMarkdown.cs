using System.Text;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>An inventory as GitHub-flavoured Markdown.</summary>
internal static class InventoryMarkdown
{
    private const int MostRuns = 50;

    public static string Write(Inventory inventory)
    {
        var text = new StringBuilder();
        text.Append($"## Inventory of {inventory.Year}, {inventory.Runs} {(inventory.Runs == 1 ? "run" : "runs")}\n\n");
        Table(text, InventoryCells.Headings, InventoryCells.Figures, inventory.Rows.Select(InventoryCells.Of).Append(InventoryCells.Total(inventory)));
        text.Append('\n');
        Table(text, ["Scope", "Location", "Market", "Embodied"], [1, 2, 3], inventory.Scopes.Select(InventoryCells.Of));
        foreach (var line in InventoryCells.Legend(inventory))
        {
            text.Append($"\n{MarkdownText.Prose(line)}\n");
        }

        text.Append("\n### How it is known\n\n");
        foreach (var row in inventory.Rows)
        {
            text.Append($"- {MarkdownText.Prose(InventoryCells.HowKnown(row))}\n");
        }

        if (inventory.Notices.Count > 0)
        {
            text.Append("\n### To know\n\n");
        }

        foreach (var notice in inventory.Notices)
        {
            var runs = notice.Runs.Take(MostRuns).Select(run => $"{MarkdownText.Code(run.Project)} {MarkdownText.Code(run.Id)}").ToList();
            var more = notice.Runs.Count > MostRuns ? $" and {notice.Runs.Count - MostRuns} more" : "";
            text.Append($"- **{notice.About}**: {MarkdownText.Prose(notice.Message)}{(runs.Count == 0 ? "" : $" {notice.Runs.Count}: {string.Join(", ", runs)}{more}.")}\n");
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, string[] headings, int[] figures, IEnumerable<string[]> rows)
    {
        text.Append($"| {string.Join(" | ", headings)} |\n");
        text.Append($"| {string.Join(" | ", headings.Select((_, column) => figures.Contains(column) ? "---:" : "---"))} |\n");
        foreach (var row in rows)
        {
            text.Append($"| {string.Join(" | ", row.Select(MarkdownText.Prose))} |\n");
        }
    }
}
