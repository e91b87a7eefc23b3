using System.Text;
using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Settings;

namespace Eco2Test.Metering;

/// <summary>Where settings of a build are written: files, properties, variables and options, the nearest last.</summary>
/// <param name="Chain">Its settings files.</param>
/// <param name="Environment">Environment variables.</param>
/// <param name="Property">An MSBuild property, by its name without the prefix <c>Eco2Test</c>.</param>
/// <param name="PlaceOf">Where such a property is written.</param>
/// <param name="Option">What a command line says, by the names of properties.</param>
internal sealed record BuildSources(
    SettingsChain Chain, EnvironmentVariables Environment, Func<string, string?> Property, Func<string, SettingPlace?> PlaceOf, Func<string, WrittenValue?> Option)
{
    /// <summary>The nearest value of a setting that may hold and can be read; <see langword="null"/> when there is none.</summary>
    public WrittenSetting? Nearest(SettingsKey key, List<BuildVerdict> problems) => Nearest(key, Chain.Values(key), problems);

    /// <summary>The same, with what the files say of it given.</summary>
    public WrittenSetting? Nearest(SettingsKey key, IEnumerable<WrittenSetting> ofFiles, List<BuildVerdict> problems)
    {
        if (NearestOfAny(key, ofFiles, problems) is not { } written)
        {
            return null;
        }

        if (key.Problem(written.Value) is { } problem)
        {
            problems.Add(BuildFiles.Unreadable(written.Place, problem));
            return null;
        }

        return written;
    }

    /// <summary>The same, also when it cannot be read.</summary>
    public WrittenSetting? NearestOfAny(SettingsKey key, IEnumerable<WrittenSetting> ofFiles, List<BuildVerdict> problems)
    {
        var loosened = new List<LoosenedSetting>();
        var (nearest, _) = WrittenSetting.Nearest(key, ofFiles.Concat(Outside(key.Property)), loosened);

        // Of settings of the files themselves it is said with what else is wrong with them.
        problems.AddRange(loosened.Where(each => each.Written.Place.File is not { } file || each.Written.Place.Name != key.Name || Chain.Files.All(known => known.Path != file)).Select(BuildFiles.Locked));
        return nearest;
    }

    private IEnumerable<WrittenSetting> Outside(string property)
    {
        if (Property(property) is { } text && !string.IsNullOrWhiteSpace(text))
        {
            yield return new(text.Trim(), PlaceOf(property) ?? new SettingPlace("Eco2Test" + property));
        }

        if (Environment[Variable(property)] is { } variable)
        {
            yield return new(variable, new SettingPlace(Variable(property)));
        }

        if (Option(property) is { Text: { } option } given)
        {
            yield return new(option.Trim(), new SettingPlace(given.Place));
        }
    }

    /// <summary><c>BuildEnergyBudget</c> is <c>ECO2TEST_BUILD_ENERGY_BUDGET</c>.</summary>
    private static string Variable(string property)
    {
        var variable = new StringBuilder("ECO2TEST");
        foreach (var c in property)
        {
            variable.Append(char.IsAsciiLetterUpper(c) ? "_" : "").Append(char.ToUpperInvariant(c));
        }

        return variable.ToString();
    }
}
