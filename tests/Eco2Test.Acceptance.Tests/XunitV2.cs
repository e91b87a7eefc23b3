namespace Eco2Test.Acceptance.Tests;

public sealed class XunitV2_2_9_3_on_VSTest(SuiteRun<XunitV2_2_9_3_on_VSTest.Cell> run) : ReferenceContract<XunitV2_2_9_3_on_VSTest.Cell>(run)
{
    /// <summary>It tells its hook neither row nor outcome, and a test cannot print from there. What it cannot attach, the collector does.</summary>
    public sealed class Cell() : Xunit("XunitV2", "2.9.3", Runner.VSTest)
    {
        public override bool IsReference => true;

        public override string Project => $"""
            <ItemGroup>
                <PackageReference Include="xunit" Version="{Version}" />
                {VSTestPackages}
                <Using Include="Xunit" />
                <None Include="xunit.runner.json" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            """;

        public override string[] Options => ["--collect", "Eco2Test"];

        public override bool CanPrint => false;
    }
}
