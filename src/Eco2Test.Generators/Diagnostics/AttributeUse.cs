using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>A <c>[TrackEmissions]</c> where it was written.</summary>
/// <param name="Symbol">What it stands on.</param>
/// <param name="Data">What it says.</param>
/// <param name="Syntax">How it is written.</param>
internal sealed record AttributeUse(ISymbol Symbol, AttributeData Data, AttributeSyntax Syntax)
{
    public Location Location => Syntax.GetLocation();

    /// <summary>The name of what it stands on, short enough for a message.</summary>
    public string Name => Symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    /// <summary>The attributes on a symbol; each attribute is found once, although a partial method shows it on both its parts.</summary>
    public static IEnumerable<AttributeUse> On(ISymbol symbol, CancellationToken cancellation)
    {
        if (symbol is IMethodSymbol { PartialDefinitionPart: not null })
        {
            yield break;
        }

        foreach (var attribute in symbol.GetAttributes())
        {
            if (TrackEmissions.Is(attribute) && attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax syntax)
            {
                yield return new(symbol, attribute, syntax);
            }
        }
    }

    /// <summary>The value of a property that is a text, or <see langword="null"/>. Half-typed code has arguments without a value.</summary>
    public string? Text(string property) => Argument(property)?.Value as string;

    /// <summary>The value of a property, or <see langword="null"/> when it is not stated.</summary>
    public TypedConstant? Argument(string property)
    {
        foreach (var argument in Data.NamedArguments)
        {
            if (argument.Key == property && argument.Value.Kind == TypedConstantKind.Primitive)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>Where a property is stated, else the whole attribute.</summary>
    public Location LocationOf(string property)
    {
        foreach (var argument in Syntax.ArgumentList?.Arguments ?? [])
        {
            if (argument.NameEquals?.Name.Identifier.ValueText == property)
            {
                return argument.GetLocation();
            }
        }

        return Location;
    }
}
