namespace Eco2Test.Budgets;

/// <summary>Where a setting is written. Self-contained, because the generator compiles this file too.</summary>
/// <param name="Name">What it is called there: <c>Eco2TestBuildEnergyBudget</c>, <c>buildEnergyBudget</c>.</param>
/// <param name="File">Full path of the file; <see langword="null"/>: on the command line, or in the environment.</param>
/// <param name="Line">From 1; 0 when it is not known.</param>
/// <param name="Column">From 1; 0 when it is not known.</param>
internal sealed record SettingPlace(string Name, string? File = null, int Line = 0, int Column = 0)
{
    /// <summary>For people, and without the path of anybody's machine: <c>buildEnergyBudget in Shop/eco2test.json(3,24)</c>.</summary>
    public string Text => File is not null ? Line > 0 ? FormattableString.Invariant($"{Name} in {Short(File)}({Line},{Column})") : $"{Name} in {Short(File)}"
        : Name.StartsWith("ECO2TEST_", StringComparison.Ordinal) ? $"the environment variable {Name}"
        : Name.StartsWith("Eco2Test", StringComparison.Ordinal) ? $"the MSBuild property {Name}"
        : Name;

    /// <summary>The file and its folder: files of settings are often of one name.</summary>
    public static string Short(string path) => path.Replace('\\', '/').Split('/') is [.., var folder, var file] ? $"{folder}/{file}" : path;
}
