namespace Eco2Test.Acceptance.Tests;

public sealed class MSTest_3_11_1_on_VSTest(SuiteRun<MSTest_3_11_1_on_VSTest.Cell> run) : FrameworkContract<MSTest_3_11_1_on_VSTest.Cell>(run)
{
    public sealed class Cell() : MSTest("3.11.1", Runner.VSTest);
}

public sealed class MSTest_3_11_1_on_TestingPlatform(SuiteRun<MSTest_3_11_1_on_TestingPlatform.Cell> run) : FrameworkContract<MSTest_3_11_1_on_TestingPlatform.Cell>(run)
{
    public sealed class Cell() : MSTest("3.11.1", Runner.TestingPlatform)
    {
        /// <summary>It is of the platform's first version.</summary>
        protected override string TrxReport => "1.9.1";

        /// <summary>The extension needs the second: the report is made of the journal, by the tool.</summary>
        public override bool ReportsItself => false;
    }
}

public sealed class MSTest_4_5_3_on_VSTest(SuiteRun<MSTest_4_5_3_on_VSTest.Cell> run) : ReferenceContract<MSTest_4_5_3_on_VSTest.Cell>(run)
{
    public sealed class Cell() : MSTest("4.5.3", Runner.VSTest)
    {
        public override bool IsReference => true;
    }
}

public sealed class MSTest_4_5_3_on_TestingPlatform(SuiteRun<MSTest_4_5_3_on_TestingPlatform.Cell> run) : FrameworkContract<MSTest_4_5_3_on_TestingPlatform.Cell>(run)
{
    public sealed class Cell() : MSTest("4.5.3", Runner.TestingPlatform);
}

/// <summary>MSTest. It does not let its fixtures be seen.</summary>
public abstract class MSTest(string version, Runner runner) : Framework("MSTest", version, runner)
{
    protected virtual string TrxReport => "2.5.2";

    public override string Project => $"""
        {(Runner == Runner.VSTest ? "" : "<PropertyGroup><OutputType>Exe</OutputType><EnableMSTestRunner>true</EnableMSTestRunner></PropertyGroup>")}
          <ItemGroup>
            <PackageReference Include="MSTest.TestFramework" Version="{Version}" />
            <PackageReference Include="MSTest.TestAdapter" Version="{Version}" />
            <PackageReference Include="{(Runner == Runner.VSTest ? "Microsoft.NET.Test.Sdk\" Version=\"18.11.0" : $"Microsoft.Testing.Extensions.TrxReport\" Version=\"{TrxReport}")}" />
            <Using Include="Microsoft.VisualStudio.TestTools.UnitTesting" />
          </ItemGroup>
        """;

    public override string Test => "[TestMethod";

    public override string Skip => "[TestMethod, Ignore(\"later\")";

    public override string Category => "TestCategory(\"slow\")";

    public override string Retry => "[TestMethod, Retry(2)";

    public override string Timeout => "[TestMethod, Timeout(500)";

    public override string Thousands => "[TestMethod, DynamicData(nameof(Numbers))";

    public override string Sequential => "[TestClass, DoNotParallelize]";

    public override string Parallel => "[TestClass]";

    public override string Files => """
        #file Parallel.cs
        [assembly: Parallelize(Workers = 4, Scope = ExecutionScope.ClassLevel)]
        #file Fixtures.cs
        using Eco2Test;

        namespace Suite;

        [TestClass, DoNotParallelize]
        [TrackEmissions(Region = "FR")]
        public class WithFixtures
        {
            [ClassInitialize]
            public static void Prepare(TestContext context) => Work.Burn(0.2);

            [TestMethod]
            public void UsesWhatWasPrepared() => Work.Burn(0.02);
        }
        """;

    protected override string RowsOf(params string[] rows) => "[TestMethod, " + string.Join(", ", rows.Select(row => $"DataRow({row})"));
}
