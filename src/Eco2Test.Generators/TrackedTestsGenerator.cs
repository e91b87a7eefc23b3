using System.Text;
using Eco2Test.Generators.Hooks;
using Eco2Test.Generators.Model;
using Eco2Test.Generators.Table;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Eco2Test.Generators;

/// <summary>
/// Writes into a test project what makes <c>[TrackEmissions]</c> work: the table of what is tracked, registered by a
/// module initializer, and for each test framework that is referenced the hook that runs around its tests.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TrackedTestsGenerator : IIncrementalGenerator
{
    internal const string TargetsStep = "Targets";
    internal const string AssemblyStep = "Assembly";
    internal const string DirectoryStep = "Directory";
    internal const string FactsStep = "Facts";
    internal const string TableStep = "Table";
    internal const string HooksStep = "Hooks";

    internal static readonly string[] Steps = [TargetsStep, AssemblyStep, DirectoryStep, FactsStep, TableStep, HooksStep];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var targets = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.Attribute, TargetReader.IsCandidate, TargetReader.Read)
            .SelectMany(static (target, _) => target is null ? Array.Empty<TrackedTarget>() : [target])
            .WithTrackingName(TargetsStep);
        var assembly = context.CompilationProvider
            .Select(static (compilation, _) => SettingsReader.Own(compilation.Assembly))
            .WithTrackingName(AssemblyStep);
        var directory = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => ProjectDirectory.Of(options.GlobalOptions))
            .WithTrackingName(DirectoryStep);
        var isSkipped = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => ProjectOptions.IsSkipped(options.GlobalOptions));
        var facts = context.CompilationProvider.Combine(isSkipped)
            .Select(static (input, _) => input.Right ? ProjectFacts.None : TestFramework.FactsOf(input.Left))
            .WithTrackingName(FactsStep);

        var table = targets.Collect().Combine(assembly).Combine(directory).Combine(facts)
            .Select(static (input, _) => input.Right.CanRun
                ? TableRows.Merge(input.Left.Left.Left, input.Left.Left.Right, input.Left.Right, input.Right.HasTests)
                : TrackedTable.Empty)
            .WithTrackingName(TableStep);
        var hooks = table.Select(static (tracked, _) => tracked.Rows.Count > 0).Combine(facts)
            .SelectMany(static (input, _) => input.Left ? input.Right.Hooks.ToArray() : [])
            .WithTrackingName(HooksStep);

        // Nobody's code refers to what is written here: an editor may skip it until it builds.
        context.RegisterImplementationSourceOutput(table, static (output, tracked) =>
        {
            if (tracked.Rows.Count > 0)
            {
                output.AddSource("Eco2Test.Table.g.cs", SourceText.From(TableWriter.Write(tracked), Encoding.UTF8));
            }
        });
        context.RegisterImplementationSourceOutput(hooks, static (output, file) =>
            output.AddSource($"Eco2Test.{Path.GetFileNameWithoutExtension(file)}.g.cs", SourceText.From(HookSource.Read(file), Encoding.UTF8)));
    }
}
