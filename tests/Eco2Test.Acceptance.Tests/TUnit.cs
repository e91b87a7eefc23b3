namespace Eco2Test.Acceptance.Tests;

public sealed class TUnit_1_81_10_on_TestingPlatform(SuiteRun<TUnit_1_81_10_on_TestingPlatform.Cell> run) : ReferenceContract<TUnit_1_81_10_on_TestingPlatform.Cell>(run)
{
    /// <summary>TUnit, which has no VSTest. It does not let its fixtures be seen.</summary>
    public sealed class Cell() : Framework("TUnit", "1.81.10", Runner.TestingPlatform)
    {
        public override bool IsReference => true;

        public override string Project => $"""
            <PropertyGroup>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TUnit" Version="{Version}" />
              </ItemGroup>
            """;

        public override string Test => "[Test";

        public override string Skip => "[Test, Skip(\"later\")";

        public override string Category => "Category(\"slow\")";

        public override string Retry => "[Test, Retry(2)";

        public override string Timeout => "[Test, Timeout(500)";

        public override string TimeoutParameter => "CancellationToken token";

        public override string Thousands => "[Test, MethodDataSource(nameof(NumbersOnly))";

        public override string Inherits => "[InheritsTests]";

        public override string Sequential => "[NotInParallel]";

        public override string Parallel => "";

        public override string Files => """
            #file Fixtures.cs
            using Eco2Test;

            namespace Suite;

            [NotInParallel]
            [TrackEmissions(Region = "FR")]
            public class WithFixtures
            {
                [Before(Class)]
                public static void Prepare() => Work.Burn(0.2);

                [Test]
                public void UsesWhatWasPrepared() => Work.Burn(0.02);
            }
            """;

        public override string[] Filter(string testClass, params string[] methods) =>
            ["--treenode-filter", $"/*/*/{testClass}/({string.Join('|', methods)})"];

        protected override string RowsOf(params string[] rows) => "[Test, " + string.Join(", ", rows.Select(row => $"Arguments({row})"));
    }
}
