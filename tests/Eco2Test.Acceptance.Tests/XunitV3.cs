namespace Eco2Test.Acceptance.Tests;

public sealed class XunitV3_3_2_2_on_VSTest(SuiteRun<XunitV3_3_2_2_on_VSTest.Cell> run) : ReferenceContract<XunitV3_3_2_2_on_VSTest.Cell>(run)
{
    public sealed class Cell() : XunitV3("3.2.2", Runner.VSTest)
    {
        public override bool IsReference => true;
    }
}

public sealed class XunitV3_3_2_2_on_TestingPlatform(SuiteRun<XunitV3_3_2_2_on_TestingPlatform.Cell> run) : FrameworkContract<XunitV3_3_2_2_on_TestingPlatform.Cell>(run)
{
    public sealed class Cell() : XunitV3("3.2.2", Runner.TestingPlatform)
    {
        /// <summary>The package without this suffix is of the platform's first version.</summary>
        protected override string Package => "xunit.v3.mtp-v2";

        protected override string TrxReport => "2.0.2";
    }
}

public sealed class XunitV3_4_0_2_on_VSTest(SuiteRun<XunitV3_4_0_2_on_VSTest.Cell> run) : FrameworkContract<XunitV3_4_0_2_on_VSTest.Cell>(run)
{
    public sealed class Cell() : XunitV3("4.0.2", Runner.VSTest);
}

public sealed class XunitV3_4_0_2_on_TestingPlatform(SuiteRun<XunitV3_4_0_2_on_TestingPlatform.Cell> run) : FrameworkContract<XunitV3_4_0_2_on_TestingPlatform.Cell>(run)
{
    public sealed class Cell() : XunitV3("4.0.2", Runner.TestingPlatform)
    {
        /// <summary>The second result of a body that ends after its time is one that the TRX reporter cannot write.</summary>
        public override string TimeoutToken => "";
    }
}

/// <summary>xUnit v3. It has no attempts, and does not let its fixtures be seen.</summary>
public abstract class XunitV3(string version, Runner runner) : Xunit("XunitV3", version, runner)
{
    /// <summary>That of the platform which the framework was built with.</summary>
    protected virtual string TrxReport => "2.5.1";

    protected virtual string Package => "xunit.v3";

    // The SDK refuses VSTest for what could run under the platform's second version, unless it is told.
    public override string Project => $"""
        <PropertyGroup>
            <OutputType>Exe</OutputType>
            {(Runner == Runner.VSTest ? "<IsTestingPlatformApplication>false</IsTestingPlatformApplication>" : "<TestingPlatformDotnetTestSupport>true</TestingPlatformDotnetTestSupport>")}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{Package}" Version="{Version}" />
            {(Runner == Runner.VSTest ? VSTestPackages : $"<PackageReference Include=\"Microsoft.Testing.Extensions.TrxReport\" Version=\"{TrxReport}\" />")}
            <Using Include="Xunit" />
            <None Include="xunit.runner.json" CopyToOutputDirectory="PreserveNewest" />
          </ItemGroup>
        """;

    public override string TimeoutToken => ", TestContext.Current.CancellationToken";

    public override bool BodyMayOutliveTheRun => Runner == Runner.TestingPlatform;
}
