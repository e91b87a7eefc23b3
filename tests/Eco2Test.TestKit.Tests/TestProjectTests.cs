using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.TestKit.Tests;

public sealed class TestProjectTests
{
    [Fact]
    public void A_string_becomes_files() =>
        TestProject.Parse("""
            #file Shop.csproj
            <Project />
            #file Models/Tests.cs
            class A;

            class B;
            """).Files.ShouldBe(new Dictionary<string, string>
        {
            ["Shop.csproj"] = "<Project />\n",
            ["Models/Tests.cs"] = "class A;\n\nclass B;\n",
        });

    [Fact]
    public void Text_before_the_first_header_is_an_error() =>
        Should.Throw<FormatException>(() => TestProject.Parse("class A;")).Message.ShouldContain("class A;");

    [Fact]
    public void A_name_used_twice_is_an_error() =>
        Should.Throw<FormatException>(() => TestProject.Parse("#file A.cs\n#file A.cs")).Message.ShouldContain("A.cs");

    [Fact]
    public void A_file_can_be_replaced() =>
        TestProject.Parse("#file A.cs\nclass A;").With("A.cs", "class B;").Files["A.cs"].ShouldBe("class B;");
}
