using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace Eco2Test.Generators.Tests.Shapes;

/// <summary>All shapes, compiled at once by one compiler, beside their twins without the attribute.</summary>
internal sealed class ShapeRun
{
    private static readonly ConcurrentDictionary<string, Lazy<ShapeRun>> Runs = new();

    private readonly Assembly? _assembly;

    private ShapeRun(string host)
    {
        var compiler = CompilerHost.Named(host);
        Shapes = [.. ShapeTable.All.Where(shape => !shape.NeedsCSharp14 || host != "4.14")];
        var files = Shapes
            .SelectMany((shape, index) => new[] { (index, shape, tracked: true), (index, shape, tracked: false) })
            .Select(file => (Path: $"/home/ada/Shop/{Space(file.index, file.tracked)}.cs", Text: file.shape.Write(Space(file.index, file.tracked), file.tracked)))
            .ToList();
        Project = compiler.Compile("Shapes." + host.Replace(' ', '.'), files);
        _assembly = Project.Image.Length == 0 ? null : AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(Project.Image));
    }

    public IReadOnlyList<Shape> Shapes { get; }

    public CompiledProject Project { get; }

    public static ShapeRun In(string host) => Runs.GetOrAdd(host, static name => new Lazy<ShapeRun>(() => new ShapeRun(name))).Value;

    /// <summary>Runs a shape, or its twin; what it says does not tell which.</summary>
    public async Task<ProbeResult> Run(string name, bool tracked)
    {
        var space = Space(Shapes.ToList().FindIndex(shape => shape.Name == name), tracked);
        Probe.Take();
        await (Task)_assembly!.GetType(space + ".Run", throwOnError: true)!.GetMethod("Main")!.Invoke(null, null)!;
        var result = Probe.Take();
        return result with { Said = [.. result.Said.Select(line => line.Replace(space, "Space", StringComparison.Ordinal))] };
    }

    private static string Space(int index, bool tracked) => $"S{index}{(tracked ? "Tracked" : "Twin")}";
}
