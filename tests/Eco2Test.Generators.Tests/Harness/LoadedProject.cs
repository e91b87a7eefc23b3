using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests.Harness;

/// <summary>An emitted project in a load context of its own, its module initializer run, with the recorder it talked to.</summary>
public sealed class LoadedProject
{
    private readonly Assembly _recorder;
    private readonly Type _record;

    private LoadedProject(Assembly assembly, Assembly recorder, AssemblyLoadContext context)
    {
        Assembly = assembly;
        Context = context;
        _recorder = recorder;
        _record = recorder.GetType("Eco2Test.Runtime.Recorder", throwOnError: true)!;
    }

    public Assembly Assembly { get; }

    public AssemblyLoadContext Context { get; }

    public IReadOnlyList<Assembly> RegisteredBy => (List<Assembly>)_record.GetField("Assemblies")!.GetValue(null)!;

    public IReadOnlyList<string> Log => (List<string>)_record.GetField("Log")!.GetValue(null)!;

    /// <summary>The rows, each as text such as <c>ModelTests.Trains() Region=FR File=ModelTests.cs Line=1</c>.</summary>
    public string[] Rows => [.. RowObjects.Select(Describe)];

    public string[] Targets => [.. RowObjects.Select(row => (string)Value(row, "Target")!)];

    private IEnumerable<object> RowObjects => ((System.Collections.IEnumerable)_record.GetField("Rows")!.GetValue(null)!).Cast<object>();

    public static LoadedProject From(CSharpCompilation compilation, IEnumerable<Framework> frameworks)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        UserProject.Complaints(emitted.Diagnostics).ShouldBeEmpty();
        emitted.Success.ShouldBeTrue();

        var context = new Isolated(frameworks);
        var recorder = context.LoadFromStream(new MemoryStream(RecorderAssembly.Image));
        image.Position = 0;
        var assembly = context.LoadFromStream(image);
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        return new(assembly, recorder, context);
    }

    public void Set(string field, object? value) => _record.GetField(field)!.SetValue(null, value);

    public object? Value(object row, string property) => row.GetType().GetProperty(property)!.GetValue(row);

    public string? Row(string target, string property) => Value(RowObjects.Single(row => (string)Value(row, "Target")! == target), property)?.ToString();

    public Type Contract(string name) => _recorder.GetType(name, throwOnError: true)!;

    private string Describe(object row)
    {
        string[] properties = ["Region", "EnergyBudget", "EmissionsBudget", "Comparison", "File"];
        var text = new List<string> { (string)Value(row, "Target")! };
        text.AddRange(properties.Where(property => Value(row, property) is not null).Select(property => $"{property}={Value(row, property)}"));
        if (Value(row, "Enabled") is false)
        {
            text.Add("Enabled=False");
        }

        if (Value(row, "Line") is not 0)
        {
            text.Add($"Line={Value(row, "Line")}");
        }

        return string.Join(' ', text).Trim();
    }

    private sealed class Isolated(IEnumerable<Framework> frameworks) : AssemblyLoadContext("user project", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == "Eco2Test")
            {
                return Assemblies.Single(assembly => assembly.GetName().Name == "Eco2Test");
            }

            // xUnit v3 runs these very tests: its hook must see the test that runs.
            var path = frameworks
                .Where(framework => framework != Framework.XunitV3)
                .SelectMany(framework => framework.Paths)
                .FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == assemblyName.Name);
            return path is null ? null : LoadFromAssemblyPath(path);
        }
    }
}
