namespace Eco2Test.Runtime.Sequences;

/// <summary>
/// Tells an iterator, which works while it is consumed, from a sequence that is ready, such as a list: that one must stay
/// what it is.
/// </summary>
internal static class Iterators
{
    /// <summary>Whether the C# compiler made the object of a method with <c>yield</c>: its class is named <c>&lt;Rows&gt;d__0</c>, and that of a collection expression <c>&lt;&gt;z__…</c>.</summary>
    public static bool IsIterator(object? result) => result?.GetType().Name is ['<', ..] name && name.Contains(">d__", StringComparison.Ordinal);
}
