namespace Eco2Test.Acceptance.Tests;

public sealed class MSTest(SuiteRun<MSTest.Differences> run) : FrameworkContract<MSTest.Differences>(run)
{
    public sealed class Differences : Framework
    {
        public override string Name => "MSTest";

        public override string Project => """
            <ItemGroup>
                <PackageReference Include="MSTest.TestFramework" Version="4.5.3" />
                <PackageReference Include="MSTest.TestAdapter" Version="4.5.3" />
                <Using Include="Microsoft.VisualStudio.TestTools.UnitTesting" />
              </ItemGroup>
            """;

        public override string Test => "[TestMethod";

        public override string Rows => "[TestMethod, DataRow(1), DataRow(2), DataRow(3)";

        public override string Sequential => "[TestClass, DoNotParallelize]";

        public override string Parallel => "[TestClass]";

        public override string Files => """
            #file Parallel.cs
            [assembly: Parallelize(Workers = 4, Scope = ExecutionScope.ClassLevel)]
            """;
    }
}
