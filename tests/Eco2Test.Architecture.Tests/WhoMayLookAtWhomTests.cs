namespace Eco2Test.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md, and what may come from outside.</summary>
public sealed class WhoMayLookAtWhomTests
{
    private static readonly string[] ExportersAndBelow = ["Eco2Test.Core", "Eco2Test.Reporting"];

    /// <summary>What each room may reference of the product. A new room needs a row; the tool may reference all.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Eco2Test.Core"] = [],
        ["Eco2Test.Generators"] = [],
        ["Eco2Test.CodeFixes"] = [],
        ["Eco2Test.Reporting"] = ["Eco2Test.Core"],
        ["Eco2Test.Carbon.Live"] = ["Eco2Test.Core"],
        ["Eco2Test"] = ExportersAndBelow,
        ["Eco2Test.TestLogger"] = ExportersAndBelow,
        ["Eco2Test.TestingPlatform"] = ExportersAndBelow,
        ["Eco2Test.Collector"] = ExportersAndBelow,
        ["Eco2Test.MSBuild"] = ExportersAndBelow,
        ["Eco2Test.BenchmarkDotNet"] = ExportersAndBelow,
        ["Eco2Test.History"] = ExportersAndBelow,
        ["Eco2Test.Forges"] = ExportersAndBelow,
    };

    /// <summary>Loaded into other people's processes: only the shared framework, and what the host is made of.</summary>
    private static readonly Dictionary<string, string[]> Hosts = new()
    {
        ["Eco2Test.Core"] = [],
        ["Eco2Test.Reporting"] = [],
        ["Eco2Test"] = [],
        ["Eco2Test.TestLogger"] = ["Microsoft.VisualStudio.TestPlatform."],
        ["Eco2Test.Collector"] = ["Microsoft.VisualStudio.TestPlatform."],
        ["Eco2Test.TestingPlatform"] = ["Microsoft.Testing."],
        ["Eco2Test.MSBuild"] = ["Microsoft.Build."],
    };

    private static readonly string[] NotForCore = ["System.Console", "System.Net", "System.Data"];

    [Fact]
    public void Every_room_looks_only_where_it_may()
    {
        var wrong =
            from assembly in Product.Assemblies
            where assembly.Name.Name != "Eco2Test.Tool"
            let allowed = Allowed.GetValueOrDefault(assembly.Name.Name)
            from reference in Product.ReferencesOf(assembly).Append("(a row in this test)")
            where allowed is null ? reference == "(a row in this test)" : IsProduct(reference) && !allowed.Contains(reference)
            select $"{assembly.Name.Name} -> {reference}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void What_runs_in_other_peoples_processes_brings_nothing_along()
    {
        var wrong =
            from assembly in Product.Assemblies
            where Hosts.ContainsKey(assembly.Name.Name)
            from reference in Product.ReferencesOf(assembly)
            where !IsProduct(reference) && !IsSharedFramework(reference) && !Hosts[assembly.Name.Name].Any(host => reference.StartsWith(host, StringComparison.Ordinal))
            select $"{assembly.Name.Name} -> {reference}";

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Core_knows_no_network_no_console_and_no_database() =>
        Product.ReferencesOf(Product.Assembly("Eco2Test.Core"))
            .Where(reference => NotForCore.Any(banned => reference == banned || reference.StartsWith(banned + ".", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    private static bool IsProduct(string assembly) => assembly == "Eco2Test" || assembly.StartsWith("Eco2Test.", StringComparison.Ordinal);

    private static bool IsSharedFramework(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) || assembly is "netstandard" or "Microsoft.Win32.Primitives" or "Microsoft.Win32.Registry";
}
