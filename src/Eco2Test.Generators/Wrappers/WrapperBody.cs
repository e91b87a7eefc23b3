namespace Eco2Test.Generators.Wrappers;

/// <summary>The body around a call of a tracked method. It neither awaits nor catches: exceptions and tasks pass as they are.</summary>
internal static class WrapperBody
{
    /// <summary>The lines between the braces.</summary>
    /// <param name="tracker">The tracker of the method.</param>
    /// <param name="statement">The call with its <c>return</c>.</param>
    public static IEnumerable<string> Lines(string tracker, string statement)
    {
        const string Scope = WrapperReader.Scope;
        yield return $"    var {Scope} = {tracker}.Enter();";
        yield return "    try";
        yield return "    {";
        yield return "        " + statement;
        yield return "    }";
        yield return "    finally";
        yield return "    {";
        yield return $"        {Scope}.Dispose();";
        yield return "    }";
    }

    /// <summary>The call, with its result handed on as it is, or completed later.</summary>
    public static string Statement(string call, bool returnsVoid, bool returnsRef, bool goesOn) =>
        returnsVoid ? $"{call};"
        : returnsRef ? $"return ref {call};"
        : goesOn ? $"return {WrapperReader.Scope}.Complete({call});"
        : $"return {call};";

    /// <summary>A name as a part of another.</summary>
    public static string Plain(string name) => name.TrimStart('@');
}
