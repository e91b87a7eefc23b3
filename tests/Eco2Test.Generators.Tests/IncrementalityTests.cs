using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests;

/// <summary>An edit costs what it touches: steps are compared by value, and nothing in them keeps a compilation alive.</summary>
public class IncrementalityTests
{
    private const string Tests = """
        [assembly: Eco2Test.TrackEmissions(Comparison = "c")]
        public class ModelTests
        {
            [NUnit.Framework.Test, Eco2Test.TrackEmissions(Region = "FR")] public void Trains() { }
        }
        """;

    private static readonly UserProject Project = UserProject.Of(Tests, Framework.NUnit) with
    {
        Files = [(UserProject.Folder + "ModelTests.cs", Tests), (UserProject.Folder + "Other.cs", "public class Other { }")],
    };

    [Fact]
    public void An_edit_elsewhere_changes_nothing()
    {
        var reasons = ReasonsAfter(Edit("Other.cs", "public class Other { public int Answer => 42; }"));

        reasons.Keys.ShouldBe(TrackedTestsGenerator.Steps, ignoreOrder: true);
        reasons.Values.SelectMany(reason => reason).ShouldAllBe(reason => IsKept(reason));
    }

    [Fact]
    public void An_edit_in_the_body_of_a_tracked_test_changes_nothing()
    {
        var reasons = ReasonsAfter(Edit("ModelTests.cs", Tests.Replace("Trains() { }", "Trains() { System.Console.Beep(); }")));

        reasons.Values.SelectMany(reason => reason).ShouldAllBe(reason => IsKept(reason));
    }

    [Fact]
    public void A_relevant_edit_changes_the_table_and_no_hook()
    {
        var reasons = ReasonsAfter(Edit("ModelTests.cs", Tests.Replace("\"FR\"", "\"DE\"")));

        reasons[TrackedTestsGenerator.TargetsStep].ShouldBe([IncrementalStepRunReason.Modified]);
        reasons[TrackedTestsGenerator.TableStep].ShouldBe([IncrementalStepRunReason.Modified]);
        reasons[TrackedTestsGenerator.AssemblyStep].ShouldBe([IncrementalStepRunReason.Unchanged]);
        reasons[TrackedTestsGenerator.FactsStep].ShouldBe([IncrementalStepRunReason.Unchanged]);
        reasons[TrackedTestsGenerator.HooksStep].ShouldAllBe(reason => IsKept(reason));
    }

    [Fact]
    public void An_edit_of_the_assembly_attribute_leaves_the_targets_as_they_are()
    {
        var reasons = ReasonsAfter(Edit("ModelTests.cs", Tests.Replace("\"c\"", "\"d\"")));

        reasons[TrackedTestsGenerator.TargetsStep].ShouldAllBe(reason => IsKept(reason));
        reasons[TrackedTestsGenerator.AssemblyStep].ShouldBe([IncrementalStepRunReason.Modified]);
        reasons[TrackedTestsGenerator.TableStep].ShouldBe([IncrementalStepRunReason.Modified]);
    }

    [Fact]
    public void A_base_class_in_another_file_is_followed()
    {
        var project = UserProject.Of("") with
        {
            Files =
            [
                (UserProject.Folder + "Base.cs", "[Eco2Test.TrackEmissions(Region = \"FR\")] public class Base { }"),
                (UserProject.Folder + "Other.cs", "public class C : Base { [Eco2Test.TrackEmissions] public void M() { } }"),
            ],
        };
        var (driver, compilation) = First(project);

        var second = driver.RunGenerators(Replace(compilation, project, "Base.cs", "[Eco2Test.TrackEmissions(Region = \"DE\")] public class Base { }"), TestContext.Current.CancellationToken);

        second.GetRunResult().GeneratedTrees.Single().ToString().ShouldContain("Target = \"C.M()\", Region = \"DE\"");
    }

    [Fact]
    public void No_model_holds_on_to_a_compilation()
    {
        var (driver, _) = First(Project);
        var steps = driver.GetRunResult().Results.Single().TrackedSteps;

        foreach (var step in TrackedTestsGenerator.Steps)
        {
            foreach (var output in steps[step].SelectMany(run => run.Outputs))
            {
                ModelWalk.ShouldHoldNoCompilation(output.Value, step);
            }
        }
    }

    private static bool IsKept(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static Dictionary<string, IncrementalStepRunReason[]> ReasonsAfter(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var (driver, compilation) = First(Project);
        var result = driver.RunGenerators(edit(compilation), TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        return TrackedTestsGenerator.Steps.ToDictionary(
            step => step,
            step => result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason).ToArray());
    }

    private static (GeneratorDriver Driver, CSharpCompilation Compilation) First(UserProject project)
    {
        var compilation = project.Compile();
        return (project.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken), compilation);
    }

    private static Func<CSharpCompilation, CSharpCompilation> Edit(string file, string text) => compilation => Replace(compilation, Project, file, text);

    private static CSharpCompilation Replace(CSharpCompilation compilation, UserProject project, string file, string text)
    {
        var old = compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(file, StringComparison.Ordinal));
        return compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, project.ParseOptions, old.FilePath));
    }
}
