using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests;

/// <summary>Code as it is while somebody types it: neither generator nor analyzer may fail on it.</summary>
public class HostileCodeTests
{
    private const string Everything = """
        using Eco2Test;
        [assembly: TrackEmissions(Region = "FR")]
        namespace Shop
        {
            [TrackEmissions(EnergyBudget = "1 J", Enabled = false)]
            public partial class Outer<T> where T : class
            {
                [Xunit.Fact, TrackEmissions(Region = "Frnace", EmissionsBudget = "\u0022 g")]
                public async void M<U>((int, T)[] a, ref U? b, delegate*<int, void> c, dynamic[,] d) { [TrackEmissions] void L() { } }
                [TrackEmissions] public record @class(int A) : Outer<string>;
            }
        }
        """;

    [Fact]
    public async Task Every_prefix_of_a_file_is_survived()
    {
        for (var length = 0; length <= Everything.Length; length += 3)
        {
            await Survive(Everything[..length]);
        }
    }

    [Fact]
    public async Task Every_file_with_a_hole_in_it_is_survived()
    {
        for (var start = 0; start < Everything.Length; start += 7)
        {
            await Survive(Everything.Remove(start, Math.Min(5, Everything.Length - start)));
        }
    }

    [Theory]
    [InlineData("public class C { [Eco2Test.TrackEmissions(Region = )] public void M() { } }")]
    [InlineData("public class C { [Eco2Test.TrackEmissions(Region = 5, Enabled = \"x\", EnergyBudget = new[] { 1 }, Nothing = 1)] public void M() { } }")]
    [InlineData("public class C { [Eco2Test.TrackEmissions(\"FR\")] public void M() { } }")]
    [InlineData("public class C { [Eco2Test.TrackEmissions(Region = typeof(C))] public void M(Missing m, Missing<int>[] n) { } }")]
    [InlineData("public class C { [Eco2Test.TrackEmissions, Eco2Test.TrackEmissions] public void M() { } [Eco2Test.TrackEmissions] public void M() { } }")]
    [InlineData("[Eco2Test.TrackEmissions] public class C { } [Eco2Test.TrackEmissions] public class C { }")]
    [InlineData("[Eco2Test.TrackEmissions] public class A : B { } [Eco2Test.TrackEmissions] public class B : A { }")]
    [InlineData("public class A { [Eco2Test.TrackEmissions] public class B : D.C { } } public class D : A.B { [Eco2Test.TrackEmissions] public class C { } }")]
    [InlineData("public class { [Eco2Test.TrackEmissions] public void () { } }")]
    [InlineData("[Eco2Test.TrackEmissions] void Top() { } Top();")]
    [InlineData("[Eco2Test.TrackEmissions] public enum E { } [Eco2Test.TrackEmissions] public struct S { } [Eco2Test.TrackEmissions] public delegate void D();")]
    [InlineData("public class C { [Eco2Test.TrackEmissions] public C() { } [Eco2Test.TrackEmissions] ~C() { } [Eco2Test.TrackEmissions] public int this[int i] => i; }")]
    [InlineData("public class C : I { [Eco2Test.TrackEmissions] void I.M() { } } public interface I { void M(); }")]
    [InlineData("public class C { [Eco2Test.TrackEmissions] public void M(__arglist) { } }")]
    [InlineData("public static class E { extension(string s) { [Eco2Test.TrackEmissions] public int Twice() => 2; } }")]
    [InlineData("[module: Eco2Test.TrackEmissions] [return: Eco2Test.TrackEmissions]")]
    public Task Code_that_makes_no_sense_is_survived(string code) => Survive(code);

    [Fact]
    public void Twice_the_same_target_makes_one_row()
    {
        var table = UserProject.Of("public class C { [Eco2Test.TrackEmissions] public void M() { } [Eco2Test.TrackEmissions] public void M<T>() { } }").Load();

        table.Targets.ShouldBe(["C.M()"]);
    }

    private static async Task Survive(string code)
    {
        var project = UserProject.Of(code, Framework.XunitV3) with { Language = LanguageVersion.Preview };

        // Parsing what was written tells that it is C#, however broken the rest is.
        foreach (var (name, text) in project.Generated())
        {
            CSharpSyntaxTree.ParseText(text, project.ParseOptions).GetDiagnostics().ShouldBeEmpty($"{name} of {code}");
        }

        // AD0001 is what the compiler says when an analyzer throws.
        (await project.Diagnose()).ShouldNotContain(diagnostic => diagnostic.Contains("AD0001"), code);
    }
}
