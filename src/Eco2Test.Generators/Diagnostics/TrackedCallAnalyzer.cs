using System.Collections.Immutable;
using Eco2Test.Generators.Table;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Says which calls of a tracked method are not tracked, and why: the generator wraps calls, and not all can be.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrackedCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.NotWrapped, Descriptors.MethodGroup, Descriptors.DynamicCall];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (!Wanted.In(context.Compilation, context.Options))
        {
            return;
        }

        var compilation = context.Compilation;
        var tests = new TestRecognizer(compilation);
        var names = new Lazy<HashSet<string>>(() => CalledNames.Of(compilation, tests));
        context.RegisterSyntaxNodeAction(
            node =>
            {
                if (names.Value.Contains(((SimpleNameSyntax)node.Node).Identifier.ValueText))
                {
                    Check(node, tests);
                }
            },
            SyntaxKind.IdentifierName,
            SyntaxKind.GenericName);
    }

    private static void Check(SyntaxNodeAnalysisContext context, TestRecognizer tests)
    {
        var name = (SimpleNameSyntax)context.Node;
        var whole = Whole(name);
        var call = whole.Parent as InvocationExpressionSyntax;
        if (call is not null && call.Expression != whole)
        {
            call = null;
        }

        if (IsOnlyNamed(name, whole))
        {
            return;
        }

        var found = context.SemanticModel.GetSymbolInfo((ExpressionSyntax?)call ?? whole, context.CancellationToken);
        var late = found.CandidateReason == CandidateReason.LateBound
            ? found.CandidateSymbols.OfType<IMethodSymbol>().FirstOrDefault(candidate => IsTracked(candidate, tests, context.Compilation))
            : null;
        if ((found.Symbol ?? late) is not IMethodSymbol target)
        {
            if (call is not null && IsDynamic(whole, context))
            {
                Report(context, Descriptors.DynamicCall, name, name.Identifier.ValueText, Obstacle.Dynamic);
            }

            return;
        }

        if (target.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension) || !IsTracked(target, tests, context.Compilation))
        {
            return;
        }

        var obstacle = call is null ? Obstacle.MethodGroup : CallInterception.ObstacleOf(call, target, CallBinding.Whole(context.SemanticModel, context.CancellationToken), context.SemanticModel, context.CancellationToken);
        if (obstacle is not (Obstacle.None or Obstacle.InsideItself))
        {
            Report(context, DescriptorOf(obstacle), name, target.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), obstacle);
        }
    }

    /// <summary>The name with what stands before it: <c>a.b.Fit</c>, or <c>.Fit</c> after a question mark.</summary>
    private static ExpressionSyntax Whole(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access,
        MemberBindingExpressionSyntax binding when binding.Name == name => binding,
        _ => name,
    };

    /// <summary>A name that is no use of a method: in <c>nameof</c>, a documentation comment, an argument's or an attribute's name, a type.</summary>
    private static bool IsOnlyNamed(SimpleNameSyntax name, ExpressionSyntax whole) =>
        name.Parent is NameColonSyntax or NameEqualsSyntax or AttributeSyntax or QualifiedNameSyntax or TypeArgumentListSyntax
        || whole.Parent is MemberAccessExpressionSyntax access && access.Expression == whole
        || whole.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } }
        || name.IsPartOfStructuredTrivia();

    private static bool IsDynamic(ExpressionSyntax whole, SyntaxNodeAnalysisContext context)
    {
        var receiver = whole switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax binding => binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        return receiver is not null && context.SemanticModel.GetTypeInfo(receiver, context.CancellationToken).Type is IDynamicTypeSymbol;
    }

    /// <summary>A method that can be wrapped nowhere is spoken of at its declaration, once.</summary>
    private static bool IsTracked(IMethodSymbol target, TestRecognizer tests, Compilation compilation)
    {
        var method = (target.ReducedFrom ?? target).OriginalDefinition;
        return Tracking.CarrierOf(method, tests) is not null
            && (SettingsReader.Own(method)?.Enabled ?? SettingsReader.Around(method)?.Enabled) != false
            && !ExactForm.Is(method)
            && MethodWrapping.ObstacleOf(method, compilation) == Obstacle.None;
    }

    private static DiagnosticDescriptor DescriptorOf(Obstacle obstacle) => obstacle switch
    {
        Obstacle.MethodGroup => Descriptors.MethodGroup,
        Obstacle.Dynamic => Descriptors.DynamicCall,
        _ => Descriptors.NotWrapped,
    };

    private static void Report(SyntaxNodeAnalysisContext context, DiagnosticDescriptor descriptor, SimpleNameSyntax place, string method, Obstacle obstacle) =>
        context.ReportDiagnostic(Diagnostic.Create(descriptor, place.GetLocation(), method, ObstacleText.Reason(obstacle), ObstacleText.Remedy(obstacle)));
}
