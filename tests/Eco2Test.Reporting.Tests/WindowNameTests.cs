using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Reporting.Tests;

public sealed class WindowNameTests
{
    private const string Long = "Shop.Tests.SentimentModelTests.Trains_the_sentiment_model(rows: 1000)";

    [Theory]
    [InlineData(80, "SentimentModelTests.Trains_the_sentiment_model(rows: 1000)")]
    [InlineData(58, "SentimentModelTests.Trains_the_sentiment_model(rows: 1000)")]
    [InlineData(57, "SentimentModelTe...Trains_the_sentiment_model(rows: 1000)")]
    [InlineData(45, "Sent...Trains_the_sentiment_model(rows: 1000)")]
    [InlineData(44, "...Trains_the_sentiment_model(rows: 1000)")]
    [InlineData(30, "Trains_the_sentime...ws: 1000)")]
    [InlineData(2, "..")]
    [InlineData(0, "")]
    public void The_class_is_shortened_before_the_method(int columns, string expected) => Fit(columns, Long).ShouldBe(expected);

    [Fact]
    public void A_namespace_is_dropped_only_where_all_share_it()
    {
        var names = WindowNames.Of([Test("Shop.Tests.Cart.AddTests.Adds"), Test("Shop.Tests.Pay.CardTests.Pays")]);

        names.Full(Test("Shop.Tests.Cart.AddTests.Adds")).ShouldBe("Cart.AddTests.Adds");
        names.Fit(Test("Shop.Tests.Cart.AddTests.Adds"), 17).ShouldBe("...AddTests.Adds");
    }

    [Fact]
    public void A_class_that_all_share_is_dropped_where_it_does_not_fit()
    {
        var names = WindowNames.Of([Test(Long), Test("Shop.Tests.SentimentModelTests.Predicts")]);

        names.Fit(Test(Long), 57).ShouldBe("Trains_the_sentiment_model(rows: 1000)");
        names.Fit(Test("Shop.Tests.SentimentModelTests.Predicts"), 57).ShouldBe("SentimentModelTests.Predicts");
    }

    [Theory]
    [InlineData("N.Generic<System.Int32, System.String>.Works(x: 1.5)", "Generic<System.Int32, System.String>.Works(x: 1.5)")]
    [InlineData("N.C.Method(\"a.b.c\")", "C.Method(\"a.b.c\")")]
    [InlineData("Method", "Method")]
    [InlineData("C.Method", "C.Method")]
    [InlineData("", "(no name)")]
    [InlineData("N.C.Odd>.Name", "Odd>.Name")]
    public void Dots_in_arguments_part_nothing(string id, string expected) => Fit(100, id).ShouldBe(expected);

    [Fact]
    public void A_retry_a_repetition_and_a_fixture_say_so()
    {
        Fit(100, Test("N.C.M") with { Attempt = 2, Count = 5 }).ShouldBe("C.M (attempt 2) ×5");
        Fit(100, Test("N.C.M") with { Kind = WindowKind.Fixture }).ShouldBe("C.M [fixture]");
    }

    [Fact]
    public void A_project_of_a_build_has_no_namespace() =>
        Fit(100, Test("src/Shop.Web.csproj") with { Kind = WindowKind.Project }).ShouldBe("src/Shop.Web.csproj");

    private static ReportWindow Test(string id) => SampleReports.Test(id, 1);

    private static string Fit(int columns, string id) => Fit(columns, Test(id));

    private static string Fit(int columns, ReportWindow window) => WindowNames.Of([window]).Fit(window, columns);
}
