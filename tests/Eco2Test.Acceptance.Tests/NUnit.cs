namespace Eco2Test.Acceptance.Tests;

public sealed class NUnit(SuiteRun<NUnit.Differences> run) : FrameworkContract<NUnit.Differences>(run)
{
    public sealed class Differences : Framework
    {
        public override string Name => "NUnit";

        public override string Project => """
            <ItemGroup>
                <PackageReference Include="NUnit" Version="4.6.1" />
                <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
                <Using Include="NUnit.Framework" />
              </ItemGroup>
            """;

        public override string Test => "[Test";

        public override string Rows => "[TestCase(1), TestCase(2), TestCase(3)";

        public override string Sequential => "[TestFixture, NonParallelizable]";

        public override string Parallel => "[TestFixture, Parallelizable]";

        public override string Files => """
            #file Parallel.cs
            [assembly: LevelOfParallelism(4)]
            """;
    }
}
