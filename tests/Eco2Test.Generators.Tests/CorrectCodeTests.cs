using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests;

/// <summary>Of correct code nothing is said: all frameworks, what the documentation shows, and the samples as they are.</summary>
public class CorrectCodeTests
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    [Theory]
    [InlineData("XunitV3", "Xunit", "Fact", "Theory, InlineData(1), InlineData(2)", "[Collection(nameof(Sequential))]")]
    [InlineData("XunitV2", "Xunit", "Fact", "Theory, InlineData(1), InlineData(2)", "[Collection(nameof(Sequential))]")]
    [InlineData("NUnit", "NUnit.Framework", "Test", "TestCase(1), TestCase(2)", "[TestFixture]")]
    [InlineData("MSTest", "Microsoft.VisualStudio.TestTools.UnitTesting", "TestMethod", "TestMethod, DataRow(1), DataRow(2)", "[TestClass]")]
    [InlineData("TUnit", "TUnit.Core", "Test", "Test, Arguments(1), Arguments(2)", "[NotInParallel]")]
    public async Task Tests_of_every_framework(string name, string space, string test, string rows, string onClass)
    {
        var definition = space == "Xunit" ? "[CollectionDefinition(nameof(Sequential), DisableParallelization = true)] public class Sequential { }" : "";
        var project = UserProject.Of($$"""
            using Eco2Test;
            using {{space}};
            using Green = Eco2Test.TrackEmissionsAttribute;

            [assembly: TrackEmissions(Region = "FR")]

            namespace Shop.Tests;

            {{definition}}

            {{onClass}}
            [TrackEmissions(EnergyBudget = "1 kJ", Enabled = true)]
            public abstract class Base<T>
            {
                [{{test}}, TrackEmissions(EmissionsBudget = "10 mg")] public virtual void Shared() { }
            }

            {{onClass}}
            public sealed class Ints : Base<int>
            {
                [{{test}}, Green(Region = "DE")] public override void Shared() { }
                [{{test}}, TrackEmissions(Enabled = false)] public void Prints() { }
            }

            {{onClass}}
            [TrackEmissions(Comparison = "any text at all")]
            public class Rows
            {
                [{{rows}}, TrackEmissions(EmissionsBudget = "1.5 g", EnergyBudget = "500 J")]
                public async Task Learns(int n)
                {
                    await Task.Yield();
                    using (TrackingWindow.Start("part")) { }
                    TrackingWindow.Current?.Record("accuracy", n);
                    foreach (var model in new[] { "a" }) { Train(model); }
                }

                private static void Train(string model) => _ = model;
            }

            {{onClass}}
            public class Untouched { public void Helper() { } [{{test}}] public void Test() { } }
            """, Framework.Named(name)) with { Language = LanguageVersion.CSharp12 };
        project = project with { Files = project.Files.Add(("Usings.cs", Usings)) };

        (await project.Diagnose()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Methods_of_programs() =>
        (await UserProject.Of(Usings + """
            using Eco2Test;

            namespace Shop;

            public interface IModel { [TrackEmissions(Region = "FR")] Task TrainAsync(int rounds); }

            public sealed class Model : IModel
            {
                public async Task TrainAsync(int rounds) => await Task.Delay(rounds);
                [TrackEmissions(EnergyBudget = "500 J")] public int Fit(int rows) => rows == 0 ? 0 : Fit(rows - 1);
                [TrackEmissions] private void Prepare() { }
                [TrackEmissions] public static T Load<T>(ReadOnlySpan<char> name, ref int read, out int rest) where T : new() { rest = 0; return new T(); }
                public void All(IModel other)
                {
                    Prepare();
                    this.Fit(3);
                    var read = 0;
                    Load<object>("x", ref read, out _);
                    new List<int> { 1, 2 }.ForEach(row => Fit(row));
                    _ = other.TrainAsync(2);
                    _ = nameof(Fit);
                }
            }

            [TrackEmissions(Region = "aws:eu-west-3")]
            public static class Jobs
            {
                public static void Run() => Inner();
                [TrackEmissions(Enabled = false)] public static async void Fire() => await Task.Yield();
                private static void Inner() { }
            }

            public abstract class Base { [TrackEmissions] public abstract void Work(); }
            public class Derived : Base { public override void Work() { } }

            public partial class Exact
            {
                [TrackEmissions(Region = "FR")] public virtual partial Task<int> Train<T>(T rows) where T : class;
                private async Task<int> TrainCore<T>(T rows) where T : class { await Task.Yield(); return 1; }
                public Func<string, Task<int>> Use() => Train;
            }
            """).Diagnose()).ShouldBeEmpty();

    [Theory]
    [InlineData("TrainingTests", "XunitV3", "global using Xunit;")]
    [InlineData("TrainingTests.NUnit", "NUnit", "global using NUnit.Framework;")]
    [InlineData("TrainingTests.MSTest", "MSTest", "global using Microsoft.VisualStudio.TestTools.UnitTesting;")]
    public async Task The_samples(string sample, string framework, string usings)
    {
        var samples = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "../../samples"));
        var files = new[] { sample, "Training" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(samples, folder), "*.cs"))
            .Select(file => (file, File.ReadAllText(file)))
            .Append(("Usings.cs", Usings + usings));
        var project = new UserProject { Files = [.. files], Frameworks = [Framework.Named(framework)], Language = LanguageVersion.CSharp13 };

        (await project.Diagnose()).ShouldBeEmpty();
    }

    private static string SourceFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
