using Eco2Test.Carbon;

namespace Eco2Test.Core.Tests.Carbon;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData("a,b,c", new[] { "a", "b", "c" })]
    [InlineData("a,,", new[] { "a", "", "" })]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"say \"\"yes\"\"\",c", new[] { "say \"yes\"", "c" })]
    [InlineData("\"\",c", new[] { "", "c" })]
    public void A_row_is_its_fields_also_when_they_are_quoted(string line, string[] fields) => Rows("header\n" + line).Single().ShouldBe(fields);

    [Fact]
    public void The_header_and_empty_lines_are_no_rows() => Rows("header\n\na\r\n\nb\n").ShouldBe([["a"], ["b"]]);

    [Fact]
    public void An_empty_table_has_no_rows() => Rows("").ShouldBeEmpty();

    private static List<string[]> Rows(string table) => [.. CsvTable.Rows(new StringReader(table))];
}
