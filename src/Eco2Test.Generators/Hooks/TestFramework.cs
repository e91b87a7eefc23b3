using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Hooks;

/// <summary>A test framework whose tests are tracked.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="HookFile">The hook that is written into the project; <see langword="null"/> where it is a source file that the package's targets add.</param>
/// <param name="HookNeeds">The types that the hook is made of: where they are referenced, the framework is hooked.</param>
/// <param name="TestMarkers">What an attribute derives from or implements that makes a method a test of the framework.</param>
internal sealed record TestFramework(FrameworkKind Kind, string? HookFile, EquatableArray<string> HookNeeds, EquatableArray<string> TestMarkers)
{
    private const string MSTest = "Microsoft.VisualStudio.TestTools.UnitTesting.";

    public static readonly IReadOnlyList<TestFramework> All =
    [
        new(FrameworkKind.XunitV2, "XunitV2Hook.cs", new(["Xunit.Sdk.BeforeAfterTestAttribute"]), new(["Xunit.FactAttribute"])),
        new(FrameworkKind.XunitV3, "XunitV3Hook.cs", new(["Xunit.v3.BeforeAfterTestAttribute"]), new(["Xunit.v3.IFactAttribute"])),
        new(FrameworkKind.NUnit, "NUnitHook.cs", new(["NUnit.Framework.ITestAction"]), new(["NUnit.Framework.Interfaces.ITestBuilder", "NUnit.Framework.Interfaces.ISimpleTestBuilder"])),

        // MSTest keeps its context in an assembly of its own, which a library may lack.
        new(FrameworkKind.MSTest, "MSTestHook.cs", new([MSTest + "GlobalTestInitializeAttribute", MSTest + "TestContext"]), new([MSTest + "TestMethodAttribute"])),
        new(FrameworkKind.TUnit, null, new(["TUnit.Core.BeforeEveryAttribute", "Eco2Test.Generated.TUnitHook"]), new(["TUnit.Core.TestAttribute"])),
    ];

    /// <summary>Of a compilation, what decides whether and which hooks are written.</summary>
    public static ProjectFacts FactsOf(Compilation compilation) => new(
        CanRun: compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp11 }
            && compilation.GetTypeByMetadataName(KnownNames.ModuleInitializer) is not null
            && compilation.GetTypeByMetadataName(KnownNames.Register) is not null,
        HasTests: All.Any(framework => framework.IsHookedIn(compilation)),
        Hooks: new(All.Where(framework => framework.IsHookedIn(compilation)).Select(framework => framework.HookFile).OfType<string>().ToArray()));

    public bool IsHookedIn(Compilation compilation) => HookNeeds.All(type => compilation.GetTypeByMetadataName(type) is not null);
}
