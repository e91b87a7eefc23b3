using Eco2Test.Generators.Model;
using Eco2Test.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Settings;

/// <summary>Finds a project's own table of regions among the files that the build handed to the compiler.</summary>
internal static class RegionsFile
{
    /// <summary>Its path: as the property says, which the targets made whole, else as the nearest settings file does.</summary>
    public static string? PathOf(AnalyzerConfigOptions options, SettingsChain chain)
    {
        if (ProjectOptions.IsSkipped(options))
        {
            return null;
        }

        return options.TryGetValue(KnownNames.Regions, out var path) && path.Length > 0
            ? SettingsPath.Normalize(path)
            : chain.Files.FirstOrDefault(file => file.Regions is not null)?.Regions;
    }

    /// <summary>The file, or <see langword="null"/> when the project names none or it is not there.</summary>
    public static AdditionalText? Find(AnalyzerOptions options, CancellationToken cancellation)
    {
        var global = options.AnalyzerConfigOptionsProvider.GlobalOptions;
        return PathOf(global, Chain(options, cancellation)) is { } path ? Find(options, path) : null;
    }

    /// <summary>The file of this path, or <see langword="null"/>.</summary>
    public static AdditionalText? Find(AnalyzerOptions options, string path) => options.AdditionalFiles.FirstOrDefault(file => SettingsPath.Normalize(file.Path) == path);

    /// <summary>The settings files of a project, as an analyzer sees them.</summary>
    public static SettingsChain Chain(AnalyzerOptions options, CancellationToken cancellation) => SettingsChain.Read(
        SettingsGenerator.Root(options.AnalyzerConfigOptionsProvider.GlobalOptions),
        path => options.AdditionalFiles.FirstOrDefault(file => SettingsPath.Normalize(file.Path) == path) is { } file ? file.GetText(cancellation)?.ToString() ?? "" : null);
}
