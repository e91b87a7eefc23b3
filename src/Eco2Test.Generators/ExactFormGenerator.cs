using System.Text;
using Eco2Test.Generators.Exact;
using Eco2Test.Generators.Hooks;
using Eco2Test.Generators.Model;
using Eco2Test.Generators.Table;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Eco2Test.Generators;

/// <summary>
/// Writes the bodies of partial methods with <c>[TrackEmissions]</c> whose work is in a method named <c>…Core</c>. Without
/// them the code does not compile, so an editor gets them too, and a project that skips tracking gets plain calls.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ExactFormGenerator : IIncrementalGenerator
{
    internal const string MethodsStep = "ExactMethods";
    internal const string MinimumStep = "ExactMinimum";
    internal const string TrackedStep = "ExactTracked";

    internal static readonly string[] Steps = [MethodsStep, MinimumStep, TrackedStep];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.Attribute, ExactReader.IsCandidate, ExactReader.Read)
            .SelectMany(static (method, _) => method is null ? Array.Empty<ExactMethod>() : [method])
            .WithTrackingName(MethodsStep);
        var minimum = context.CompilationProvider
            .Select(static (compilation, _) => SettingsReader.Own(compilation.Assembly)?.MinimumSeconds)
            .WithTrackingName(MinimumStep);
        var isTracked = context.CompilationProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (input, _) => !ProjectOptions.IsSkipped(input.Right.GlobalOptions) && TestFramework.FactsOf(input.Left).CanRun)
            .WithTrackingName(TrackedStep);

        context.RegisterSourceOutput(methods.Collect().Combine(minimum).Combine(isTracked), static (output, input) =>
        {
            var ((found, seconds), tracked) = input;
            if (found.Length > 0)
            {
                output.AddSource(ExactForm.FileName, SourceText.From(ExactWriter.Write(found, seconds, tracked), Encoding.UTF8));
            }
        });
    }
}
