namespace Eco2Test.Acceptance.Tests;

public sealed class XunitV2(SuiteRun<XunitV2.Differences> run) : FrameworkContract<XunitV2.Differences>(run)
{
    /// <summary>Tests are written as for version 3.</summary>
    public sealed class Differences : XunitV3.Differences
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

        public override bool CanAttach => false;
    }
}
