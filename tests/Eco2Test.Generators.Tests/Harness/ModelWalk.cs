using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Tests.Harness;

/// <summary>Walks by reflection through all that a model of a pipeline step holds.</summary>
internal static class ModelWalk
{
    /// <summary>Nothing in it keeps a compilation alive.</summary>
    public static void ShouldHoldNoCompilation(object? value, string path) => Walk(value, path, []);

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        (value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location or AttributeData).ShouldBeFalse($"{path} holds a {value.GetType()}");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, path + "[]", seen);
            }
        }

        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
        }
    }
}
