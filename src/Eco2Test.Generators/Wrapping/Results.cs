using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Wrapping;

/// <summary>What a method gives back, as far as it decides when the method's work has ended.</summary>
internal static class Results
{
    private static readonly string[] Sequences = ["IEnumerable", "IEnumerator", "IAsyncEnumerable", "IAsyncEnumerator"];

    /// <summary>Whether the work goes on after the method has returned: with a task, or with a sequence that is an iterator.</summary>
    public static bool GoesOn(ITypeSymbol result) => IsTask(result) || IsValueTask(result) || IsSequence(result);

    public static bool IsTask(ITypeSymbol result)
    {
        for (var type = result; type is not null; type = type.BaseType)
        {
            if (type.Name == "Task" && IsIn(type, "Tasks", "Threading"))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsValueTask(ITypeSymbol result) => result.Name == "ValueTask" && IsIn(result, "Tasks", "Threading");

    /// <summary>Whether it is something to await of which the run-time knows nothing.</summary>
    public static bool IsUnknownAwaitable(ITypeSymbol result) =>
        result is INamedTypeSymbol named && !GoesOn(named) && named.GetMembers("GetAwaiter").Any(member => member is IMethodSymbol { Parameters.IsEmpty: true });

    private static bool IsSequence(ITypeSymbol result) =>
        Sequences.Contains(result.Name) && (IsIn(result, "Collections", "System") || IsIn(result, "Generic", "Collections"));

    private static bool IsIn(ITypeSymbol type, string inner, string outer) =>
        type.ContainingNamespace is { ContainingNamespace: { } around } space && space.Name == inner && around.Name == outer;
}
