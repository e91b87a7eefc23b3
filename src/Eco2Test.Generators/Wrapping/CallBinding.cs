using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Wrapping;

/// <summary>
/// What a call and its parts mean. The model binds the whole statement that a call is in; most calls mean the same when they
/// are bound alone at their place, without what stands around them.
/// </summary>
internal readonly struct CallBinding
{
    private readonly SemanticModel _model;
    private readonly int? _place;
    private readonly CancellationToken _cancellation;

    private CallBinding(SemanticModel model, int? place, CancellationToken cancellation) => (_model, _place, _cancellation) = (model, place, cancellation);

    /// <summary>The binding of a call with all that is around it.</summary>
    public static CallBinding Whole(SemanticModel model, CancellationToken cancellation) => new(model, null, cancellation);

    /// <summary>The binding of a call by itself, where that is certain to be the same.</summary>
    public static CallBinding Least(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        new(model, StandsInBody(call) && IsPlain(call) ? call.SpanStart : null, cancellation);

    /// <summary>Whether nothing around the call is bound.</summary>
    public bool IsAlone => _place is not null;

    /// <summary>The method that is called.</summary>
    public IMethodSymbol? Target(InvocationExpressionSyntax call) => (_place is { } place
        ? _model.GetSpeculativeSymbolInfo(place, call, SpeculativeBindingOption.BindAsExpression)
        : _model.GetSymbolInfo(call, _cancellation)).Symbol as IMethodSymbol;

    /// <summary>The type of the receiver or of an argument.</summary>
    public ITypeSymbol? TypeOf(ExpressionSyntax part) => (_place is { } place
        ? _model.GetSpeculativeTypeInfo(place, part, SpeculativeBindingOption.BindAsExpression)
        : _model.GetTypeInfo(part, _cancellation)).Type;

    /// <summary>In the body of a method, not of a function inside it, whose parameters may have their types from what is around it.</summary>
    private static bool StandsInBody(InvocationExpressionSyntax call)
    {
        foreach (var node in call.Ancestors())
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or QueryExpressionSyntax or ConditionalAccessExpressionSyntax:
                    return false;
                case BlockSyntax or ArrowExpressionClauseSyntax when node.Parent is BaseMethodDeclarationSyntax:
                    return true;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Nothing in it is declared there, or has its meaning from what it is given to.</summary>
    private static bool IsPlain(InvocationExpressionSyntax call)
    {
        foreach (var node in call.DescendantNodes())
        {
            if (node is VariableDesignationSyntax or AnonymousFunctionExpressionSyntax or QueryExpressionSyntax)
            {
                return false;
            }
        }

        return true;
    }
}
