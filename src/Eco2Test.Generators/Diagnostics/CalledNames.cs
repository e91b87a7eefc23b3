using Eco2Test.Generators.Calls;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Diagnostics;

/// <summary>
/// The simple names of the methods of a compilation whose calls are wrapped. Only what has one of these names is bound, so
/// that no more than a few calls of a large project are.
/// </summary>
internal static class CalledNames
{
    public static HashSet<string> Of(Compilation compilation, TestRecognizer tests)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in XunitCollections.TypesOf(compilation.Assembly.GlobalNamespace))
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && Tracking.CarrierOf(method, tests) is not null)
                {
                    names.Add(method.Name);
                }
            }
        }

        names.UnionWith(TrackedNames.OfReferences(compilation));
        return names;
    }
}
