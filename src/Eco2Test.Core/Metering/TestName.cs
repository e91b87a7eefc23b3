namespace Eco2Test.Metering;

/// <summary>What tests are called, in the one way in which reports have it, whoever names them.</summary>
internal static class TestName
{
    private static readonly char[] Arguments = ['`', '[', '<', '('];

    /// <summary>Class and method, without what a generic class or a fixture is made with: platforms write that in several ways.</summary>
    public static string MethodOf(string className, string method)
    {
        var end = className.IndexOfAny(Arguments);
        return $"{ClassOf(end < 0 ? className : className[..end])}.{method}";
    }

    /// <summary>A class inside another is written like one of a namespace.</summary>
    public static string ClassOf(string className) => className.Replace('+', '.');

    /// <summary>
    /// What is displayed after the method's name. A row that was given a name of its own is called by all of it: what
    /// stands in its brackets are no arguments, and other rows may have the same there.
    /// </summary>
    public static string ArgumentsOf(string className, string method, string displayed)
    {
        var own = displayed.StartsWith(className + ".", StringComparison.Ordinal) ? displayed[(className.Length + 1)..] : displayed;
        for (var at = own.IndexOf(method, StringComparison.Ordinal); at >= 0; at = own.IndexOf(method, at + 1, StringComparison.Ordinal))
        {
            var rest = own[(at + method.Length)..].TrimStart(' ');
            if ((at == 0 || own[at - 1] == '.') && (rest.Length == 0 || rest[0] is '(' or '<'))
            {
                return rest;
            }
        }

        return $"({own})";
    }
}
