using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Hooks;

/// <summary>A test framework whose tests are tracked.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Hooks">What runs around its tests; where the first cannot, the framework is not hooked.</param>
/// <param name="TestMarkers">What an attribute derives from or implements that makes a method a test of the framework.</param>
internal sealed record TestFramework(FrameworkKind Kind, EquatableArray<HookFile> Hooks, EquatableArray<string> TestMarkers)
{
    private const string MSTest = "Microsoft.VisualStudio.TestTools.UnitTesting.";

    public static readonly IReadOnlyList<TestFramework> All =
    [
        new(
            FrameworkKind.XunitV2,
            new([new HookFile("XunitV2Hook.cs", new(["Xunit.Sdk.BeforeAfterTestAttribute", "Xunit.Sdk.BeforeAfterTestAttribute.Before", "Xunit.Sdk.BeforeAfterTestAttribute.After"]))]),
            new(["Xunit.FactAttribute"])),
        new(
            FrameworkKind.XunitV3,
            new([new HookFile("XunitV3Hook.cs", new(
            [
                "Xunit.v3.BeforeAfterTestAttribute", "Xunit.v3.BeforeAfterTestAttribute.Before", "Xunit.v3.BeforeAfterTestAttribute.After",
                "Xunit.v3.IXunitTest.UniqueID", "Xunit.v3.IXunitTest.TestDisplayName", "Xunit.v3.IXunitTest.Traits",
                "Xunit.TestContext.Current", "Xunit.ITestContext.TestState", "Xunit.ITestContext.TestOutputHelper", "Xunit.ITestContext.AddAttachment",
                "Xunit.TestResultState.Result", "Xunit.TestResult.Skipped",
            ]))]),
            new(["Xunit.v3.IFactAttribute"])),
        new(
            FrameworkKind.NUnit,
            new([
                new HookFile("NUnitHook.cs", new(
                [
                    "NUnit.Framework.ITestAction", "NUnit.Framework.ITestAction.BeforeTest", "NUnit.Framework.ITestAction.AfterTest", "NUnit.Framework.ITestAction.Targets",
                    "NUnit.Framework.Interfaces.ITest.Properties", "NUnit.Framework.Interfaces.ITest.Parent", "NUnit.Framework.Interfaces.IMethodInfo.MethodInfo",
                    "NUnit.Framework.TestContext.CurrentRepeatCount", "NUnit.Framework.TestContext.AddTestAttachment", "NUnit.Framework.TestContext.Out",
                    "NUnit.Framework.AssertionException", "NUnit.Framework.Interfaces.TestStatus.Warning",
                ])),
                new HookFile("NUnitFixtureHook.cs", new(
                [
                    "NUnit.Framework.ExecutionHookAttribute", "NUnit.Framework.SetUpFixtureAttribute",
                    "NUnit.Framework.ExecutionHookAttribute.BeforeEverySetUpHook", "NUnit.Framework.ExecutionHookAttribute.AfterEverySetUpHook",
                    "NUnit.Framework.ExecutionHookAttribute.BeforeEveryTearDownHook", "NUnit.Framework.ExecutionHookAttribute.AfterEveryTearDownHook",
                    "NUnit.Framework.Internal.ExecutionHooks.HookData.Context", "NUnit.Framework.Internal.ExecutionHooks.HookData.HookedMethod",
                    "NUnit.Framework.Internal.ExecutionHooks.HookData.Exception",
                ])),
            ]),
            new(["NUnit.Framework.Interfaces.ITestBuilder", "NUnit.Framework.Interfaces.ISimpleTestBuilder"])),

        // MSTest keeps its context in an assembly of its own, which a library may lack.
        new(
            FrameworkKind.MSTest,
            new([new HookFile("MSTestHook.cs", new(
            [
                MSTest + "GlobalTestInitializeAttribute", MSTest + "GlobalTestCleanupAttribute", MSTest + "TestCategoryBaseAttribute", MSTest + "AssertFailedException",
                MSTest + "TestContext.FullyQualifiedTestClassName", MSTest + "TestContext.TestName", MSTest + "TestContext.TestDisplayName", MSTest + "TestContext.TestData",
                MSTest + "TestContext.TestRunCount", MSTest + "TestContext.TestException", MSTest + "TestContext.CurrentTestOutcome", MSTest + "TestContext.AddResultFile", MSTest + "TestContext.WriteLine",
                MSTest + "UnitTestOutcome.Aborted",
            ]))]),
            new([MSTest + "TestMethodAttribute"])),
        new(FrameworkKind.TUnit, new([new HookFile(null, new(["TUnit.Core.BeforeEveryAttribute", "Eco2Test.Generated.TUnitHook"]))]), new(["TUnit.Core.TestAttribute"])),
    ];

    /// <summary>Of a compilation, what decides whether and which hooks are written.</summary>
    public static ProjectFacts FactsOf(Compilation compilation)
    {
        var hooked = All.Where(framework => framework.IsHookedIn(compilation)).ToArray();
        return new(
            CanRun: compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp11 }
                && compilation.GetTypeByMetadataName(KnownNames.ModuleInitializer) is not null
                && compilation.GetTypeByMetadataName(KnownNames.Register) is not null,
            HasTests: hooked.Length > 0,
            Hooks: new([.. hooked.SelectMany(framework => framework.Hooks).Where(hook => hook.CanRunIn(compilation)).Select(hook => hook.Name).OfType<string>()]));
    }

    public bool IsHookedIn(Compilation compilation) => Hooks[0].CanRunIn(compilation);
}
