using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Table;

/// <summary>
/// What is asked for at a method or class, merged outward: the method, the method that it overrides, the class, the
/// nearest base class that has the attribute or else the nearest class around it.
/// </summary>
internal static class SettingsReader
{
    /// <summary>What holds at a method or class, but for what the assembly adds.</summary>
    public static TrackingSettings Of(ISymbol symbol) =>
        Outward(symbol).Prepend(symbol).Select(Own).Aggregate(TrackingSettings.None, (settings, outer) => outer is null ? settings : settings.Over(outer));

    /// <summary>
    /// What would hold at a method or class without its own attribute, the assembly included; <see langword="null"/> when
    /// nothing around it has the attribute.
    /// </summary>
    public static TrackingSettings? Around(ISymbol symbol) =>
        Outward(symbol).Append(symbol.ContainingAssembly).Select(Own).Aggregate((TrackingSettings?)null, (settings, outer) => outer is null ? settings : settings?.Over(outer) ?? outer);

    /// <summary>What the attribute of this very symbol asks for; <see langword="null"/> when it has none.</summary>
    public static TrackingSettings? Own(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (TrackEmissions.Is(attribute))
            {
                return Read(attribute);
            }
        }

        return null;
    }

    /// <summary>What stands around a method or class, nearest first: what it overrides, then its classes.</summary>
    private static IEnumerable<ISymbol> Outward(ISymbol symbol)
    {
        for (var overridden = (symbol as IMethodSymbol)?.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            yield return overridden;
        }

        var type = symbol as INamedTypeSymbol;
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        if (type is not null)
        {
            seen.Add(type);
        }

        for (type = type is null ? symbol.ContainingType : Outward(type); type is not null && seen.Add(type); type = Outward(type))
        {
            yield return type;
        }
    }

    /// <summary>The run-time finds the row of a class that has none by the same steps, so the two must agree.</summary>
    private static INamedTypeSymbol? Outward(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (Own(parent) is not null)
            {
                return parent;
            }
        }

        return type.ContainingType;
    }

    private static TrackingSettings Read(AttributeData attribute)
    {
        var settings = TrackingSettings.None;
        foreach (var argument in attribute.NamedArguments)
        {
            // Half-typed code has arguments without a value.
            var value = argument.Value.Kind == TypedConstantKind.Primitive ? argument.Value.Value : null;
            settings = argument.Key switch
            {
                "Region" => settings with { Region = value as string },
                "EnergyBudget" => settings with { EnergyBudget = value as string },
                "EmissionsBudget" => settings with { EmissionsBudget = value as string },
                "Comparison" => settings with { Comparison = value as string },
                "Enabled" => settings with { Enabled = value as bool? },
                "MinimumSeconds" => settings with { MinimumSeconds = value as double? },
                _ => settings,
            };
        }

        return settings;
    }
}
