using System.Collections.Immutable;
using Eco2Test.Generators.Hooks;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>
/// Whether a test with a budget may run beside others, by the rules of its framework as far as code states them. Settings in
/// <c>xunit.runner.json</c> or a <c>.runsettings</c> file are not seen.
/// </summary>
internal sealed class ParallelRules(Compilation compilation, TestRecognizer tests)
{
    private const int NUnitNone = 2;

    private readonly Lazy<XunitCollections> _xunit = new(() => XunitCollections.Of(compilation));
    private readonly Lazy<bool> _severalClasses = new(() => HasSeveralTestClasses(compilation.Assembly.GlobalNamespace, tests));

    /// <summary>Reports at the attribute that states the budget; one on the assembly has no place that a fix could change.</summary>
    public void Check(AttributeUse use, Action<Diagnostic> report)
    {
        if ((use.Text("EnergyBudget") ?? use.Text("EmissionsBudget")) is null || use.Argument("Enabled")?.Value is false)
        {
            return;
        }

        var type = use.Symbol as INamedTypeSymbol ?? use.Symbol.ContainingType;
        var test = use.Symbol is INamedTypeSymbol holder ? tests.FirstTestOf(holder) : use.Symbol as IMethodSymbol;
        if (type is null || test is null || !tests.IsTest(test) || tests.FrameworkOf(test) is not { } framework)
        {
            return;
        }

        var method = use.Symbol as IMethodSymbol;
        var remedy = framework.Kind switch
        {
            FrameworkKind.XunitV2 or FrameworkKind.XunitV3 when _severalClasses.Value && MayXunit(type) => "a [Collection] with DisableParallelization",
            FrameworkKind.NUnit when MayNUnit(method, type) => "[NonParallelizable]",
            FrameworkKind.MSTest when MayMSTest(method, type) => "[DoNotParallelize]",
            FrameworkKind.TUnit when !HasAny(method, type, "NotInParallelAttribute") => "[NotInParallel]",
            _ => null,
        };
        if (remedy is not null)
        {
            report(Diagnostic.Create(
                Descriptors.BudgetInParallel,
                use.Location,
                ImmutableDictionary<string, string?>.Empty.Add(FixProperties.Framework, framework.Kind.ToString()),
                use.Name,
                remedy));
        }
    }

    /// <summary>Classes run beside each other, unless they are of one collection, or of one that runs alone.</summary>
    private bool MayXunit(INamedTypeSymbol type)
    {
        var behavior = Find(compilation.Assembly, "CollectionBehaviorAttribute");
        if (behavior is not null && (Named(behavior, "DisableTestParallelization") is true || Named(behavior, "MaxParallelThreads") is 1))
        {
            return false;
        }

        var collection = FindOnClass(type, "CollectionAttribute");
        return collection is null
            ? behavior?.ConstructorArguments is not [{ Kind: TypedConstantKind.Enum, Value: 0 }]
            : !_xunit.Value.RunsAlone(collection);
    }

    /// <summary>Nothing runs beside anything, unless the nearest attribute asks for it.</summary>
    private bool MayNUnit(IMethodSymbol? method, INamedTypeSymbol type)
    {
        var nearest = (method is null ? null : FindNUnit(method)) ?? OnClass(type, FindNUnit);
        if (nearest is not null)
        {
            return IsParallel(nearest);
        }

        // Of the assembly itself, the scope Self is about nothing else than the assembly.
        return FindNUnit(compilation.Assembly) is { } all && IsParallel(all) && Scope(all) != 1;

        static AttributeData? FindNUnit(ISymbol symbol) => Find(symbol, "NonParallelizableAttribute") ?? Find(symbol, "ParallelizableAttribute");

        static bool IsParallel(AttributeData attribute) =>
            attribute.AttributeClass!.Name == "ParallelizableAttribute" && Scope(attribute) is var scope && scope != 0 && (scope & NUnitNone) == 0;

        static int Scope(AttributeData attribute) => attribute.ConstructorArguments is [{ Value: int scope }] ? scope : 1;
    }

    /// <summary>Nothing runs beside anything, unless the assembly asks for it.</summary>
    private bool MayMSTest(IMethodSymbol? method, INamedTypeSymbol type) =>
        Find(compilation.Assembly, "ParallelizeAttribute") is { } parallelize
        && Named(parallelize, "Workers") is not 1
        && (Named(parallelize, "Scope") is 1 || _severalClasses.Value)
        && !HasAny(method, type, "DoNotParallelizeAttribute");

    private bool HasAny(IMethodSymbol? method, INamedTypeSymbol type, string attribute) =>
        (method is not null && Find(method, attribute) is not null)
        || FindOnClass(type, attribute) is not null
        || Find(compilation.Assembly, attribute) is not null;

    private static AttributeData? FindOnClass(INamedTypeSymbol type, string attribute) => OnClass(type, symbol => Find(symbol, attribute));

    private static AttributeData? OnClass(INamedTypeSymbol type, Func<ISymbol, AttributeData?> find)
    {
        for (var next = type; next is not null; next = next.BaseType)
        {
            if (find(next) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static AttributeData? Find(ISymbol symbol, string attribute)
    {
        foreach (var candidate in symbol.GetAttributes())
        {
            if (candidate.AttributeClass?.Name == attribute)
            {
                return candidate;
            }
        }

        return null;
    }

    private static object? Named(AttributeData attribute, string property)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == property)
            {
                return argument.Value.Value;
            }
        }

        return null;
    }

    private static bool HasSeveralTestClasses(INamespaceSymbol root, TestRecognizer tests) =>
        XunitCollections.TypesOf(root).Where(type => type is { TypeKind: TypeKind.Class, IsAbstract: false } && tests.FirstTestOf(type) is not null).Take(2).Count() > 1;
}
