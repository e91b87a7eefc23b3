using System.Collections.Immutable;
using Eco2Test.Generators.Model;

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

    /// <summary>Of a file and those that it extends; what is nearer wins, name by name.</summary>
    public static ProjectSettings Of(IEnumerable<SettingsFile> chain)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in chain.SelectMany(file => file.Members))
        {
            if (member.Name is not (SettingsKeys.Extends or SettingsKeys.Regions) && SettingsKeys.Find(member.Name) is { } key && !values.ContainsKey(key.Property))
            {
                values.Add(key.Property, member.Value);
            }
        }

        return new(new EquatableArray<SettingValue>(values.Select(value => new SettingValue(value.Key, value.Value)).ToArray()));
    }

    /// <summary>The file that a project starts from, then what each extends; it ends where a file is missing or comes twice.</summary>
    public static IReadOnlyList<SettingsFile> Chain(string? root, ImmutableArray<SettingsText> files)
    {
        var chain = new List<SettingsFile>();
        for (var path = root is null ? null : SettingsPath.Normalize(root); path is not null && chain.All(file => file.Path != path);)
        {
            if (files.FirstOrDefault(file => file.Path == path) is not { } text)
            {
                break;
            }

            chain.Add(SettingsFile.Read(text.Path, text.Text));
            path = chain[chain.Count - 1].Extended;
        }

        return chain;
    }
}

/// <summary>A file that the build handed to the compiler.</summary>
/// <param name="Path">Its path, with <c>/</c>.</param>
/// <param name="Text">What is in it.</param>
internal sealed record SettingsText(string Path, string Text);
