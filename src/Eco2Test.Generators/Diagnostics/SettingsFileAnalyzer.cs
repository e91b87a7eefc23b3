using System.Collections.Immutable;
using Eco2Test.Carbon;
using Eco2Test.Generators.Settings;
using Eco2Test.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Says what is wrong with a project's <c>eco2test.json</c>, and with the files that it extends, where it is wrong.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SettingsFileAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.SettingsNotJson, Descriptors.UnknownSetting, Descriptors.UnreadableSetting, Descriptors.SettingsExtends, Descriptors.SettingLocked];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var regions = KnownRegions.Of(start.Options, text => start.TryGetValue(text, KnownRegions.WithOwn, out var names) ? names : null, start.CancellationToken);
            start.RegisterAdditionalFileAction(file => Check(file, regions));
        });
    }

    private static void Check(AdditionalFileAnalysisContext context, Lazy<RegionNames> regions)
    {
        var path = SettingsPath.Normalize(context.AdditionalFile.Path);
        if (SettingsGenerator.Root(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions) is null
            || !path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        var chain = RegionsFile.Chain(context.Options, context.CancellationToken);
        if (chain.Files.FirstOrDefault(file => file.Path == path) is { } file)
        {
            foreach (var problem in chain.ProblemsOf(file).Concat(ProblemsOfRegions(file, regions)))
            {
                var span = TextSpan.FromBounds(problem.Span.Start, problem.Span.End);
                context.ReportDiagnostic(Diagnostic.Create(
                    DescriptorOf(problem.Fault),
                    Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span)),
                    problem.Message));
            }
        }
    }

    private static IEnumerable<SettingsProblem> ProblemsOfRegions(SettingsFile file, Lazy<RegionNames> regions) =>
        from member in file.Members
        where SettingsKeys.OfRegions.Contains(member.Name)
        let problem = regions.Value.Problem(member.Value)
        where problem is not null
        select new SettingsProblem(SettingsFault.Unreadable, member.ValueSpan, $"{member.Name}: {problem}");

    private static DiagnosticDescriptor DescriptorOf(SettingsFault fault) => fault switch
    {
        SettingsFault.NotJson => Descriptors.SettingsNotJson,
        SettingsFault.UnknownName => Descriptors.UnknownSetting,
        SettingsFault.Unreadable => Descriptors.UnreadableSetting,
        SettingsFault.Locked => Descriptors.SettingLocked,
        _ => Descriptors.SettingsExtends,
    };
}
