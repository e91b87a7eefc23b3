using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Eco2Test.Generators.Tests.Harness;

/// <summary>Applies a fix as an editor would, alone and to all places at once, and compares the code.</summary>
public static class Fix<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <param name="before">The code, in which <c>{|ECO1001:…|}</c> or <c>[|…|]</c> marks what is reported.</param>
    /// <param name="after">The code after the fix.</param>
    /// <param name="framework">The test framework that is referenced.</param>
    /// <param name="change">What else the project has.</param>
    public static Task Turns(string before, string after, Framework? framework = null, Action<CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>>? change = null)
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        {
            TestCode = before,
            FixedCode = after,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),

            // The body of an exact form is generated later.
            CompilerDiagnostics = CompilerDiagnostics.None,
        };
        test.TestState.AdditionalReferences.AddRange(
        [
            .. Net100.References.All,
            MetadataReference.CreateFromFile(typeof(TrackEmissionsAttribute).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(TestOutcome).Assembly.Location),
            .. (framework?.Paths ?? []).Select(path => MetadataReference.CreateFromFile(path)),
        ]);
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectParseOptions(project, new CSharpParseOptions(LanguageVersion.CSharp13)));
        change?.Invoke(test);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
