using Eco2Test.Budgets;
using Eco2Test.Settings;

namespace Eco2Test.MSBuild;

/// <summary>
/// The properties of Eco2Test that hold for a whole build: those of the command line, then what a project with the package
/// says, then what stands in the files that MSBuild reads, as far as it needs no evaluation.
/// </summary>
/// <param name="given">Properties of the command line, whole names, in any case.</param>
/// <param name="said">What a project said.</param>
/// <param name="files">Files in which properties are set, in the order in which MSBuild reads them.</param>
internal sealed class BuildProperties(IReadOnlyDictionary<string, string> given, IReadOnlyList<WrittenProperty> said, IReadOnlyList<string> files)
{
    private readonly Dictionary<string, PropertyPlace?> _inFiles = [];

    /// <summary>The value of a property, by its name without the prefix.</summary>
    public string? Value(string name) => Given(name) ?? Said(name)?.Value ?? InFiles(name)?.Value;

    /// <summary>Where that is written; <see langword="null"/>: on the command line, or nobody knows.</summary>
    public SettingPlace? Place(string name) => Given(name) is not null ? null : Said(name) is { } property ? property.Place : InFiles(name)?.Place;

    private string? Given(string name) => given.TryGetValue(WrittenProperty.Prefix + name, out var value) && value.Length > 0 ? value : null;

    private WrittenProperty? Said(string name) => said.FirstOrDefault(property => property.Name == name);

    private PropertyPlace? InFiles(string name)
    {
        if (!_inFiles.TryGetValue(name, out var found))
        {
            _inFiles[name] = found = PropertyPlace.Find(WrittenProperty.Prefix + name, files);
        }

        return found;
    }
}
