using System.Reflection;
using System.Runtime.Loader;

namespace Eco2Test.Generators.Tests.Shapes;

/// <summary>A version of the compiler, with the generators loaded into it as it would load them.</summary>
public sealed class CompilerHost
{
    public static readonly string[] Names = ["4.14", "5.9", "of the SDK"];

    private readonly MethodInfo _compile;

    private CompilerHost(string name)
    {
        var folder = typeof(CompilerHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Compiler " + name).Value!;
        var here = typeof(CompilerHost).Assembly.Location;
        var generators = Path.GetDirectoryName(here)!;
        var context = new Context(generators, folder.Length == 0 ? [generators] : folder.Split(';'));
        _compile = context.LoadFromAssemblyPath(here).GetType(typeof(InHost).FullName!, throwOnError: true)!.GetMethod(nameof(InHost.Compile))!;
    }

    /// <summary>The host of a name.</summary>
    public static CompilerHost Named(string name) => new(name);

    /// <summary>Generates, compiles and emits.</summary>
    public CompiledProject Compile(string assemblyName, IReadOnlyList<(string Path, string Text)> files, bool intercepts = true)
    {
        var (image, complaints, generated, version) = (ValueTuple<byte[], string[], string[], string>)_compile.Invoke(
            null, [assemblyName, files.Select(file => file.Path).ToArray(), files.Select(file => file.Text).ToArray(), intercepts])!;
        return new(image, complaints, generated, version);
    }

    /// <summary>Resolves the compiler and the generators here, and everything else as the tests do.</summary>
    private sealed class Context(string generators, string[] compiler) : AssemblyLoadContext("compiler")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
        {
            "Eco2Test.Generators" or "Eco2Test.Generators.Tests" => LoadFromAssemblyPath(Path.Combine(generators, assemblyName.Name + ".dll")),
            "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp" => LoadFromAssemblyPath(
                compiler.Select(folder => Path.Combine(folder, assemblyName.Name + ".dll")).First(File.Exists)),
            _ => null,
        };
    }
}

/// <summary>What a compiler made of a project.</summary>
/// <param name="Image">The assembly; empty when there is none.</param>
/// <param name="Complaints">Errors, and warnings in generated code.</param>
/// <param name="Generated">The generated files.</param>
/// <param name="Version">The version of the compiler.</param>
public sealed record CompiledProject(byte[] Image, string[] Complaints, string[] Generated, string Version);
