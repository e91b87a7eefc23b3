using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Wrappers;

/// <summary>From a method that can be wrapped to the text of its wrapper.</summary>
internal static class WrapperReader
{
    private const string Self = "__self";

    /// <summary>The name of the stretch in a wrapper, which no parameter may have.</summary>
    public const string Scope = "__scope";

    /// <summary>Where the name of the accessor goes, in it and in the call.</summary>
    public const string NameHole = "{0}";

    public static WrapperText Read(IMethodSymbol method, Compilation compilation)
    {
        var parameters = method.Parameters.Select(parameter => (Symbol: parameter, Name: NameOf(parameter))).ToList();
        var arguments = string.Join(", ", parameters.Select(parameter => SignatureText.Argument(parameter.Symbol, parameter.Name)));
        var declared = parameters.Select(parameter => SignatureText.Parameter(parameter.Symbol, parameter.Name)).ToList();
        if (method.IsExtensionMethod)
        {
            declared[0] = "this " + declared[0];
        }

        var generics = TypeParameters(method);
        var needsAccessor = MethodWrapping.NeedsAccessor(method, compilation);
        return new(
            SignatureText.Identifier(method.Name),
            new(SignatureText.Attributes(method)),
            IsUnsafe(method),
            SignatureText.Return(method),
            generics.Count == 0 ? "" : $"<{string.Join(", ", generics.Select(SignatureText.TypeParameter))}>",
            string.Join(", ", method.IsStatic ? declared : declared.Prepend(Receiver(method))),
            new(generics.Select(SignatureText.Constraint).OfType<string>().ToArray()),
            needsAccessor ? AccessorCall(method, arguments) : Call(method, arguments),
            needsAccessor ? Accessor(method, parameters) : null,
            Results.GoesOn(method.ReturnType),
            new(Defines(method).ToArray()));
    }

    private static string NameOf(IParameterSymbol parameter) =>
        parameter.Name is Self or Scope or "" ? "__p" + parameter.Ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture) : SignatureText.Identifier(parameter.Name);

    /// <summary>Those of the types around it from the outermost, then its own.</summary>
    private static List<ITypeParameterSymbol> TypeParameters(IMethodSymbol method)
    {
        var all = new List<ITypeParameterSymbol>(method.TypeParameters);
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            all.InsertRange(0, type.TypeParameters);
        }

        return all;
    }

    private static string Receiver(IMethodSymbol method)
    {
        var type = method.ContainingType;
        var by = !type.IsValueType ? "" : method.IsReadOnly ? "in " : "ref ";
        var scope = type.IsValueType && !MethodWrapping.IsUnscoped(method) ? "scoped " : "";
        return $"this {scope}{by}{SignatureText.Type(type)} {Self}";
    }

    private static string Call(IMethodSymbol method, string arguments)
    {
        var receiver = method.IsStatic ? SignatureText.Type(method.ContainingType) : Self;
        var types = method.IsGenericMethod ? $"<{string.Join(", ", method.TypeParameters.Select(parameter => SignatureText.Identifier(parameter.Name)))}>" : "";
        return $"{receiver}.{SignatureText.Identifier(method.Name)}{types}({arguments})";
    }

    /// <summary>Through the accessor, whose first argument is the receiver, or of a static method stands for its type only.</summary>
    private static string AccessorCall(IMethodSymbol method, string arguments)
    {
        const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";
        var type = method.ContainingType;
        var receiver = (method.IsStatic, type.IsValueType) switch
        {
            (true, false) => "null!",
            (true, true) => $"ref {Unsafe}.NullRef<{SignatureText.Type(type)}>()",
            (false, false) => Self,
            (false, true) => method.IsReadOnly ? $"ref {Unsafe}.AsRef(in {Self})" : "ref " + Self,
        };
        return $"{NameHole}({receiver}{(arguments.Length == 0 ? "" : ", " + arguments)})";
    }

    private static string Accessor(IMethodSymbol method, List<(IParameterSymbol Symbol, string Name)> parameters)
    {
        var type = method.ContainingType;
        var kind = method.IsStatic ? "StaticMethod" : "Method";
        var declared = parameters.Select(parameter => SignatureText.Parameter(parameter.Symbol, parameter.Name))
            .Prepend($"{(type.IsValueType ? "ref " : "")}{SignatureText.Type(type)} {Self}");
        return $"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.{kind}, Name = {SymbolDisplay.FormatLiteral(method.MetadataName, quote: true)})]\n"
            + $"private static extern {(IsUnsafe(method) ? "unsafe " : "")}{SignatureText.Return(method)} {NameHole}({string.Join(", ", declared)});";
    }

    /// <summary>Whether its signature has pointers.</summary>
    public static bool IsUnsafe(IMethodSymbol method) =>
        HasPointer(method.ReturnType) || method.Parameters.Any(parameter => HasPointer(parameter.Type));

    private static bool HasPointer(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => true,
        IArrayTypeSymbol array => HasPointer(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasPointer),
        _ => false,
    };

    /// <summary>A call that was compiled is made: in the file of the wrappers the symbols are defined.</summary>
    private static IEnumerable<string> Defines(IMethodSymbol method)
    {
        for (var next = method; next is not null; next = next.OverriddenMethod)
        {
            foreach (var attribute in next.GetAttributes())
            {
                if (attribute.AttributeClass is { Name: "ConditionalAttribute", ContainingNamespace.Name: "Diagnostics" }
                    && attribute.ConstructorArguments is [{ Value: string symbol }]
                    && SyntaxFacts.IsValidIdentifier(symbol))
                {
                    yield return symbol;
                }
            }
        }
    }
}
