namespace Eco2Test.Generators.Wrappers;

/// <summary>The body around a call of a tracked method. It neither awaits nor catches: exceptions and tasks pass as they are.</summary>
internal static class WrapperBody
{
    public static IEnumerable<string> Lines(string tracker, WrapperText method, string call)
    {
        const string Scope = WrapperReader.Scope;
        yield return "{";
        yield return $"    var {Scope} = {tracker}.Enter();";
        yield return "    try";
        yield return "    {";
        yield return "        " + (method.ReturnsVoid ? $"{call};"
            : method.ReturnsRef ? $"return ref {call};"
            : method.GoesOn ? $"return {Scope}.Complete({call});"
            : $"return {call};");
        yield return "    }";
        yield return "    finally";
        yield return "    {";
        yield return $"        {Scope}.Dispose();";
        yield return "    }";
        yield return "}";
    }

    /// <summary>A name as a part of another.</summary>
    public static string Plain(string name) => name.TrimStart('@');
}
