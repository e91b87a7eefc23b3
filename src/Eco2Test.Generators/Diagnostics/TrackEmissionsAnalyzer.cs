using System.Collections.Immutable;
using Eco2Test.Generators.Model;
using Eco2Test.Units;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Says at compile time what a <c>[TrackEmissions]</c> asks for that cannot be done.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrackEmissionsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.UnknownRegion,
        Descriptors.UnreadableBudget,
        Descriptors.NotATrackedTest,
        Descriptors.UnknownRegionProperty,
        Descriptors.OldLanguage,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Generated tests are tests.
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

        var tests = new TestRecognizer(context.Compilation);
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
            CheckProperty(end);
            CheckLanguage(end, used: Volatile.Read(ref used) > 0);
        });

        void Check(ISymbol symbol, Action<Diagnostic> report, CancellationToken cancellation)
        {
            if (symbol is IMethodSymbol { PartialDefinitionPart: not null })
            {
                // Its attributes are those of the other part, where they were looked at.
                return;
            }

            foreach (var attribute in symbol.GetAttributes())
            {
                if (TrackEmissions.Is(attribute) && attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax syntax)
                {
                    Volatile.Write(ref used, 1);
                    CheckArguments(attribute, syntax, report);
                    CheckTest(symbol, syntax, tests, report);
                }
            }
        }
    }

    private static ISymbol? InnerFunction(SyntaxNodeAnalysisContext context) => context.Node switch
    {
        LocalFunctionStatementSyntax { AttributeLists.Count: > 0 } => context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken),
        LambdaExpressionSyntax { AttributeLists.Count: > 0 } => context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol,
        _ => null,
    };

    private static void CheckArguments(AttributeData attribute, AttributeSyntax syntax, Action<Diagnostic> report)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Value is not { Kind: TypedConstantKind.Primitive, Value: string text })
            {
                continue;
            }

            var (descriptor, problem) = argument.Key switch
            {
                "Region" => (Descriptors.UnknownRegion, KnownRegions.Problem(text)),
                "EnergyBudget" => (Descriptors.UnreadableBudget, QuantityParser.Energy.Read(text, out _)),
                "EmissionsBudget" => (Descriptors.UnreadableBudget, QuantityParser.Emissions.Read(text, out _)),
                _ => (Descriptors.UnknownRegion, null),
            };
            if (problem is not null)
            {
                report(Diagnostic.Create(descriptor, ArgumentOf(syntax, argument.Key).GetLocation(), argument.Key, problem));
            }
        }
    }

    private static SyntaxNode ArgumentOf(AttributeSyntax attribute, string property)
    {
        foreach (var argument in attribute.ArgumentList?.Arguments ?? [])
        {
            if (argument.NameEquals?.Name.Identifier.ValueText == property)
            {
                return argument;
            }
        }

        return attribute;
    }

    private static void CheckTest(ISymbol symbol, AttributeSyntax syntax, TestRecognizer tests, Action<Diagnostic> report)
    {
        // Of an abstract method its overrides are the tests; a class or an assembly may hold tests wherever a framework is hooked.
        var hasEffect = symbol is IMethodSymbol method ? method.IsAbstract || tests.IsTest(method) : tests.IsAnyHooked;
        if (!hasEffect)
        {
            report(Diagnostic.Create(Descriptors.NotATrackedTest, syntax.GetLocation(), symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
        }
    }

    private static void CheckProperty(CompilationAnalysisContext context)
    {
        if (context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(KnownNames.Region, out var region)
            && region.Length > 0
            && KnownRegions.Problem(region) is { } problem)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnknownRegionProperty, Location.None, problem));
        }
    }

    private static void CheckLanguage(CompilationAnalysisContext context, bool used)
    {
        if (used && context.Compilation is CSharpCompilation { LanguageVersion: < LanguageVersion.CSharp11 and var version })
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OldLanguage, Location.None, version.ToDisplayString()));
        }
    }
}
