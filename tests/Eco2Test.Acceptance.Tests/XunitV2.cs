namespace Eco2Test.Acceptance.Tests;

public sealed class XunitV2(SuiteRun<XunitV2.Differences> run) : FrameworkContract<XunitV2.Differences>(run)
{
    public sealed class Differences : Framework
    {
        public override string Name => "XunitV2";

        public override string Project => """
            <ItemGroup>
                <PackageReference Include="xunit" Version="2.9.3" />
                <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
                <Using Include="Xunit" />
                <None Include="xunit.runner.json" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            """;

        public override string Test => "[Fact";

        public override string Rows => "[Theory, InlineData(1), InlineData(2), InlineData(3)";

        public override string Sequential => "[Collection(nameof(Sequential))]";

        public override string Parallel => "";

        public override string Files => XunitV3.Differences.SharedFiles;

        public override bool CanAttach => false;
    }
}
