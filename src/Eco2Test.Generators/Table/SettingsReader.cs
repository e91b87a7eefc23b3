using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Table;

/// <summary>
/// What is asked for at a method or class, merged outward: the method, the method that it overrides, the class, the
/// nearest base class that has the attribute or else the nearest class around it.
/// </summary>
internal static class SettingsReader
{
    /// <summary>Of a method or a class.</summary>
    public static TrackingSettings Of(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => OfMethod(method),
        INamedTypeSymbol type => OfClass(type),
        _ => TrackingSettings.None,
    };

    public static TrackingSettings OfMethod(IMethodSymbol method)
    {
        var settings = Own(method) ?? TrackingSettings.None;
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            settings = settings.Over(Own(overridden) ?? TrackingSettings.None);
        }

        return settings.Over(OfClass(method.ContainingType));
    }

    public static TrackingSettings OfClass(INamedTypeSymbol type)
    {
        var settings = Own(type) ?? TrackingSettings.None;
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default) { type };
        for (var next = Outward(type); next is not null && seen.Add(next); next = Outward(next))
        {
            settings = settings.Over(Own(next) ?? TrackingSettings.None);
        }

        return settings;
    }

    public static TrackingSettings? OfAssembly(IAssemblySymbol assembly) => Own(assembly);

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

    private static TrackingSettings? Own(ISymbol symbol)
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
