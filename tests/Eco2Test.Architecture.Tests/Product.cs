using System.Reflection;
using Mono.Cecil;

namespace Eco2Test.Architecture.Tests;

/// <summary>The product's assemblies as they were built beside these tests: one for each project in <c>src</c>.</summary>
internal static class Product
{
    public static IReadOnlyList<AssemblyDefinition> Assemblies { get; } =
        [.. Directory.EnumerateFiles(Metadata("SourceRoot"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The folder <c>src</c>.</summary>
    public static string Source => Metadata("SourceRoot");

    /// <summary>Types that somebody wrote: not the compiler, not a generator.</summary>
    public static IEnumerable<TypeDefinition> Types => Assemblies.SelectMany(assembly => assembly.MainModule.Types).SelectMany(WithNested).Where(IsWritten);

    public static AssemblyDefinition Assembly(string name) =>
        Assemblies.SingleOrDefault(assembly => assembly.Name.Name == name)
        ?? throw new InvalidOperationException($"there is no assembly '{name}' among {string.Join(", ", Assemblies.Select(assembly => assembly.Name.Name))}");

    public static string PathOf(AssemblyDefinition assembly) => assembly.MainModule.FileName;

    /// <summary>Assemblies that an assembly really uses; a reference that only orders the build is none.</summary>
    public static IEnumerable<string> ReferencesOf(AssemblyDefinition assembly) => assembly.MainModule.AssemblyReferences.Select(reference => reference.Name);

    /// <summary>All calls, with the source file that each stands in.</summary>
    public static IReadOnlyList<(MethodReference Called, string File)> Calls { get; } =
    [
        .. from assembly in Assemblies
           from type in assembly.MainModule.Types.SelectMany(WithNested)
           from method in type.Methods
           where method.HasBody
           let file = FileOf(method) ?? FileOf(type)
           from instruction in method.Body.Instructions
           where instruction.Operand is MethodReference
           select ((MethodReference)instruction.Operand, file),
    ];

    /// <summary>The file of a type, from <c>src/</c> on: <c>Eco2Test.Core/Units/Energy.cs</c>. A type without code has its name instead.</summary>
    public static string FileOf(TypeDefinition type) =>
        WithNested(Outermost(type)).SelectMany(each => each.Methods).Select(FileOf).FirstOrDefault(file => file is not null) ?? type.FullName;

    public static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    public static bool IsWritten(Mono.Cecil.ICustomAttributeProvider member) => !member.CustomAttributes.Any(attribute =>
        attribute.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute" or "EmbeddedAttribute");

    private static bool IsWritten(TypeDefinition type) =>
        !type.Name.Contains('<') && IsWritten((Mono.Cecil.ICustomAttributeProvider)type) && (type.DeclaringType is null || IsWritten(type.DeclaringType));

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static string? FileOf(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.FirstOrDefault() is { Document.Url: var url }
        && url.Replace('\\', '/') is var path
        && path.LastIndexOf("/src/", StringComparison.Ordinal) is >= 0 and var start
            ? path[(start + "/src/".Length)..]
            : null;

    private static AssemblyDefinition Read(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var file = Directory.EnumerateFiles(Path.Combine(Metadata("OutputRoot"), name), $"{name}.dll", SearchOption.AllDirectories)
            .FirstOrDefault(candidate => IsOfThisBuild(Path.GetRelativePath(Metadata("OutputRoot"), candidate)))
            ?? throw new FileNotFoundException($"'{name}' has not been built as these tests were ({ThisBuild})");
        return AssemblyDefinition.ReadAssembly(file, new ReaderParameters { ReadSymbols = true });
    }

    /// <summary><c>Eco2Test.Core/release/Eco2Test.Core.dll</c>, or <c>release_net8.0</c> where there are several frameworks.</summary>
    private static bool IsOfThisBuild(string path) =>
        path.Split(Path.DirectorySeparatorChar) is [_, var pivots, _] && pivots.Split('_')[0] == ThisBuild;

    private static string ThisBuild => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Split('_')[0];

    private static string Metadata(string key) =>
        typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
