using System.Collections.Immutable;
using Eco2Test.Carbon;
using Eco2Test.Generators.Settings;
using Eco2Test.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Says what is wrong with a project's own table of regions, where it is wrong, and that a settings file names one that is not there.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RegionsFileAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UnreadableRegions];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(Check);
    }

    private static void Check(AdditionalFileAnalysisContext context)
    {
        var chain = RegionsFile.Chain(context.Options, context.CancellationToken);
        if (RegionsFile.PathOf(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions, chain) is not { } regions
            || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        var path = SettingsPath.Normalize(context.AdditionalFile.Path);
        if (path == regions)
        {
            foreach (var fault in UserRegions.Read(text.ToString()).Faults)
            {
                Report(new TextSpan(fault.Start, fault.Length), $"The table of regions cannot be read: {fault.Message}");
            }
        }
        else if (RegionsFile.Find(context.Options, regions) is null
            && chain.Files.FirstOrDefault(file => file.Path == path && file.Regions == regions)?.Member(SettingsKeys.Regions) is { } member)
        {
            Report(TextSpan.FromBounds(member.ValueSpan.Start, member.ValueSpan.End), $"regions: '{member.Value}' is not there, seen from the folder of this file");
        }

        void Report(TextSpan span, string message) => context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.UnreadableRegions, Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)), message));
    }
}
