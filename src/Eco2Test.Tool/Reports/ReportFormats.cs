namespace Eco2Test.Tool;

/// <summary>The formats that can be written, by the names people give.</summary>
internal static class ReportFormats
{
    public const string Markdown = "md";
    public const string Json = "json";

    public static IReadOnlyList<string> Names { get; } = [Markdown, Json];

    /// <summary>Reads <c>md,json</c>, given once or several times.</summary>
    public static IReadOnlyList<string> Read(string[] given)
    {
        var names = given.SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        return names.Find(name => !Names.Contains(name)) is { } unknown
            ? throw new InputException(ToolCodes.WrongArguments, $"'{unknown}' is not a format; --format takes {string.Join(" and ", Names)}, separated by commas.")
            : names.Count == 0
                ? throw new InputException(ToolCodes.WrongArguments, $"--format names no format; it takes {string.Join(" and ", Names)}, separated by commas.")
                : names;
    }
}
