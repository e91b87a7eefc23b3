using System.Text;
using Eco2Test.Generators.Model;
using Eco2Test.Generators.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Eco2Test.Generators;

/// <summary>
/// Reads the project's <c>eco2test.json</c>, with what it extends, and writes its values into the assembly: what was judged
/// when the project was compiled is what the run-time has, wherever the assembly is run.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SettingsGenerator : IIncrementalGenerator
{
    internal const string SettingsStep = "Settings";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterImplementationSourceOutput(Of(context), static (output, settings) =>
        {
            if (settings.Values.Count > 0)
            {
                output.AddSource("Eco2Test.Settings.g.cs", SourceText.From(SettingsWriter.Write(settings), Encoding.UTF8));
            }
        });

    /// <summary>The values of the project's settings file.</summary>
    internal static IncrementalValueProvider<ProjectSettings> Of(IncrementalGeneratorInitializationContext context) => context.AdditionalTextsProvider
        .Where(static file => file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        .Select(static (file, cancellation) => new SettingsText(SettingsPath.Normalize(file.Path), file.GetText(cancellation)?.ToString() ?? ""))
        .Collect()
        .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => Root(options.GlobalOptions)))
        .Select(static (input, _) => ProjectSettings.Of(ProjectSettings.Chain(input.Right, input.Left)))
        .WithTrackingName(SettingsStep);

    /// <summary>The path of the file that the project starts from, as the targets found it.</summary>
    internal static string? Root(AnalyzerConfigOptions options) =>
        !ProjectOptions.IsSkipped(options) && options.TryGetValue(KnownNames.SettingsFile, out var path) && path.Length > 0 ? path : null;
}
