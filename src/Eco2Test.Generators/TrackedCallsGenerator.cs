using System.Text;
using Eco2Test.Generators.Calls;
using Eco2Test.Generators.Hooks;
using Eco2Test.Generators.Model;
using Eco2Test.Generators.Table;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Eco2Test.Generators;

/// <summary>
/// Redirects the calls of tracked methods, of this project and of those it references, to wrappers that open a window around
/// each (interceptors). Nothing of it runs while somebody types: it is written at a build.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TrackedCallsGenerator : IIncrementalGenerator
{
    internal const string NamesStep = "Names";
    internal const string ReferencedNamesStep = "ReferencedNames";
    internal const string WantedStep = "Wanted";
    internal const string CallsStep = "Calls";

    internal static readonly string[] Steps = [NamesStep, ReferencedNamesStep, WantedStep, CallsStep];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var names = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.Attribute, TargetReader.IsCandidate, static (target, _) => TrackedNames.Of(target.TargetSymbol))
            .WithTrackingName(NamesStep);
        var referenced = context.CompilationProvider
            .Select(static (compilation, _) => TrackedNames.OfReferences(compilation))
            .WithTrackingName(ReferencedNamesStep);
        var wanted = context.AnalyzerConfigOptionsProvider.Combine(context.ParseOptionsProvider).Combine(SettingsGenerator.Of(context))
            .Select(static (input, _) => ProjectOptions.IsIntercepting(input.Left.Left.GlobalOptions, input.Right) && CallSettings.IsAllowed(input.Left.Right))
            .WithTrackingName(WantedStep);
        var directory = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => ProjectDirectory.Of(options.GlobalOptions));

        var calls = names.Collect().Combine(referenced).Combine(wanted).Combine(directory).Combine(context.CompilationProvider)
            .Select(static (input, cancellation) =>
            {
                var ((((own, others), isWanted), folder), compilation) = input;
                return isWanted && TestFramework.FactsOf(compilation).CanRun
                    ? CallReader.Read(compilation, own.SelectMany(list => list).Concat(others), folder, cancellation)
                    : default;
            })
            .WithTrackingName(CallsStep);

        context.RegisterImplementationSourceOutput(calls, static (output, found) =>
        {
            if (found.Count > 0)
            {
                output.AddSource("Eco2Test.Calls.g.cs", SourceText.From(CallWriter.Write(found), Encoding.UTF8));
            }
        });
    }
}
