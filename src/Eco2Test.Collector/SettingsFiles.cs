using System.Globalization;
using Eco2Test.Budgets;
using Eco2Test.Metering;
using Eco2Test.Settings;

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
    /// <exception cref="FormatException">One of them says what it cannot.</exception>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<string> paths)
    {
        var chain = SettingsChain.Read(paths.Count == 0 ? null : paths[0], path => paths.FirstOrDefault(known => SettingsPath.Normalize(known) == path) is { } known ? UserFile.Read(known) : null);
        foreach (var file in chain.Files)
        {
            if (chain.ProblemsOf(file).FirstOrDefault() is { } problem)
            {
                var (line, column) = problem.Span.PlaceIn(file.Text);
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{SettingPlace.Short(file.Path)}({line},{column}): {problem.Message}"));
            }
        }

        return chain.OfRuns().ToDictionary(value => $"File.{value.Property}", value => value.Value, StringComparer.Ordinal);
    }
}
