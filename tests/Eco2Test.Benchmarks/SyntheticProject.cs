using Eco2Test.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Benchmarks;

/// <summary>A project of 5,000 methods in 250 files, 500 of them tracked, with 40,000 calls, of which 500 are of tracked methods.</summary>
internal sealed class SyntheticProject
{
    private const int Files = 250;
    private const int Methods = 20;
    private const int CallsOfEach = 8;

    private static readonly CSharpParseOptions Options = new CSharpParseOptions(LanguageVersion.CSharp13)
        .WithFeatures([new("InterceptorsNamespaces", "Eco2Test.Generated")]);

    private SyntheticProject(CSharpCompilation compilation) => Compilation = compilation;

    public CSharpCompilation Compilation { get; }

    public static SyntheticProject Create() => new(CSharpCompilation.Create(
        "Synthetic",
        Enumerable.Range(0, Files).Select(file => Parse(file, edit: 0)),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)));

    /// <summary>A driver of the table and the hooks, and of calls and exact forms.</summary>
    public static GeneratorDriver Driver(bool withCalls, IncrementalGeneratorOutputKind without = IncrementalGeneratorOutputKind.None) => CSharpGeneratorDriver.Create(
        withCalls
            ? [new TrackedTestsGenerator().AsSourceGenerator(), new TrackedCallsGenerator().AsSourceGenerator(), new ExactFormGenerator().AsSourceGenerator()]
            : [new TrackedTestsGenerator().AsSourceGenerator()],
        parseOptions: Options,
        optionsProvider: new NoOptions(),
        driverOptions: new GeneratorDriverOptions(without));

    /// <summary>As after an edit in the body of one method of the last file, which is not tracked.</summary>
    public CSharpCompilation Edited(int edit)
    {
        var last = Compilation.SyntaxTrees[^1];
        return Compilation.ReplaceSyntaxTree(last, Parse(Files - 1, edit));
    }

    private static SyntaxTree Parse(int file, int edit)
    {
        var methods = Enumerable.Range(0, Methods).Select(method =>
        {
            // Two of twenty are tracked, of all files but those at the end, of which four are edited.
            var isTracked = method < 2 && file < Files - 4;
            var calls = Enumerable.Range(0, CallsOfEach).Select(call => call == 0 && method is 2 or 3
                ? $"new Type{(file + 1) % (Files - 4)}().Tracked{(file + 1) % (Files - 4)}_{method - 2}(a)"
                : $"Plain{file}_{(method + call) % (Methods - 2) + 2}(a - {call})");
            var name = isTracked ? $"Tracked{file}_{method}" : $"Plain{file}_{Math.Max(2, method)}{(method < 2 ? "x" + method : "")}";
            return $$"""
                    {{(isTracked ? "[Eco2Test.TrackEmissions(Region = \"FR\")]" : "")}}
                    public int {{name}}(int a)
                    {
                        string? text = a > {{edit}} ? a.ToString() : null;
                        if (a <= 0 || text is null) return 0;
                        return {{string.Join("\n            + ", calls)}} + text.Length;
                    }
                """;
        });
        return CSharpSyntaxTree.ParseText(
            $"using System;\nnamespace Synthetic;\npublic class Type{file}\n{{\n{string.Join("\n", methods)}\n}}\n", Options, $"/src/Type{file}.cs", System.Text.Encoding.UTF8);
    }

    private sealed class NoOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new None();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class None : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = null;
                return false;
            }
        }
    }
}
