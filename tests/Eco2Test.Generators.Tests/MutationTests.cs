using System.Globalization;
using Eco2Test.Generators.Tests.Harness;
using Eco2Test.Generators.Tests.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Tests;

/// <summary>Code that nobody would write on purpose: the generators fail on none of it, and what they write is C#.</summary>
public class MutationTests
{
    private static readonly string[] Inserted =
        ["public", "static", "async", "partial", "ref", "out", "this", "<", ">", "(", ")", "{", "}", ";", ",", "[Eco2Test.TrackEmissions]", "Missing", "base.", "dynamic", "abstract", "int", "M", "T", "where T :"];

    /// <summary>How many; the nightly run asks for 10,000 by ECO2TEST_MUTATIONS.</summary>
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("ECO2TEST_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 1_000;

    [Fact]
    public void Mutated_code_is_survived()
    {
        var seeds = ShapeTable.All.Select(shape => shape.Write("Space", tracked: true)).ToList();
        for (var i = 0; i < Cases; i++)
        {
            var random = new Random(i);
            var code = seeds[random.Next(seeds.Count)];
            for (var mutations = random.Next(1, 5); mutations > 0; mutations--)
            {
                code = Mutate(code, random);
            }

            Survive([code], $"mutation {i}");
        }
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void Whole_code_bases_are_survived_with_the_attribute_on_every_method(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        files.Count.ShouldBeGreaterThan(5);

        var generated = Survive([.. files.Select(File.ReadAllText).Select(Track)], folder);

        generated.ShouldContain(text => text.Contains("InterceptsLocation(1, ", StringComparison.Ordinal));
    }

    private static string Mutate(string code, Random random)
    {
        var tokens = CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken).DescendantTokens().ToList();
        var chosen = tokens[random.Next(tokens.Count)].Span;
        var other = tokens[random.Next(tokens.Count)].Span;
        return random.Next(6) switch
        {
            0 => code.Remove(chosen.Start, chosen.Length),
            1 => code.Insert(chosen.Start, Inserted[random.Next(Inserted.Length)] + " "),
            2 => code.Remove(chosen.Start, chosen.Length).Insert(chosen.Start, code.Substring(other.Start, other.Length)),
            3 => code.Insert(chosen.End, " " + code.Substring(chosen.Start, chosen.Length)),
            4 => code[..chosen.End],
            _ => chosen.Start < other.Start ? code.Insert(other.End, code[chosen.Start..other.End]) : code,
        };
    }

    private static List<string> Survive(string[] codes, string what)
    {
        var project = UserProject.Of("") with
        {
            Files = [.. codes.Select((code, index) => ($"{UserProject.Folder}{index}.cs", code))],
            Language = LanguageVersion.Preview,
            References = [MetadataReference.CreateFromFile(typeof(Probe).Assembly.Location)],
        };
        var result = project.WholeDriver().RunGenerators(project.Compile(), TestContext.Current.CancellationToken).GetRunResult();
        foreach (var generator in result.Results)
        {
            generator.Exception.ShouldBeNull($"{what}: {string.Join('\n', codes.Take(1))}");
        }

        foreach (var tree in result.GeneratedTrees)
        {
            tree.GetDiagnostics(TestContext.Current.CancellationToken).ShouldBeEmpty($"{what}: {tree}");
        }

        return [.. result.GeneratedTrees.Select(tree => tree.ToString())];
    }

    /// <summary>Puts the attribute on every method of a file.</summary>
    private static string Track(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview), cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        var methods = root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.ExplicitInterfaceSpecifier is null);
        return methods.Reverse().Aggregate(code, (text, method) => text.Insert(method.GetFirstToken().SpanStart, "[Eco2Test.TrackEmissions] "));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Eco2Test.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
