using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Tests.Shapes;

/// <summary>What runs inside of a <see cref="CompilerHost"/>, with its version of the compiler; only plain data goes in and out.</summary>
public static class InHost
{
    /// <summary>Generates, compiles and emits.</summary>
    public static (byte[] Image, string[] Complaints, string[] Generated, string Version) Compile(string assemblyName, string[] paths, string[] texts, bool intercepts)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview)
            .WithFeatures(intercepts ? [new("InterceptorsNamespaces", "Eco2Test.Generated")] : []);
        var compilation = CSharpCompilation.Create(
            assemblyName,
            paths.Zip(texts, (path, text) => CSharpSyntaxTree.ParseText(text, options, path, System.Text.Encoding.UTF8)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(
            [new TrackedTestsGenerator().AsSourceGenerator(), new TrackedCallsGenerator().AsSourceGenerator(), new ExactFormGenerator().AsSourceGenerator()],
            parseOptions: options,
            optionsProvider: new NoOptions())
            .RunGeneratorsAndUpdateCompilation(compilation, out var complete, out var diagnostics);
        using var image = new MemoryStream();
        var emitted = complete.Emit(image);
        return (
            emitted.Success ? image.ToArray() : [],
            [.. UserProject.Complaints(emitted.Diagnostics).Concat(diagnostics).Select(diagnostic => diagnostic.ToString())],
            [.. driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString())],
            typeof(CSharpCompilation).Assembly.GetName().Version!.ToString(2));
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
