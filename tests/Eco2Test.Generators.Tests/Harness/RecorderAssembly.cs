using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests.Harness;

/// <summary>A stand-in for the run-time, of the same name and the same public members, which records what it is told.</summary>
internal static class RecorderAssembly
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    public static readonly byte[] Image = Compile();

    public static readonly MetadataReference Reference = MetadataReference.CreateFromImage(Image);

    private static byte[] Compile()
    {
        var trees = Sources().Append(Usings)
            .Select(text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp12)));
        var compilation = CSharpCompilation.Create(
            "Eco2Test",
            trees,
            Net80.References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success ? image.ToArray() : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private static IEnumerable<string> Sources()
    {
        var assembly = typeof(RecorderAssembly).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("recorder/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}
