using Eco2Test.Generators.Model;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Calls;

/// <summary>
/// The simple names of tracked methods. To bind every call of a project takes a second and more; only those of such a name
/// are. An assembly lists its own for the projects that reference it.
/// </summary>
internal static class TrackedNames
{
    public const string MetadataKey = "Eco2Test.TrackedNames";
    private const char Separator = ';';

    /// <summary>The names that the attribute on a method or class is for.</summary>
    public static EquatableArray<string> Of(ISymbol carrier) => new(carrier switch
    {
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => [method.Name],
        INamedTypeSymbol type => type.GetMembers().OfType<IMethodSymbol>().Where(Tracking.IsOfClass).Select(method => method.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToArray(),
        _ => [],
    });

    /// <summary>The names that the assemblies list which a compilation references.</summary>
    public static EquatableArray<string> OfReferences(Compilation compilation)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            // Attributes are read of those only that can have been compiled with the generator.
            if (assembly.Modules.First().ReferencedAssemblies.Any(reference => reference.Name == "Eco2Test"))
            {
                names.UnionWith(assembly.GetAttributes().SelectMany(Listed));
            }
        }

        return new(names.ToArray());
    }

    /// <summary>As it is listed.</summary>
    public static string Write(IEnumerable<string> names) =>
        string.Join(Separator.ToString(), names.Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal));

    private static IEnumerable<string> Listed(AttributeData attribute) =>
        attribute is { AttributeClass.Name: "AssemblyMetadataAttribute", ConstructorArguments: [{ Value: MetadataKey }, { Value: string names }] }
            ? names.Split([Separator], StringSplitOptions.RemoveEmptyEntries)
            : [];
}
