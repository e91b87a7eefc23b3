using System.Collections.Immutable;
using Eco2Test.Carbon;
using Eco2Test.Generators.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Says what is wrong with a project's <c>eco2test.json</c>, and with the files that it extends, where it is wrong.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SettingsFileAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.SettingsNotJson, Descriptors.UnknownSetting, Descriptors.UnreadableSetting, Descriptors.SettingsExtends];

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
        if (chain.FirstOrDefault(file => file.Path == path) is { } file)
        {
            foreach (var problem in file.Problems.Concat(ProblemsOfRegions(file, regions)).Concat(ProblemOfExtending(file, chain)))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    DescriptorOf(problem.Fault),
                    Location.Create(context.AdditionalFile.Path, problem.Span, text.Lines.GetLinePositionSpan(problem.Span)),
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

    private static IEnumerable<SettingsProblem> ProblemOfExtending(SettingsFile file, IReadOnlyList<SettingsFile> chain)
    {
        // Only the last one extends what is not in the chain behind it.
        if (file != chain[chain.Count - 1] || file.Extended is not { } extended)
        {
            yield break;
        }

        var member = file.Member(SettingsKeys.Extends)!;
        yield return new(SettingsFault.Extends, member.ValueSpan, chain.Any(each => each.Path == extended)
            ? $"'{member.Value}' is a file that extends this one: {string.Join(" -> ", chain.Select(each => NameOf(each.Path)))} -> {NameOf(extended)}"
            : $"'{member.Value}' is not there, seen from the folder of this file; a chain has four files at most");
    }

    /// <summary>The file and its folder: files of a chain are often of one name.</summary>
    private static string NameOf(string path) => path.Split('/') is [.., var folder, var file] ? $"{folder}/{file}" : path;

    private static DiagnosticDescriptor DescriptorOf(SettingsFault fault) => fault switch
    {
        SettingsFault.NotJson => Descriptors.SettingsNotJson,
        SettingsFault.UnknownName => Descriptors.UnknownSetting,
        SettingsFault.Unreadable => Descriptors.UnreadableSetting,
        _ => Descriptors.SettingsExtends,
    };
}
