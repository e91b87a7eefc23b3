using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Wrapping;

/// <summary>Whether one call of a method that can be wrapped is redirected to the wrapper: what the place of the call tells.</summary>
internal static class CallInterception
{
    private static readonly string[] ExpressionTypes = ["Expression", "LambdaExpression"];

    /// <summary>What stands in the way of redirecting a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="target">What it calls, as <c>GetSymbolInfo</c> gives it.</param>
    /// <param name="binding">Tells the types of the call's parts.</param>
    /// <param name="model">The model of the call's tree.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Obstacle ObstacleOf(InvocationExpressionSyntax call, IMethodSymbol target, CallBinding binding, SemanticModel model, CancellationToken cancellation)
    {
        var receiver = (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        return receiver is BaseExpressionSyntax ? Obstacle.BaseCall
            : HasDynamicArgument(call, binding) ? Obstacle.Dynamic
            : IsOnTypeParameter(call, target, binding) ? Obstacle.GenericReceiver
            : IsInside(call, target, model, cancellation) ? Obstacle.InsideItself
            : IsInExpressionTree(call, model, cancellation) ? Obstacle.ExpressionTree
            : Obstacle.None;
    }

    private static bool HasDynamicArgument(InvocationExpressionSyntax call, CallBinding binding)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            // A literal or a lambda never is; most arguments need not be bound.
            if (argument.Expression is not (LiteralExpressionSyntax or AnonymousFunctionExpressionSyntax)
                && binding.TypeOf(argument.Expression) is IDynamicTypeSymbol)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOnTypeParameter(InvocationExpressionSyntax call, IMethodSymbol target, CallBinding binding)
    {
        if (target.IsStatic || target.ReducedFrom is not null)
        {
            return false;
        }

        var receiver = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax member => member.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        return receiver is not null && binding.TypeOf(receiver) is ITypeParameterSymbol;
    }

    /// <summary>Only the body itself: a function inside it may run when the window is long closed, which the run-time sees.</summary>
    private static bool IsInside(InvocationExpressionSyntax call, IMethodSymbol target, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var node in call.Ancestors())
        {
            if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            {
                return false;
            }

            if (node is MethodDeclarationSyntax method)
            {
                return method.Identifier.ValueText == target.Name
                    && model.GetDeclaredSymbol(method, cancellation) is { } around
                    && SymbolEqualityComparer.Default.Equals(
                        (around.PartialDefinitionPart ?? around).OriginalDefinition,
                        (target.ReducedFrom ?? target.PartialDefinitionPart ?? target).OriginalDefinition);
            }
        }

        return false;
    }

    private static bool IsInExpressionTree(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        for (SyntaxNode? node = call; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node switch
            {
                AnonymousFunctionExpressionSyntax function => IsExpression(model.GetTypeInfo(function, cancellation).ConvertedType),
                QueryClauseSyntax clause => TakesExpressions(model.GetQueryClauseInfo(clause, cancellation).OperationInfo),
                SelectOrGroupClauseSyntax or OrderingSyntax => TakesExpressions(model.GetSymbolInfo(node, cancellation)),
                _ => false,
            })
            {
                return true;
            }
        }

        return false;
    }

    private static bool TakesExpressions(SymbolInfo operation) =>
        operation.Symbol is IMethodSymbol method && method.Parameters.Any(parameter => IsExpression(parameter.Type));

    private static bool IsExpression(ITypeSymbol? type) =>
        type is INamedTypeSymbol { ContainingNamespace: { Name: "Expressions", ContainingNamespace.Name: "Linq" } } && ExpressionTypes.Contains(type.Name);
}
