using System.Reflection;

namespace Eco2Test.Generators.Tests.Harness;

/// <summary>A test framework as its package ships it.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Paths">Its assemblies.</param>
/// <param name="Test">A test class in it, with one tracked test.</param>
public sealed record Framework(string Name, string[] Paths, string Test)
{
    public static readonly Framework XunitV2 = new("XunitV2", [Packaged("XunitV2")], Class("[Xunit.Fact, Eco2Test.TrackEmissions]"));

    public static readonly Framework XunitV3 = new(
        "XunitV3",
        [typeof(FactAttribute).Assembly.Location, typeof(Xunit.Sdk.ITestMetadata).Assembly.Location],
        Class("[Xunit.Fact, Eco2Test.TrackEmissions]"));

    public static readonly Framework NUnit = new("NUnit", [Packaged("NUnit")], Class("[NUnit.Framework.Test, Eco2Test.TrackEmissions]"));

    public static readonly Framework MSTest = new(
        "MSTest",
        [Packaged("MSTest"), Packaged("MSTest.Extensions")],
        "[Microsoft.VisualStudio.TestTools.UnitTesting.TestClass] " + Class("[Microsoft.VisualStudio.TestTools.UnitTesting.TestMethod, Eco2Test.TrackEmissions]"));

    /// <summary>Its hook is a file that the package adds, and so none of those that are generated.</summary>
    public static readonly Framework TUnit = new("TUnit", [Packaged("TUnit")], Class("[TUnit.Core.Test, Eco2Test.TrackEmissions]"));

    /// <summary>Those whose hooks are generated.</summary>
    public static readonly Framework[] All = [XunitV2, XunitV3, NUnit, MSTest];

    public static Framework Named(string name) => All.Append(TUnit).Single(framework => framework.Name == name);

    /// <summary>The file that the package's targets add; <see langword="null"/> where the hook is generated.</summary>
    public string? AddedFile => this == TUnit ? Text("TUnitHook.cs") : null;

    public override string ToString() => Name;

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(Framework).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static string Class(string attributes) => $"public class ModelTests {{ {attributes} public void Trains() {{ }} }}";

    private static string Packaged(string name) => typeof(Framework).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == name)
        .Value!;
}
