namespace Eco2Test.Data.Tests;

public sealed class TableDifferenceTests
{
    private static readonly Table Before = Table.Parse("t.csv", "code,name,grams\nDE,Germany,400\nFR,France,50\nXX,Nowhere,1\n");

    [Fact]
    public void Rows_that_came_went_and_changed_are_told_with_both_values_and_by_how_much()
    {
        var after = Table.Parse("t.csv", "code,name,grams\nDE,Germany,300\nFR,French Republic,50\nPL,Poland,600\n");

        TableDifference.Between(Before, after, keyColumns: 1).ShouldBe(
        [
            "  DE: grams 400 -> 300 (-25 %)",
            "  FR: name France -> French Republic",
            "+ PL: Poland, 600",
            "- XX: Nowhere, 1",
        ]);
    }

    [Fact]
    public void A_figure_that_came_or_went_is_told()
    {
        var after = Table.Parse("t.csv", "code,name,grams\nDE,Germany,\nFR,France,50\nXX,Nowhere,1\n");

        TableDifference.Between(Before, after, 1).ShouldBe(["  DE: grams 400 -> nothing"]);
        TableDifference.Between(after, Before, 1).ShouldBe(["  DE: grams nothing -> 400"]);
    }

    [Fact]
    public void Columns_and_whole_tables_that_came_or_went_are_told()
    {
        var after = Table.Parse("t.csv", "code,name,note\nDE,Germany,\nFR,France,\nXX,Nowhere,\n");

        TableDifference.Between(Before, after, 1).ShouldBe(["- column grams", "+ column note"]);
        TableDifference.Between(null, Before, 1).ShouldBe(["+ the table, 3 rows"]);
        TableDifference.Between(Before, null, 1).ShouldBe(["- the table, 3 rows"]);
    }

    [Fact]
    public void Nothing_changed_is_nothing()
    {
        TableDifference.Between(Before, Before, 1).ShouldBeEmpty();
        TableDifference.Between(null, null, 1).ShouldBeEmpty();
    }

    [Fact]
    public void A_key_of_several_columns_tells_rows_apart()
    {
        var before = Table.Parse("t.csv", "a,b,c\n1,x,5\n1,y,5\n");
        var after = Table.Parse("t.csv", "a,b,c\n1,x,5\n1,y,10\n");

        TableDifference.Between(before, after, 2).ShouldBe(["  1, y: c 5 -> 10 (+100 %)"]);
    }
}
