using Eco2Test.Generators.Diagnostics;
using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Wrapping;

/// <summary>Which methods are tracked by wrapping their calls, and by which attribute.</summary>
/// <remarks>
/// A method that has the attribute; the public methods that a class with the attribute declares, unless it holds tests; and
/// what overrides one of these. The attribute on an assembly is for tests only.
/// </remarks>
internal static class Tracking
{
    /// <summary>What carries the attribute by which calls of a method are wrapped, a method or a class; <see langword="null"/> when they are not.</summary>
    /// <param name="method">The method, of which the definition counts.</param>
    /// <param name="tests">Tells the tests of the compilation, which their framework's hook tracks.</param>
    public static ISymbol? CarrierOf(IMethodSymbol method, TestRecognizer tests)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        for (var next = method; next is not null; next = next.OverriddenMethod?.OriginalDefinition)
        {
            if (IsCarrier(next))
            {
                return tests.IsTest(method) ? null : next;
            }

            if (IsOfClass(next) && IsCarrier(next.ContainingType))
            {
                return tests.IsTest(method) || HoldsTests(next.ContainingType, tests) ? null : next.ContainingType;
            }
        }

        return null;
    }

    /// <summary>Whether the attribute on a class is for a method of it: what is public and written by the user, other than what every object has.</summary>
    public static bool IsOfClass(IMethodSymbol method)
    {
        var first = method;
        while (first.OverriddenMethod is { } overridden)
        {
            first = overridden;
        }

        return method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false }
            && first.ContainingType.SpecialType != SpecialType.System_Object;
    }

    private static bool HoldsTests(INamedTypeSymbol type, TestRecognizer tests)
    {
        if (!tests.IsAnyHooked)
        {
            return false;
        }

        for (INamedTypeSymbol? next = type; next is not null; next = next.BaseType)
        {
            if (next.GetMembers().OfType<IMethodSymbol>().Any(tests.IsTest))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCarrier(ISymbol symbol) => symbol.GetAttributes().Any(TrackEmissions.Is);
}
