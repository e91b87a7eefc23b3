using Eco2Test.Generators.Calls;
using Eco2Test.Generators.Tests.Harness;
using Eco2Test.Generators.Tests.Shapes;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Tests;

/// <summary>To look for calls in the text and to bind them alone gives what all nodes and whole bodies give.</summary>
public class CallBindingTests
{
    private const string Spellings = """"
        using System;
        // Fit(1) "Fit(2)" and ﬁt
        public class C
        {
            /// <summary>Fit(3), <see cref="Fit(int)"/></summary>
            public int Fit(int rows) => rows;
        #if NEVER
            public int Hidden() => Fit(4);
        #endif
            public int Fit1() => 1;
            public int M(C other)
            {
                Func<int, int> group = Fit;
                string Fit2 = "Fit(5)" + @"Fit(6)" + $"{Fit(7)} Fit(8) {{Fit(9)}}" + $$"""{Fit(10)} {{other.Fit(11)}}""";
                return @Fit(12) + /* Fit(13) */ Fit /* Fit(14) */ (15) + other?.Fit(16) ?? this.@Fit(17) + nameof(Fit).Length + other.Größe(18) + Fit2.Length + Fit1();
            }
            public int Größe(int rows) => rows;
        }
        """";

    [Theory]
    [InlineData("Fit", "7 11 12 15 16 17")]
    [InlineData("Größe", "18")]
    [InlineData("Fi", "")]
    public void Calls_are_found_in_the_text(string name, string arguments) => ArgumentsOf(Spellings, name).ShouldBe(arguments);

    [Theory]
    [InlineData("F\\u0069t(1)")]
    [InlineData("\\U00000046it(1)")]
    [InlineData("F\u200Cit(1)")]
    public void However_it_is_spelled(string call) =>
        ArgumentsOf($"public class C {{ int Fit(int a) => a; int M() => {call} + Fit(2); }}", "Fit").ShouldBe("1 2");

    [Fact]
    public void Bound_alone_every_call_of_every_shape_is_what_it_is_in_its_place() =>
        Compare(UserProject.Of("") with
        {
            Files = [.. ShapeTable.All.Select((shape, index) => ($"S{index}.cs", shape.Write("S" + index, tracked: true)))],
            References = [MetadataReference.CreateFromFile(typeof(Probe).Assembly.Location)],
            Language = LanguageVersion.Preview,
        }).ShouldBeGreaterThan(500);

    [Theory]
    [InlineData("src/Eco2Test.Core")]
    [InlineData("src/Eco2Test.Reporting")]
    public void And_every_call_of_real_code(string folder) =>
        Compare(new UserProject
        {
            Files = [
                .. Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Select(file => (file, File.ReadAllText(file))),
                ("Usings.cs", "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;")],
            Language = LanguageVersion.Preview,
        }).ShouldBeGreaterThan(500);

    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "../.."));

    private static string ArgumentsOf(string text, string name) => string.Join(
        ' ',
        new CallFinder([name]).In(CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp13)), TestContext.Current.CancellationToken)
            .Select(call => call.ArgumentList.Arguments.Single().ToString()));

    /// <summary>How many calls were bound alone.</summary>
    private static int Compare(UserProject project)
    {
        var compilation = project.Compile();
        var compared = 0;
        foreach (var tree in compilation.SyntaxTrees)
        {
            // A model of its own for each way: neither may find what the other has bound.
#pragma warning disable RSEXPERIMENTAL001
            var (one, other) = (compilation.GetSemanticModel(tree, SemanticModelOptions.DisableNullableAnalysis), compilation.GetSemanticModel(tree));
#pragma warning restore RSEXPERIMENTAL001
            foreach (var call in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                var alone = CallBinding.Least(call, one, TestContext.Current.CancellationToken);
                if (!alone.IsAlone || alone.Target(call) is not { } target)
                {
                    continue;
                }

                compared++;
                var whole = CallBinding.Whole(other, TestContext.Current.CancellationToken);
                target.ShouldBe(whole.Target(call), SymbolEqualityComparer.Default, call.ToString());
                CallInterception.ObstacleOf(call, target, alone, one, TestContext.Current.CancellationToken)
                    .ShouldBe(CallInterception.ObstacleOf(call, target, whole, other, TestContext.Current.CancellationToken), call.ToString());
            }
        }

        return compared;
    }

    private static string SourceFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
