namespace Eco2Test.Acceptance.Tests;

public sealed class XunitV3(SuiteRun<XunitV3.Differences> run) : FrameworkContract<XunitV3.Differences>(run)
{
    public class Differences : Framework
    {
        public override string Name => "XunitV3";

        public override string Project => """
            <PropertyGroup>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="xunit.v3" Version="3.2.2" />
                <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
                <Using Include="Xunit" />
                <None Include="xunit.runner.json" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            """;

        public override string Test => "[Fact";

        public override string Rows => "[Theory, InlineData(1), InlineData(2), InlineData(3)";

        public override string Sequential => "[Collection(nameof(Sequential))]";

        public override string Parallel => "";

        public override string Files => """
            #file Sequential.cs
            namespace Suite;

            [CollectionDefinition(nameof(Sequential), DisableParallelization = true)]
            public class Sequential;
            #file xunit.runner.json
            { "maxParallelThreads": 4 }
            """;
    }
}
