using System.Text.Json;
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
                : [.. document.RootElement.EnumerateObject()
                    .Where(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False && member.Name.Length > 0)
                    .Select(member => (member.Name, member.Value.ToString()))];
        }
        catch (JsonException fault)
        {
            throw new FormatException($"'{path}' is not JSON: {fault.Message}", fault);
        }
    }
}
