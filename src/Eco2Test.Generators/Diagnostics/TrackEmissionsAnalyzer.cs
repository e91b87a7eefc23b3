using System.Collections.Immutable;
using Eco2Test.Carbon;
using Eco2Test.Generators.Model;
using Eco2Test.Units;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Says at compile time what a <c>[TrackEmissions]</c> asks for that cannot be done, or need not be asked for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrackEmissionsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.UnknownRegion,
        Descriptors.UnreadableBudget,
        Descriptors.NothingToTrack,
        Descriptors.UnknownRegionProperty,
        Descriptors.OldLanguage,
        Descriptors.RegionAgainstCloud,
        Descriptors.AsyncVoid,
        Descriptors.NotWrapped,
        Descriptors.Redundant,
        Descriptors.NoBodyToTrack,
        Descriptors.BudgetBelowResolution,
        Descriptors.BudgetInParallel,
        Descriptors.Iterator,
        Descriptors.MinimumSecondsIgnored,
        Descriptors.NotThroughBase,
        Descriptors.UnreadableBudgetProperty,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Generated tests are tests, and a budget in them that cannot be read is no less an error.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (context.Compilation.GetTypesByMetadataName(KnownNames.Attribute).IsEmpty || ProjectOptions.IsSkipped(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions))
        {
            return;
        }

        var regions = KnownRegions.Of(context.Options, text => context.TryGetValue(text, KnownRegions.WithOwn, out var names) ? names : null, context.CancellationToken);
        var tests = new TestRecognizer(context.Compilation);
        var tracking = new TrackingRules(context.Compilation, tests);
        var parallel = new ParallelRules(context.Compilation, tests);
        var used = 0;
        context.RegisterSymbolAction(
            symbol => Check(symbol.Symbol, symbol.ReportDiagnostic, symbol.CancellationToken),
            SymbolKind.NamedType,
            SymbolKind.Method);

        // Functions inside a body are no declared symbols; few have attributes, and only those are bound.
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (InnerFunction(node) is { } function)
                {
                    Check(function, node.ReportDiagnostic, node.CancellationToken);
                }
            },
            SyntaxKind.LocalFunctionStatement,
            SyntaxKind.ParenthesizedLambdaExpression);
        context.RegisterCompilationEndAction(end =>
        {
            Check(end.Compilation.Assembly, end.ReportDiagnostic, end.CancellationToken);
            CheckProperties(end, regions);
            CheckLanguage(end, used: Volatile.Read(ref used) > 0);
        });

        void Check(ISymbol symbol, Action<Diagnostic> report, CancellationToken cancellation)
        {
            var use = AttributeUse.On(symbol, cancellation).FirstOrDefault();
            if (use is not null)
            {
                Volatile.Write(ref used, 1);
                AttributeRules.Check(use, regions, report);
                parallel.Check(use, report);
            }

            if (symbol is IMethodSymbol { PartialDefinitionPart: null } method)
            {
                tracking.CheckMethod(method, use, report, cancellation);
            }
            else if (use is not null)
            {
                tracking.CheckHolder(use, report);
            }
        }
    }

    private static ISymbol? InnerFunction(SyntaxNodeAnalysisContext context) => context.Node switch
    {
        LocalFunctionStatementSyntax { AttributeLists.Count: > 0 } => context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken),
        LambdaExpressionSyntax { AttributeLists.Count: > 0 } => context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol,
        _ => null,
    };

    private static void CheckProperties(CompilationAnalysisContext context, Lazy<RegionNames> regions)
    {
        Check(KnownNames.Region, problem => Diagnostic.Create(Descriptors.UnknownRegionProperty, Location.None, problem), text => regions.Value.Problem(text));
        Check(KnownNames.EnergyBudget, problem => Budget("Eco2TestEnergyBudget", problem), text => QuantityParser.Energy.Read(text, out _));
        Check(KnownNames.EmissionsBudget, problem => Budget("Eco2TestEmissionsBudget", problem), text => QuantityParser.Emissions.Read(text, out _));
        Check(KnownNames.RunEnergyBudget, problem => Budget("Eco2TestRunEnergyBudget", problem), text => QuantityParser.Energy.Read(text, out _));
        Check(KnownNames.RunEmissionsBudget, problem => Budget("Eco2TestRunEmissionsBudget", problem), text => QuantityParser.Emissions.Read(text, out _));

        void Check(string property, Func<string, Diagnostic> create, Func<string, string?> problemOf)
        {
            if (context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(property, out var text) && text.Length > 0 && problemOf(text) is { } problem)
            {
                context.ReportDiagnostic(create(problem));
            }
        }

        static Diagnostic Budget(string property, string problem) => Diagnostic.Create(Descriptors.UnreadableBudgetProperty, Location.None, property, problem);
    }

    private static void CheckLanguage(CompilationAnalysisContext context, bool used)
    {
        if (used && context.Compilation is CSharpCompilation { LanguageVersion: < LanguageVersion.CSharp11 and var version })
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OldLanguage, Location.None, version.ToDisplayString()));
        }
    }
}
