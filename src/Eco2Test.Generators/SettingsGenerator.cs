using System.Text;
using Eco2Test.Generators.Model;
using Eco2Test.Generators.Settings;
using Eco2Test.Settings;
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
    internal const string RegionsStep = "Regions";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var chain = ChainOf(context);
        var regionsPath = chain.Select(static (input, _) => RegionsFile.PathOf(input.Options, input.Chain));
        var regions = context.AdditionalTextsProvider
            .Combine(regionsPath)
            .Where(static input => input.Right is not null && SettingsPath.Normalize(input.Left.Path) == input.Right)
            .Select(static (input, cancellation) => new SettingsText(input.Right!, input.Left.GetText(cancellation)?.ToString() ?? ""))
            .WithTrackingName(RegionsStep)
            .Collect();
        context.RegisterImplementationSourceOutput(Of(context).Combine(regions), static (output, input) =>
        {
            var (settings, tables) = input;
            if (settings.Values.Count > 0 || tables.Length > 0)
            {
                output.AddSource("Eco2Test.Settings.g.cs", SourceText.From(SettingsWriter.Write(settings, tables.FirstOrDefault()), Encoding.UTF8));
            }
        });
    }

    /// <summary>The values of the project's settings file.</summary>
    internal static IncrementalValueProvider<ProjectSettings> Of(IncrementalGeneratorInitializationContext context) => ChainOf(context)
        .Select(static (input, _) => ProjectSettings.Of(input.Chain))
        .WithTrackingName(SettingsStep);

    private static IncrementalValueProvider<(SettingsChain Chain, AnalyzerConfigOptions Options)> ChainOf(IncrementalGeneratorInitializationContext context) => context.AdditionalTextsProvider
        .Where(static file => file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        .Select(static (file, cancellation) => new SettingsText(SettingsPath.Normalize(file.Path), file.GetText(cancellation)?.ToString() ?? ""))
        .Collect()
        .Combine(context.AnalyzerConfigOptionsProvider)
        .Select(static (input, _) => (SettingsChain.Read(Root(input.Right.GlobalOptions), path => input.Left.FirstOrDefault(file => file.Path == path)?.Text), input.Right.GlobalOptions));

    /// <summary>The path of the file that the project starts from, as the targets found it.</summary>
    internal static string? Root(AnalyzerConfigOptions options) =>
        !ProjectOptions.IsSkipped(options) && options.TryGetValue(KnownNames.SettingsFile, out var path) && path.Length > 0 ? path : null;
}
