using System.Collections.Immutable;
using Eco2Test.Generators.Hooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Finds a hook that somebody wrote (or copied from generated code) beside the one that is generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecondHookAnalyzer : DiagnosticAnalyzer
{
    private const string Hook = "TestHook";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.SecondHook];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var hooked = TestFramework.All.Where(framework => framework.IsHookedIn(context.Compilation)).Select(framework => framework.Kind.ToString()).ToArray();
        if (hooked.Length > 0 && Wanted.In(context.Compilation, context.Options))
        {
            context.RegisterSyntaxNodeAction(node => Check(node, string.Join(" and ", hooked)), SyntaxKind.InvocationExpression);
        }
    }

    private static void Check(SyntaxNodeAnalysisContext context, string hooked)
    {
        // By its text first: almost no call is bound.
        if (((InvocationExpressionSyntax)context.Node).Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Enter" } access
            && Last(access.Expression) == Hook
            && context.SemanticModel.GetSymbolInfo(access, context.CancellationToken) is var found
            && (found.Symbol ?? found.CandidateSymbols.FirstOrDefault())?.ContainingType is
            {
                Name: Hook,
                ContainingNamespace: { Name: "Runtime", ContainingNamespace: { Name: "Eco2Test", ContainingNamespace.IsGlobalNamespace: true } },
            })
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.SecondHook, access.GetLocation(), hooked));
        }
    }

    private static string? Last(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
