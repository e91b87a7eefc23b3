using System.Text.Json;
using Eco2Test.Budgets;
using Eco2Test.Metering;

namespace Eco2Test.Collector;

/// <summary>
/// What <c>eco2test.json</c> says, for a project whose compiler is not handed it: that of the package Eco2Test leaves it in the
/// assembly, and judges it at compile time.
/// </summary>
internal static class SettingsFiles
{
    /// <summary>Reads the file that a project starts from and those that it extends; what is nearer wins.</summary>
    /// <param name="paths">Their paths, the nearest first.</param>
    /// <returns>The values by the names that the build would leave in the assembly: <c>File.RunEnergyBudget</c>.</returns>
    /// <exception cref="FormatException">One of them is not JSON, or not an object.</exception>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<string> paths)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            foreach (var (name, value) in Members(path))
            {
                values.TryAdd($"File.{char.ToUpperInvariant(name[0])}{name[1..]}", value);
            }
        }

        return values;
    }

    private static List<(string Name, string Value)> Members(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(UserFile.Read(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind != JsonValueKind.Object
                ? throw new FormatException($"'{path}' is no object of settings")
                : [.. document.RootElement.EnumerateObject().Where(member => member.Name.Length > 0).Select(member => (member.Name, Value(member.Value)))];
        }
        catch (JsonException fault)
        {
            throw new FormatException($"'{path}' is not JSON: {fault.Message}", fault);
        }
    }

    /// <summary>As the build would leave it: a list is one of budgets.</summary>
    private static string Value(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? BudgetEntry.Write(value.EnumerateArray().Select(Budget))
        : value.ToString();

    /// <summary>One that says nothing, or several things, is a problem of its own when it is read.</summary>
    private static BudgetEntry Budget(JsonElement entry)
    {
        var members = entry.ValueKind == JsonValueKind.Object
            ? entry.EnumerateObject().GroupBy(member => member.Name).ToDictionary(group => group.Key, group => group.Last().Value.ToString())
            : [];
        var scopes = BudgetEntry.Scopes.Where(members.ContainsKey).ToList();
        return scopes.Count == 1
            ? new(scopes[0], members[scopes[0]], members.GetValueOrDefault("energyBudget"), members.GetValueOrDefault("emissionsBudget"))
            : new("", "", null, null);
    }
}
