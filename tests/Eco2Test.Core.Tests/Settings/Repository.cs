using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Settings;

/// <summary>A repository on the disk, with what is set for its builds.</summary>
internal sealed class Repository : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Environment variables.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>MSBuild properties, by names without the prefix.</summary>
    public Dictionary<string, string> Properties { get; } = [];

    /// <summary>What the command line says, by names of properties.</summary>
    public Dictionary<string, WrittenValue> Options { get; } = [];

    /// <summary>Where properties are written.</summary>
    public Dictionary<string, SettingPlace> Places { get; } = [];

    public string Root => _folder["Shop"];

    public string this[string name] => Path.Combine(Root, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Writes a file below the root; <c>../org/eco2test.json</c> lies beside it.</summary>
    public Repository With(string name, string text)
    {
        _folder.Write(Path.GetRelativePath(_folder.Path, Path.GetFullPath(this[name])), text);
        return this;
    }

    /// <summary>What is set for a whole build.</summary>
    public BuildSettings OfBuild(string solution = "Shop.slnx", string? configuration = "Release", string? targetFramework = null, string? artifacts = null)
    {
        Directory.CreateDirectory(Root);
        return Read(new(Root, this[solution], null, targetFramework, configuration, artifacts));
    }

    /// <summary>What is set for a project.</summary>
    public BuildSettings OfProject(string project, string? solution = "Shop.slnx", string configuration = "Release", string? targetFramework = "net10.0")
    {
        var path = this[project];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return Read(new(Path.GetDirectoryName(path)!, solution is null ? null : this[solution], path, targetFramework, configuration));
    }

    public BuildSettings Read(BuildSubject subject) => BuildSettings.Read(
        subject, new EnvironmentVariables(Environment.GetValueOrDefault), Properties.GetValueOrDefault, Places.GetValueOrDefault,
        name => Options.TryGetValue(name, out var value) ? value : null);

    public void Dispose() => _folder.Dispose();
}

internal static class BuildSettingsText
{
    /// <summary>A problem as a build shows it, with the file and its folder only.</summary>
    public static string Text(this BuildVerdict verdict) => verdict.Place is { File: { } file, Line: var line, Column: var column }
        ? $"{SettingPlace.Short(file)}({line},{column}): {(verdict.IsError ? "error " : "")}{verdict.Code}: {verdict.Message}"
        : $"{(verdict.IsError ? "error " : "")}{verdict.Code}: {verdict.Message}";

    /// <summary>The limits that hold: <c>build 500 J error at Shop/eco2test.json(1,24)</c>.</summary>
    public static IReadOnlyList<string> Limits(this BuildSettings settings) =>
        [.. settings.Budgets.Select(budget => $"{(budget.IsOfBuild ? "build" : "project")} {(budget.Problem is not null ? "unreadable" : budget.Energy?.Limit.ToString() ?? budget.Emissions?.Limit.ToString())} {(budget.IsError ? "error" : "warn")}{(budget.Mode is null ? "" : $" {budget.Mode}")} by {budget.Place.Text}")];
}
