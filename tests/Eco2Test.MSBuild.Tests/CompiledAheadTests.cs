using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild.Tests;

/// <summary>Which of two assemblies of one name is loaded, as MSBuild loads a logger: into a context that looks beside it.</summary>
public sealed class CompiledAheadTests : IDisposable
{
    private const string Core = "Eco2Test.Core.dll";

    private readonly TempFolder _folder = new();
    private readonly BesideContext _context;

    public CompiledAheadTests()
    {
        _context = new(_folder);
        foreach (var name in new[] { "Eco2Test.MSBuild.dll", Core, "Eco2Test.Reporting.dll" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), _folder.PathOf(name));
        }
    }

    [Fact]
    public void What_is_compiled_ahead_for_this_system_is_taken_and_nothing_else_for_others()
    {
        Directory.CreateDirectory(_folder.PathOf("linux-x64"));
        File.Copy(_folder.PathOf(Core), _folder.PathOf("linux-x64", Core));

        var isForThisSystem = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        CoreOfLogger().ShouldBe(isForThisSystem ? _folder.PathOf("linux-x64", Core) : _folder.PathOf(Core));
    }

    [Fact]
    public void Without_it_what_lies_beside_the_logger_is_taken()
    {
        CoreOfLogger().ShouldBe(_folder.PathOf(Core));
    }

    [Fact]
    public void What_cannot_be_loaded_is_passed_over()
    {
        _folder.Write(Path.Combine("linux-x64", Core), "cut off");

        CoreOfLogger().ShouldBe(_folder.PathOf(Core));
    }

    public void Dispose()
    {
        _context.Unload();
        _folder.Dispose();
    }

    /// <summary>Where the core is from that a logger of the folder uses.</summary>
    private string CoreOfLogger()
    {
        var type = _context.LoadFromAssemblyPath(_folder.PathOf("Eco2Test.MSBuild.dll")).GetType("Eco2Test.MSBuild.Eco2TestLogger", throwOnError: true)!;
        ((ILogger)Activator.CreateInstance(type)!).Shutdown();
        _context.LoadFromAssemblyName(new("Eco2Test.Core"));
        return _context.Assemblies.Single(assembly => assembly.GetName().Name == "Eco2Test.Core").Location;
    }

    private sealed class BesideContext(TempFolder folder) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            folder.PathOf(assemblyName.Name + ".dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
