using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

public sealed class WindowIdTests
{
    [Theory]
    [InlineData("Shop.Tests.ModelTests.Trains", "Shop.Tests", "Shop.Tests.ModelTests", "Trains", "")]
    [InlineData("Shop.Tests.Model<System.Int32>.Trains(x: \"a.b(c)\")", "Shop.Tests", "Shop.Tests.Model<System.Int32>", "Trains", "(x: \"a.b(c)\")")]
    [InlineData("Shop.Model`1[System.Collections.Generic.List`1[System.Int32]].Trains(1.5)", "Shop", "Shop.Model`1[System.Collections.Generic.List`1[System.Int32]]", "Trains", "(1.5)")]
    [InlineData("Shop.Fixture(1.5,\"a).b\").Trains", "Shop", "Shop.Fixture(1.5,\"a).b\")", "Trains", "")]
    [InlineData("Shop.Fixture(\"x\").Trains(\"y.z\")", "Shop", "Shop.Fixture(\"x\")", "Trains", "(\"y.z\")")]
    [InlineData("Shop.Tests.Trains<System.Int32>(x: 1)", "Shop", "Shop.Tests", "Trains<System.Int32>", "(x: 1)")]
    [InlineData("Shop.Tests.Trains#3", "Shop", "Shop.Tests", "Trains", "#3")]
    [InlineData("Shop.Tests.Trains(c: '\"', d: \"x)\")", "Shop", "Shop.Tests", "Trains", "(c: '\"', d: \"x)\")")]
    [InlineData("Shop.Tests.Trains(it's a \"lone).mark)", "Shop", "Shop.Tests", "Trains", "(it's a \"lone).mark)")]
    [InlineData("Shop.Tests.Trains(x: a < b.c)", "Shop", "Shop.Tests", "Trains", "(x: a < b.c)")]
    [InlineData("Shop.Tests.Trains(x: \"esc \\\" ).q\")", "Shop", "Shop.Tests", "Trains", "(x: \"esc \\\" ).q\")")]
    [InlineData("Shop.Tests.Trains(unclosed.x", "Shop", "Shop.Tests", "Trains", "(unclosed.x")]
    [InlineData("Program.<Main>$.work", "Program", "Program.<Main>$", "work", "")]
    [InlineData("Tests.Trains", "", "Tests", "Trains", "")]
    [InlineData("warm-up", "", "", "warm-up", "")]
    [InlineData("", "", "", "", "")]
    public void An_id_has_a_namespace_a_class_a_member_and_arguments(string id, string space, string type, string member, string arguments)
    {
        var parts = WindowId.Of(id);

        (parts.Namespace, parts.Class, parts.Member, parts.Arguments).ShouldBe((space, type, member, arguments));
        (parts.Class.Length == 0 ? "" : parts.Class + ".").ShouldBe(id[..^(member.Length + arguments.Length)], "nothing is lost");
    }
}
