namespace Eco2Test.MSBuild;

/// <summary>Where diagnostics are explained.</summary>
internal static class Diagnostics
{
    /// <summary>The page of a code, which editors and terminals link to.</summary>
    public static string PageOf(string code) => $"https://github.com/eco2test/eco2test/blob/main/docs/diagnostics/{code}.md";
}
