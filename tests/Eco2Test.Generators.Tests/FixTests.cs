using Eco2Test.CodeFixes;
using Eco2Test.Generators.Diagnostics;
using Eco2Test.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests;

/// <summary>What the editor offers to do about a diagnostic, and what the code is then.</summary>
public class FixTests
{
    private const string Exact =
        """
        using System.Threading;
        using System.Threading.Tasks;
        using System.Runtime.CompilerServices;
        using Eco2Test;

        namespace Shop
        {
            public partial class Outer
            {
                /// <summary>Models.</summary>
                public sealed partial class Models
                {
                    /// <summary>Trains.</summary>
                    [TrackEmissions(Region = "FR")]
                    public static partial Task<int> Train<T>(T rows, int rounds = 3, [CallerMemberName] string caller = "") where T : class;

                    private static async Task<int> TrainCore<T>(T rows, int rounds, string caller)
                        where T : class
                    {
                        await Task.Yield();
                        return rounds;
                    }

                    public System.Func<string, int, string, Task<int>> Use() => Train;
                }
            }
        }
        """;

    [Fact]
    public Task The_region_that_was_meant_is_written() => Fix<TrackEmissionsAnalyzer, ReplaceTextFix>.Turns(
        """
        public class C
        {
            [Xunit.Fact, Eco2Test.TrackEmissions({|ECO1001:Region = "Frnace"|})] public void M() { }
            [Xunit.Fact, Eco2Test.TrackEmissions({|ECO1001:Region = "aws:eu-wset-3"|}, Comparison = "x")] public void N() { }
        }
        """,
        """
        public class C
        {
            [Xunit.Fact, Eco2Test.TrackEmissions(Region = "FR")] public void M() { }
            [Xunit.Fact, Eco2Test.TrackEmissions(Region = "aws:eu-west-3", Comparison = "x")] public void N() { }
        }
        """,
        Framework.XunitV3);

    [Fact]
    public Task The_unit_and_the_number_that_were_meant_are_written() => Fix<TrackEmissionsAnalyzer, ReplaceTextFix>.Turns(
        """
        public class C
        {
            [Xunit.Fact, Eco2Test.TrackEmissions({|ECO1002:EnergyBudget = "5 KWH"|})] public void M() { }
            [Xunit.Fact, Eco2Test.TrackEmissions({|ECO1002:EnergyBudget = "2,5 J"|})] public void N() { }
        }
        """,
        """
        public class C
        {
            [Xunit.Fact, Eco2Test.TrackEmissions(EnergyBudget = "5 kWh")] public void M() { }
            [Xunit.Fact, Eco2Test.TrackEmissions(EnergyBudget = "2.5 J")] public void N() { }
        }
        """,
        Framework.XunitV3);

    [Theory]
    [InlineData("5 mj", "neither milli nor mega can be told from the letters")]
    [InlineData("5 MWh", "")]
    [InlineData("1,500 J", "a comma before three digits may separate thousands")]
    [InlineData("5 apples", "")]
    public Task Where_nobody_can_tell_what_was_meant_nothing_is_offered(string budget, string why)
    {
        _ = why;
        var code = $$"""
            public class C
            {
                [Xunit.Fact, Eco2Test.TrackEmissions({|ECO1002:EnergyBudget = "{{budget}}"|})] public void M() { }
            }
            """;
        return Fix<TrackEmissionsAnalyzer, ReplaceTextFix>.Turns(code, code, Framework.XunitV3);
    }

    [Fact]
    public Task A_redundant_attribute_is_removed_with_its_brackets_and_without_the_comment_above_it() => Fix<TrackEmissionsAnalyzer, RemoveFix>.Turns(
        """
        using Eco2Test;
        using Xunit;

        [TrackEmissions(Region = "FR")]
        public class C
        {
            /// <summary>Kept.</summary>
            [{|ECO1012:TrackEmissions(Region = "FR")|}]
            [Fact]
            public void M() { }

            [Fact, {|ECO1012:TrackEmissions|}]
            public void N() { }

            [Fact]
            [{|ECO1012:TrackEmissions|}]
            public void O() { }
        }
        """,
        """
        using Eco2Test;
        using Xunit;

        [TrackEmissions(Region = "FR")]
        public class C
        {
            /// <summary>Kept.</summary>
            [Fact]
            public void M() { }

            [Fact]
            public void N() { }

            [Fact]
            public void O() { }
        }
        """,
        Framework.XunitV3);

    [Fact]
    public Task A_region_against_that_of_the_cloud_is_removed() => Fix<TrackEmissionsAnalyzer, RemoveFix>.Turns(
        """
        using Eco2Test;
        using Xunit;

        [TrackEmissions(Region = "aws:eu-west-3")]
        public class C
        {
            [Fact, TrackEmissions({|ECO1007:Region = "US"|}, Comparison = "x")]
            public void M() { }
        }
        """,
        """
        using Eco2Test;
        using Xunit;

        [TrackEmissions(Region = "aws:eu-west-3")]
        public class C
        {
            [Fact, TrackEmissions(Comparison = "x")]
            public void M() { }
        }
        """,
        Framework.XunitV3);

    [Fact]
    public Task A_budget_below_resolution_is_removed() => Fix<TrackEmissionsAnalyzer, RemoveFix>.Turns(
        """
        using Eco2Test;
        using Xunit;

        [TrackEmissions(Region = "aws:eu-west-3")]
        public class C
        {
            [Fact, TrackEmissions(Comparison = "x", {|ECO1014:EnergyBudget = "1 uJ"|})]
            public void M() { }
        }
        """,
        """
        using Eco2Test;
        using Xunit;

        [TrackEmissions(Region = "aws:eu-west-3")]
        public class C
        {
            [Fact, TrackEmissions(Comparison = "x")]
            public void M() { }
        }
        """,
        Framework.XunitV3);

    [Fact]
    public Task An_attribute_without_effect_is_removed() => Fix<TrackEmissionsAnalyzer, RemoveFix>.Turns(
        "public class C { public int P { [{|ECO1003:Eco2Test.TrackEmissions|}] get => 1; } }",
        "public class C { public int P { get => 1; } }");

    [Fact]
    public Task An_async_void_method_returns_a_task() => Fix<TrackEmissionsAnalyzer, ReturnTaskFix>.Turns(
        """
        using System.Threading.Tasks;
        public class C
        {
            [{|ECO1008:Eco2Test.TrackEmissions|}]
            public async void M() => await Task.Yield();
        }
        """,
        """
        using System.Threading.Tasks;
        public class C
        {
            [Eco2Test.TrackEmissions]
            public async Task M() => await Task.Yield();
        }
        """);

    [Fact]
    public Task A_test_of_NUnit_is_made_not_parallelizable() => Fix<TrackEmissionsAnalyzer, RunAloneFix>.Turns(
        """
        using Eco2Test;
        using NUnit.Framework;

        [Parallelizable]
        public class C
        {
            [Test, {|ECO1016:TrackEmissions(EnergyBudget = "5 J")|}] public void M() { }
            [Test, Parallelizable, {|ECO1016:TrackEmissions(EnergyBudget = "5 J")|}] public void N() { }
        }
        """,
        """
        using Eco2Test;
        using NUnit.Framework;

        [Parallelizable]
        public class C
        {
            [Test, TrackEmissions(EnergyBudget = "5 J"), NonParallelizable] public void M() { }
            [Test, NonParallelizable, TrackEmissions(EnergyBudget = "5 J")] public void N() { }
        }
        """,
        Framework.NUnit);

    [Fact]
    public Task A_test_of_TUnit_is_kept_from_running_beside_others() => Fix<TrackEmissionsAnalyzer, RunAloneFix>.Turns(
        """
        using Eco2Test;
        using TUnit.Core;

        public class C
        {
            [Test, {|ECO1016:TrackEmissions(EnergyBudget = "5 J")|}] public void M() { }
            [Test, NotInParallel, TrackEmissions(EnergyBudget = "5 J")] public void N() { }
        }
        """,
        """
        using Eco2Test;
        using TUnit.Core;

        public class C
        {
            [Test, TrackEmissions(EnergyBudget = "5 J"), NotInParallel] public void M() { }
            [Test, NotInParallel, TrackEmissions(EnergyBudget = "5 J")] public void N() { }
        }
        """,
        Framework.TUnit,
        test =>
        {
            test.TestState.Sources.Add(("TUnitHook.cs", Framework.TUnit.AddedFile!));
            test.FixedState.Sources.Add(("TUnitHook.cs", Framework.TUnit.AddedFile!));
        });

    [Fact]
    public Task A_class_of_MSTest_is_made_not_parallel() => Fix<TrackEmissionsAnalyzer, RunAloneFix>.Turns(
        """
        using Eco2Test;
        using Microsoft.VisualStudio.TestTools.UnitTesting;
        [assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

        [TestClass]
        [{|ECO1016:TrackEmissions(EnergyBudget = "5 J")|}]
        public class C
        {
            [TestMethod] public void M() { }
        }
        """,
        """
        using Eco2Test;
        using Microsoft.VisualStudio.TestTools.UnitTesting;
        [assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

        [TestClass]
        [TrackEmissions(EnergyBudget = "5 J"), DoNotParallelize]
        public class C
        {
            [TestMethod] public void M() { }
        }
        """,
        Framework.MSTest);

    [Fact]
    public Task A_class_of_xUnit_joins_a_collection_that_runs_alone_and_is_added() => Fix<TrackEmissionsAnalyzer, CollectionFix>.Turns(
        """
        using Eco2Test;
        using Xunit;

        namespace Shop.Tests;

        /// <summary>Tests.</summary>
        public class C
        {
            [Fact, {|ECO1016:TrackEmissions(EnergyBudget = "5 J")|}] public void M() { }
        }

        public class Other
        {
            [Fact] public void M() { }
        }
        """,
        "",
        Framework.XunitV3,
        test =>
        {
            test.FixedState.Sources.Clear();
            test.FixedState.Sources.Add(
                """
                using Eco2Test;
                using Xunit;

                namespace Shop.Tests;

                /// <summary>Tests.</summary>
                [Collection("Sequential")]
                public class C
                {
                    [Fact, TrackEmissions(EnergyBudget = "5 J")] public void M() { }
                }

                public class Other
                {
                    [Fact] public void M() { }
                }
                """);
            test.FixedState.Sources.Add(("SequentialCollection.cs",
                """
                namespace Shop.Tests;

                /// <summary>Tests that run when no other does.</summary>
                [Xunit.CollectionDefinition("Sequential", DisableParallelization = true)]
                public class SequentialCollection
                {
                }

                """));
        });

    [Fact]
    public Task A_class_of_xUnit_joins_the_collection_that_is_there() => Fix<TrackEmissionsAnalyzer, CollectionFix>.Turns(
        """
        using Eco2Test;
        using Xunit;

        [CollectionDefinition("Alone", DisableParallelization = true)]
        public class Alone { }

        public class C
        {
            [Fact, {|ECO1016:TrackEmissions(EnergyBudget = "5 J")|}] public void M() { }
        }

        public class Other
        {
            [Fact] public void M() { }
        }
        """,
        """
        using Eco2Test;
        using Xunit;

        [CollectionDefinition("Alone", DisableParallelization = true)]
        public class Alone { }

        [Collection("Alone")]
        public class C
        {
            [Fact, TrackEmissions(EnergyBudget = "5 J")] public void M() { }
        }

        public class Other
        {
            [Fact] public void M() { }
        }
        """,
        Framework.XunitV3);

    [Fact]
    public async Task A_delegate_of_a_method_makes_it_take_the_exact_form()
    {
        await Fix<TrackedCallAnalyzer, ExactFormFix>.Turns(
            """
            using System.Threading;
            using System.Threading.Tasks;
            using System.Runtime.CompilerServices;
            using Eco2Test;

            namespace Shop
            {
                public class Outer
                {
                    /// <summary>Models.</summary>
                    public sealed class Models
                    {
                        /// <summary>Trains.</summary>
                        [TrackEmissions(Region = "FR")]
                        public static async Task<int> Train<T>(T rows, int rounds = 3, [CallerMemberName] string caller = "")
                            where T : class
                        {
                            await Task.Yield();
                            return rounds;
                        }

                        public System.Func<string, int, string, Task<int>> Use() => {|ECO1010:Train|};
                    }
                }
            }
            """,
            Exact);

        var project = UserProject.Of(Exact) with { Language = LanguageVersion.CSharp13 };
        project.WholeDriver().RunGeneratorsAndUpdateCompilation(project.Compile(), out var compilation, out _, TestContext.Current.CancellationToken);
        UserProject.Complaints(compilation.GetDiagnostics(TestContext.Current.CancellationToken)).ShouldBeEmpty("with the generated body it compiles");
    }

    [Fact]
    public Task A_method_without_accessibility_of_a_class_with_the_attribute_takes_the_exact_form_too() => Fix<TrackedCallAnalyzer, ExactFormFix>.Turns(
        """
        [Eco2Test.TrackEmissions]
        class Models
        {
            public virtual int Fit(ref int rows) => rows;
        }

        class Better : Models
        {
            public override int Fit(ref int rows) => base.{|ECO1009:Fit|}(ref rows);
        }
        """,
        """
        [Eco2Test.TrackEmissions]
        partial class Models
        {
            [Eco2Test.TrackEmissions]
            public virtual partial int Fit(ref int rows);

            private int FitCore(ref int rows) => rows;
        }

        class Better : Models
        {
            public override int Fit(ref int rows) => base.Fit(ref rows);
        }
        """);

    [Fact]
    public Task The_attribute_is_put_on_the_interface_as_well() => Fix<TrackEmissionsAnalyzer, TrackBaseFix>.Turns(
        """
        using Eco2Test;

        public interface IModel
        {
            /// <summary>Fits.</summary>
            int Fit();
        }

        public class Model : IModel
        {
            [{|ECO1019:TrackEmissions(Region = "FR")|}]
            public int Fit() => 1;
        }
        """,
        """
        using Eco2Test;

        public interface IModel
        {
            /// <summary>Fits.</summary>
            [TrackEmissions(Region = "FR")]
            int Fit();
        }

        public class Model : IModel
        {
            [TrackEmissions(Region = "FR")]
            public int Fit() => 1;
        }
        """);
}
