using Eco2Test.Budgets;
using Eco2Test.Settings;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>The properties of Eco2Test that MSBuild has evaluated for a project, with the places where people write them.</summary>
/// <param name="project">Full path of the project.</param>
/// <param name="settings">Names without prefix, with metadata <c>Value</c>.</param>
internal sealed class ProjectProperties(string project, ITaskItem[] settings)
{
    private IReadOnlyList<string>? _files;

    /// <summary>All of them.</summary>
    public IReadOnlyList<WrittenProperty> All => [.. settings.Select(setting => new WrittenProperty(setting.ItemSpec, ValueOf(setting), Place(setting.ItemSpec)))];

    /// <summary>Those that hold for the whole build, which the logger has to know.</summary>
    public IReadOnlyList<WrittenProperty> OfBuild => [.. All.Where(property => !property.Name.StartsWith("Project", StringComparison.Ordinal))];

    /// <summary>The value of a property, by its name without the prefix.</summary>
    public string? Value(string name) => Find(name) is { } setting ? ValueOf(setting) : null;

    /// <summary>Where it is written; <see langword="null"/>: on the command line, or nobody knows.</summary>
    public SettingPlace? Place(string name) => Find(name) is { } setting
        ? PropertyPlace.Find(WrittenProperty.Prefix + name, _files ??= PropertyPlace.FilesOf(project), ValueOf(setting))?.Place
        : null;

    private ITaskItem? Find(string name) => Array.Find(settings, setting => setting.ItemSpec == name);

    private static string ValueOf(ITaskItem setting) => setting.GetMetadata("Value");
}
