using System.Text.Json;

namespace Eco2Test.Tool;

/// <summary>The file in which the user confirms scopes: a row for each of the inventory, with what is suggested, and nothing confirmed yet.</summary>
internal static class InventoryConfirmation
{
    public static string Write(Inventory inventory) => JsonSerializer.Serialize(
        new InventoryTermsJson
        {
            Schema = InventoryTermsJson.CurrentSchema,
            Contracts = [],
            Mixes = [],
            Scopes = [.. inventory.Rows.Select(row => (row.Place, row.Ownership, row.Scope?.Generation)).Distinct()
                .Select(row => new ScopeJson { Place = row.Place, Ownership = row.Ownership, Scope = row.Generation, Confirmed = false })],
        },
        InventoryTermsJsonContext.Default.InventoryTermsJson) + "\n";
}
