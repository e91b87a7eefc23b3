namespace Eco2Test.Acceptance.Tests;

/// <summary>What both versions of xUnit write in the same way.</summary>
public abstract class Xunit(string name, string version, Runner runner) : Framework(name, version, runner)
{
    protected const string VSTestPackages = """
        <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
            <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
        """;

    public override string Test => "[Fact";

    public override string Skip => "[Fact(Skip = \"later\")";

    public override string Category => "Trait(\"Category\", \"slow\"), Trait(\"Owner\", \"ada\")";

    public override string[] Categories => ["slow", "Owner=ada"];

    public override string Timeout => "[Fact(Timeout = 500)";

    public override bool HasOverloads => false;

    public override string Thousands => "[Theory, MemberData(nameof(Numbers))";

    public override string Sequential => "[Collection(nameof(Sequential))]";

    public override string Parallel => "";

    public override string Files => """
        #file Sequential.cs
        namespace Suite;

        [CollectionDefinition(nameof(Sequential), DisableParallelization = true)]
        public class Sequential;
        #file Fixtures.cs
        using Eco2Test;

        namespace Suite;

        public class Prepared
        {
            public Prepared() => Work.Burn(0.2);
        }

        [Collection(nameof(Sequential))]
        [TrackEmissions(Region = "FR")]
        public class WithFixtures : IClassFixture<Prepared>
        {
            [Fact]
            public void UsesWhatWasPrepared() => Work.Burn(0.02);
        }
        #file xunit.runner.json
        { "maxParallelThreads": 4 }
        """;

    protected override string RowsOf(params string[] rows) => "[Theory, " + string.Join(", ", rows.Select(row => $"InlineData({row})"));
}
