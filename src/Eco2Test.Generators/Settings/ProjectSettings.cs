using Eco2Test.Generators.Model;
using Eco2Test.Settings;

namespace Eco2Test.Generators.Settings;

/// <summary>A setting and its value, both as the run-time reads them.</summary>
/// <param name="Property">The name of the MSBuild property of the same meaning, without its prefix.</param>
/// <param name="Value">The value.</param>
internal sealed record SettingValue(string Property, string Value);

/// <summary>What the settings file of a project says, with what it extends.</summary>
/// <param name="Values">The values, in the order of their names.</param>
internal sealed record ProjectSettings(EquatableArray<SettingValue> Values)
{
    public static readonly ProjectSettings None = new(default(EquatableArray<SettingValue>));

    public string? this[string property] => Values.FirstOrDefault(value => value.Property == property)?.Value;

    /// <summary>Of a file and those that it extends.</summary>
    public static ProjectSettings Of(SettingsChain chain) => new(new EquatableArray<SettingValue>(
        chain.OfRuns().OrderBy(value => value.Property, StringComparer.Ordinal).Select(value => new SettingValue(value.Property, value.Value)).ToArray()));
}

/// <summary>A file that the build handed to the compiler.</summary>
/// <param name="Path">Its path, with <c>/</c>.</param>
/// <param name="Text">What is in it.</param>
internal sealed record SettingsText(string Path, string Text);
