using System.Text.RegularExpressions;

namespace Eco2Test.Architecture.Tests;

/// <summary>Every code that a user can meet has a page, and every page a code.</summary>
public sealed partial class DiagnosticPagesTests
{
    [Fact]
    public void Every_code_has_a_page_and_every_page_a_code()
    {
        var codes = Directory.EnumerateFiles(Product.Source, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".targets")
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct();
        var pages = Directory.EnumerateFiles(Path.Combine(Product.Source, "..", "docs", "diagnostics"), "ECO*.md")
            .Select(page => Path.GetFileNameWithoutExtension(page));

        pages.ShouldBe(codes, ignoreOrder: true);
    }

    [GeneratedRegex("ECO[0-9]{4}")]
    private static partial Regex Code();
}
