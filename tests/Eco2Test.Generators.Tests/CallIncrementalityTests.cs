using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests;

/// <summary>Of calls and bodies too, an edit costs what it touches, and while somebody types no call is looked for.</summary>
public class CallIncrementalityTests
{
    private const string Model = """
        public partial class Model
        {
            [Eco2Test.TrackEmissions] public int Fit(int rows) => rows;
            [Eco2Test.TrackEmissions] public partial int Exact();
            private int ExactCore() => 1;
        }
        """;

    private const string Caller = "public class Caller { public int M() => new Model().Fit(1); }";

    private static readonly UserProject Project = UserProject.Of("") with
    {
        Files = [(UserProject.Folder + "Model.cs", Model), (UserProject.Folder + "Caller.cs", Caller), (UserProject.Folder + "Other.cs", "public class Other { }")],
    };

    [Fact]
    public void An_edit_elsewhere_changes_nothing()
    {
        var reasons = ReasonsAfter("Other.cs", "public class Other { public int Answer => 42; }");

        reasons.Keys.ShouldBe(TrackedCallsGenerator.Steps.Concat(ExactFormGenerator.Steps), ignoreOrder: true);
        reasons.Values.SelectMany(reason => reason).ShouldAllBe(reason => IsKept(reason));
    }

    [Fact]
    public void An_edit_in_the_body_of_a_tracked_method_changes_nothing()
    {
        var reasons = ReasonsAfter("Model.cs", Model.Replace("=> rows", "=> rows + 1", StringComparison.Ordinal));

        reasons.Values.SelectMany(reason => reason).ShouldAllBe(reason => IsKept(reason));
    }

    [Fact]
    public void An_edit_in_a_caller_changes_the_calls_and_nothing_else()
    {
        var reasons = ReasonsAfter("Caller.cs", Caller.Replace("Fit(1)", "Fit(2)", StringComparison.Ordinal));

        reasons[TrackedCallsGenerator.CallsStep].ShouldBe([IncrementalStepRunReason.Modified]);
        reasons.Where(step => step.Key != TrackedCallsGenerator.CallsStep).SelectMany(step => step.Value).ShouldAllBe(reason => IsKept(reason));
    }

    [Fact]
    public void A_renamed_method_changes_its_names_its_calls_and_not_the_exact_ones()
    {
        var reasons = ReasonsAfter("Model.cs", Model.Replace("Fit(", "Train(", StringComparison.Ordinal));

        reasons[TrackedCallsGenerator.NamesStep].ShouldContain(IncrementalStepRunReason.Modified);
        reasons[TrackedCallsGenerator.CallsStep].ShouldBe([IncrementalStepRunReason.Modified]);
        reasons[ExactFormGenerator.MethodsStep].ShouldAllBe(reason => IsKept(reason));
    }

    [Fact]
    public void Another_signature_of_an_exact_method_changes_its_model()
    {
        var reasons = ReasonsAfter("Model.cs", Model.Replace("int Exact", "long Exact", StringComparison.Ordinal));

        reasons[ExactFormGenerator.MethodsStep].ShouldBe([IncrementalStepRunReason.Modified]);
    }

    [Fact]
    public void While_somebody_types_only_the_exact_form_is_worked_on()
    {
        var driver = Project.Driver(IncrementalGeneratorOutputKind.Implementation, new TrackedTestsGenerator(), new TrackedCallsGenerator(), new ExactFormGenerator())
            .RunGenerators(Project.Compile(), TestContext.Current.CancellationToken);

        var result = driver.GetRunResult();
        var steps = result.Results.SelectMany(generator => generator.TrackedSteps.Keys).ToList();
        steps.ShouldNotContain(TrackedCallsGenerator.CallsStep);
        steps.ShouldNotContain(TrackedTestsGenerator.TableStep);
        steps.ShouldContain(ExactFormGenerator.MethodsStep);
        result.GeneratedTrees.ShouldHaveSingleItem().FilePath.ShouldEndWith("Eco2Test.Exact.g.cs");
    }

    [Fact]
    public void No_model_holds_on_to_a_compilation()
    {
        var steps = First().Driver.GetRunResult().Results.SelectMany(result => result.TrackedSteps).ToList();

        foreach (var name in TrackedCallsGenerator.Steps.Concat(ExactFormGenerator.Steps))
        {
            foreach (var output in steps.Single(step => step.Key == name).Value.SelectMany(run => run.Outputs))
            {
                ModelWalk.ShouldHoldNoCompilation(output.Value, name);
            }
        }
    }

    private static bool IsKept(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static Dictionary<string, IncrementalStepRunReason[]> ReasonsAfter(string file, string text)
    {
        var (driver, compilation) = First();
        var old = compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(file, StringComparison.Ordinal));
        var edited = compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, Project.ParseOptions, old.FilePath));
        var results = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results;
        return results.SelectMany(result => result.TrackedSteps)
            .Where(step => TrackedCallsGenerator.Steps.Concat(ExactFormGenerator.Steps).Contains(step.Key))
            .ToDictionary(step => step.Key, step => step.Value.SelectMany(run => run.Outputs).Select(output => output.Reason).ToArray());
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) First()
    {
        var compilation = Project.Compile();
        return (Project.Driver(new TrackedCallsGenerator(), new ExactFormGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken), compilation);
    }
}
