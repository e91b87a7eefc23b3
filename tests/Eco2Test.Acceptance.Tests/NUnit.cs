namespace Eco2Test.Acceptance.Tests;

public sealed class NUnit_3_14_on_VSTest(SuiteRun<NUnit_3_14_on_VSTest.Cell> run) : FrameworkContract<NUnit_3_14_on_VSTest.Cell>(run)
{
    public sealed class Cell() : NUnit3(Runner.VSTest);
}

public sealed class NUnit_3_14_on_TestingPlatform(SuiteRun<NUnit_3_14_on_TestingPlatform.Cell> run) : FrameworkContract<NUnit_3_14_on_TestingPlatform.Cell>(run)
{
    public sealed class Cell() : NUnit3(Runner.TestingPlatform);
}

public sealed class NUnit_4_6_1_on_VSTest(SuiteRun<NUnit_4_6_1_on_VSTest.Cell> run) : ReferenceContract<NUnit_4_6_1_on_VSTest.Cell>(run)
{
    public sealed class Cell() : NUnit("4.6.1", Runner.VSTest)
    {
        public override bool IsReference => true;
    }
}

public sealed class NUnit_4_6_1_on_TestingPlatform(SuiteRun<NUnit_4_6_1_on_TestingPlatform.Cell> run) : FrameworkContract<NUnit_4_6_1_on_TestingPlatform.Cell>(run)
{
    public sealed class Cell() : NUnit("4.6.1", Runner.TestingPlatform);
}

public sealed class NUnit_5_0_0_on_VSTest(SuiteRun<NUnit_5_0_0_on_VSTest.Cell> run) : FrameworkContract<NUnit_5_0_0_on_VSTest.Cell>(run)
{
    public sealed class Cell() : NUnit("5.0.0", Runner.VSTest);
}

public sealed class NUnit_5_0_0_on_TestingPlatform(SuiteRun<NUnit_5_0_0_on_TestingPlatform.Cell> run) : FrameworkContract<NUnit_5_0_0_on_TestingPlatform.Cell>(run)
{
    public sealed class Cell() : NUnit("5.0.0", Runner.TestingPlatform);
}

/// <summary>NUnit.</summary>
public abstract class NUnit(string version, Runner runner) : Framework("NUnit", version, runner)
{
    public override string Project => $"""
        {(Runner == Runner.VSTest ? "" : "<PropertyGroup><OutputType>Exe</OutputType><EnableNUnitRunner>true</EnableNUnitRunner></PropertyGroup>")}
          <ItemGroup>
            <PackageReference Include="NUnit" Version="{Version}" />
            <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
            <PackageReference Include="{(Runner == Runner.VSTest ? "Microsoft.NET.Test.Sdk\" Version=\"18.11.0" : "Microsoft.Testing.Extensions.TrxReport\" Version=\"2.5.2")}" />
            <Using Include="NUnit.Framework" />
          </ItemGroup>
        """;

    public override string Test => "[Test";

    public override string Skip => "[Test, Ignore(\"later\")";

    public override string Category => "Category(\"slow\")";

    public override string[] Categories => ["slow", "shapes of tests"];

    public override string Retry => "[Test, Retry(3)";

    /// <summary>Only what an assertion finds is tried again.</summary>
    public override string Fail => "Assert.Fail(\"again\")";

    public override string? Timeout => "[Test, CancelAfter(500)";

    public override string TimeoutParameter => "CancellationToken token";

    public override string Thousands => "[TestCaseSource(nameof(Numbers))";

    public override string Sequential => "[TestFixture, NonParallelizable, Category(\"shapes of tests\")]";

    public override string Parallel => "[TestFixture, Parallelizable]";

    public override string[] Fixtures => ["Suite.WithFixtures.Prepare", "Suite.WithFixtures.CleanUp"];

    public override string Files => """
        #file Parallel.cs
        [assembly: LevelOfParallelism(4)]
        #file Fixtures.cs
        using Eco2Test;

        namespace Suite;

        [TestFixture, NonParallelizable]
        [TrackEmissions(Region = "FR")]
        public class WithFixtures
        {
            [OneTimeSetUp]
            public void Prepare() => Work.Burn(0.2);

            [OneTimeTearDown]
            public void CleanUp() => Work.Burn(0.1);

            [Test]
            public void UsesWhatWasPrepared() => Work.Burn(0.02);
        }
        """;

    protected override string RowsOf(params string[] rows) => "[" + string.Join(", ", rows.Select(row => $"TestCase({row})"));
}

/// <summary>NUnit 3 has no time limit that works on .NET, and no hook around fixtures.</summary>
public abstract class NUnit3(Runner runner) : NUnit("3.14.0", runner)
{
    public override string? Timeout => null;

    public override string[] Fixtures => [];
}
