using Eco2Test.Generators.Table;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>Whether something is tracked because of an attribute, and what of it is not.</summary>
internal sealed class TrackingRules(Compilation compilation, TestRecognizer tests)
{
    private const string NotHooked = "its test framework is not hooked in this project: the framework, or this version of it, is not supported";

    /// <summary>Of the attribute on an assembly or a class.</summary>
    public void CheckHolder(AttributeUse use, Action<Diagnostic> report)
    {
        if (use.Symbol is IAssemblySymbol && !tests.IsAnyHooked)
        {
            report(Diagnostic.Create(Descriptors.NothingToTrack, use.Location, use.Symbol.Name, "on an assembly it is for tests, and no framework that is hooked is referenced"));
        }
        else if (use.Symbol is INamedTypeSymbol type && tests.FirstTestOf(type) is { } test && !tests.IsTest(test))
        {
            report(Diagnostic.Create(Descriptors.NothingToTrack, use.Location, use.Name, NotHooked));
        }
        else
        {
            CheckRedundant(use, report);
        }
    }

    /// <summary>Of a method with the attribute, or one that it reaches from what the method overrides or from a class.</summary>
    /// <param name="method">The method.</param>
    /// <param name="use">Its own attribute, if it has one.</param>
    /// <param name="report">Where to say it.</param>
    /// <param name="cancellation">Stops it.</param>
    public void CheckMethod(IMethodSymbol method, AttributeUse? use, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (tests.FrameworkOf(method) is not null)
        {
            if (use is not null)
            {
                CheckTest(method, use, report);
            }

            return;
        }

        if ((use is null && Tracking.CarrierOf(method, tests) is null) || IsExcluded(method))
        {
            return;
        }

        if (ExactForm.Is(method))
        {
            return;
        }

        var place = use?.Location ?? method.Locations[0];
        var name = method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        var obstacle = MethodWrapping.ObstacleOf(method, compilation);
        if (obstacle != Obstacle.None)
        {
            report(Unwrappable(obstacle, place, name));
        }
        else
        {
            CheckWrapped(method, name, place, use, report, cancellation);
        }
    }

    private void CheckTest(IMethodSymbol method, AttributeUse use, Action<Diagnostic> report)
    {
        if (!tests.IsTest(method))
        {
            report(Diagnostic.Create(Descriptors.NothingToTrack, use.Location, use.Name, NotHooked));
            return;
        }

        CheckMinimumSeconds(method, use, report);
        if (!ExactForm.Is(method))
        {
            // Without its own attribute it would be no exact form.
            CheckRedundant(use, report);
        }
    }

    private void CheckWrapped(
        IMethodSymbol method, string name, Location place, AttributeUse? use, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (IsIterator(method, cancellation))
        {
            report(Diagnostic.Create(Descriptors.Iterator, place, name));
        }

        if (use is null)
        {
            return;
        }

        if (UntrackedBase(method) is { } declaration)
        {
            report(Diagnostic.Create(
                Descriptors.NotThroughBase, place, name, declaration.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
        }

        CheckMinimumSeconds(method, use, report);
        CheckRedundant(use, report);
    }

    private static void CheckMinimumSeconds(IMethodSymbol method, AttributeUse use, Action<Diagnostic> report)
    {
        if (use.Argument("MinimumSeconds") is not null && !ExactForm.Is(method))
        {
            report(Diagnostic.Create(Descriptors.MinimumSecondsIgnored, use.LocationOf("MinimumSeconds"), AttributeRules.Fix("MinimumSeconds", null), method.Name, method.Name + ExactForm.Suffix));
        }
    }

    private void CheckRedundant(AttributeUse use, Action<Diagnostic> report)
    {
        if (use.Symbol is not IAssemblySymbol && IsReachedFromAround(use.Symbol) && SettingsReader.Around(use.Symbol) is { } around && SettingsReader.Own(use.Symbol) is { } own)
        {
            var tracked = around with { Enabled = around.Enabled ?? true };
            if (own.Over(tracked) == tracked && use.Argument("MinimumSeconds") is null)
            {
                report(Diagnostic.Create(Descriptors.Redundant, use.Location, use.Name));
            }
        }
    }

    /// <summary>The attribute on an assembly is for tests; that on a class is for its tests, or else for its public methods.</summary>
    private bool IsReachedFromAround(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => tests.FirstTestOf(type) is not null,
        IMethodSymbol method => tests.IsTest(method)
            || (method.OverriddenMethod is { } overridden && Tracking.CarrierOf(overridden, tests) is not null)
            || (Tracking.IsOfClass(method) && SettingsReader.Own(method.ContainingType) is not null && tests.FirstTestOf(method.ContainingType) is null),
        _ => false,
    };

    private static Diagnostic Unwrappable(Obstacle obstacle, Location place, string name) => obstacle switch
    {
        Obstacle.NoOrdinaryMethod => Diagnostic.Create(Descriptors.NothingToTrack, place, name, ObstacleText.Reason(obstacle) + "; " + ObstacleText.Remedy(obstacle)),
        Obstacle.AsyncVoid => Diagnostic.Create(Descriptors.AsyncVoid, place, name, ObstacleText.Reason(obstacle), ObstacleText.Remedy(obstacle)),
        Obstacle.Extern or Obstacle.StaticAbstract => Diagnostic.Create(Descriptors.NoBodyToTrack, place, name, ObstacleText.Reason(obstacle), ObstacleText.Remedy(obstacle)),
        _ => Diagnostic.Create(Descriptors.NotWrapped, place, name, ObstacleText.Reason(obstacle), ObstacleText.Remedy(obstacle)),
    };

    private static bool IsExcluded(IMethodSymbol method) =>
        (SettingsReader.Own(method)?.Enabled ?? SettingsReader.Around(method)?.Enabled) == false;

    private static bool IsIterator(IMethodSymbol method, CancellationToken cancellation) =>
        ReturnsSequence(method.ReturnType)
        && method.DeclaringSyntaxReferences.Any(part => part.GetSyntax(cancellation) is MethodDeclarationSyntax { Body: { } body }
            && body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is YieldStatementSyntax));

    private static bool ReturnsSequence(ITypeSymbol type) =>
        type.Name is "IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator";

    /// <summary>What the method is an implementation or override of, by which it may be called without being tracked.</summary>
    private IMethodSymbol? UntrackedBase(IMethodSymbol method)
    {
        if (method.OverriddenMethod is { } overridden)
        {
            return IsTracked(overridden) ? null : overridden;
        }

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (member is IMethodSymbol declared
                    && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(declared), method)
                    && !IsTracked(declared))
                {
                    return declared;
                }
            }
        }

        return null;
    }

    private bool IsTracked(IMethodSymbol method) => Tracking.CarrierOf(method, tests) is not null;
}
