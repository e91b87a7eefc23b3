using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Hooks;

/// <summary>A test framework whose tests are tracked.</summary>
/// <param name="HookFile">The hook that is written into the project.</param>
/// <param name="HookType">The type that the hook needs: where it is referenced, the framework is hooked.</param>
/// <param name="TestMarkers">What an attribute derives from or implements that makes a method a test of the framework.</param>
internal sealed record TestFramework(string HookFile, string HookType, EquatableArray<string> TestMarkers)
{
    public static readonly IReadOnlyList<TestFramework> All =
    [
        new("XunitV2Hook.cs", "Xunit.Sdk.BeforeAfterTestAttribute", new(["Xunit.FactAttribute"])),
        new("XunitV3Hook.cs", "Xunit.v3.BeforeAfterTestAttribute", new(["Xunit.v3.IFactAttribute"])),
        new("NUnitHook.cs", "NUnit.Framework.ITestAction", new(["NUnit.Framework.Interfaces.ITestBuilder", "NUnit.Framework.Interfaces.ISimpleTestBuilder"])),
        new("MSTestHook.cs", "Microsoft.VisualStudio.TestTools.UnitTesting.GlobalTestInitializeAttribute", new(["Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute"])),
    ];

    /// <summary>Of a compilation, what decides whether and which hooks are written.</summary>
    public static ProjectFacts FactsOf(Compilation compilation) => new(
        CanRun: compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp11 }
            && compilation.GetTypeByMetadataName(KnownNames.ModuleInitializer) is not null
            && compilation.GetTypeByMetadataName(KnownNames.Register) is not null,
        Hooks: new(All.Where(framework => framework.IsHookedIn(compilation)).Select(framework => framework.HookFile).ToArray()));

    public bool IsHookedIn(Compilation compilation) => compilation.GetTypeByMetadataName(HookType) is not null;
}
