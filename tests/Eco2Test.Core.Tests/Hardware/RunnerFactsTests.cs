using Eco2Test.Core.Tests.Metering;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class RunnerFactsTests
{
    private static readonly (string Name, string Value)[] GitHub = [("GITHUB_ACTIONS", "true"), ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64"), ("ImageOS", "ubuntu24")];

    private static readonly CpuIdentity Epyc7763 = new("AMD EPYC 7763 64-Core Processor", "AuthenticAMD", 25, 1, 1, IsGuest: true, ThreadsPerSocket: 4, LogicalProcessors: 4);

    [Theory]
    [InlineData("github-hosted", "hosted", "RUNNER_ENVIRONMENT")]
    [InlineData("self-hosted", "self-hosted", "RUNNER_ENVIRONMENT")]
    [InlineData("", null, null)]
    [InlineData("something-new", null, null)]
    public void GitHub_says_whose_runner_it_is(string environment, string? ownership, string? source) =>
        Ownership([.. GitHub, ("RUNNER_ENVIRONMENT", environment)]).ShouldBe((ownership, source));

    [Theory]
    [InlineData("1-green.saas-linux-small-amd64.runners-manager.gitlab.com/default", "hosted", "CI_RUNNER_DESCRIPTION")]
    [InlineData("our own saas-linux-small-amd64", null, null)]
    [InlineData("", null, null)]
    public void GitLabs_runner_is_known_by_its_manager_and_of_another_nothing_is(string description, string? ownership, string? source) =>
        Ownership(("GITLAB_CI", "true"), ("CI_RUNNER_DESCRIPTION", description), ("CI_RUNNER_TAGS", "saas-linux-small-amd64")).ShouldBe((ownership, source));

    [Theory]
    [InlineData("9e7d1a3b-0000-0000-0000-000000000000", "hosted", "AGENT_CLOUDID")]
    [InlineData("", null, null)]
    public void Azures_agent_is_known_by_its_cloud_and_of_another_nothing_is(string cloud, string? ownership, string? source) =>
        Ownership(("TF_BUILD", "True"), ("AGENT_NAME", "Azure Pipelines 2"), ("AGENT_CLOUDID", cloud)).ShouldBe((ownership, source));

    [Fact]
    public void A_variable_of_another_service_says_nothing() =>
        Ownership(("RUNNER_ENVIRONMENT", "github-hosted"), ("AGENT_CLOUDID", "x"), ("CI_RUNNER_DESCRIPTION", "a.runners-manager.gitlab.com/default")).ShouldBe((null, null));

    [Fact]
    public void A_label_is_known_also_where_its_power_is_not()
    {
        var hosted = Variables([.. GitHub, ("RUNNER_ENVIRONMENT", "github-hosted")]);

        CiRunner.LabelOf(hosted, Epyc7763).ShouldBe("ubuntu-24.04");
        CiRunner.LabelOf(hosted, Epyc7763 with { LogicalProcessors = 2 }).ShouldBe("ubuntu-24.04");
        CiRunner.Recognise(hosted, Epyc7763 with { LogicalProcessors = 2 }).ShouldBeNull();
        CiRunner.LabelOf(hosted, Epyc7763 with { LogicalProcessors = 64 }).ShouldBeNull();
        CiRunner.LabelOf(Variables([.. GitHub, ("RUNNER_ENVIRONMENT", "self-hosted")]), Epyc7763).ShouldBeNull();
    }

    [Fact]
    public void A_known_runner_brings_its_embodied_carbon_which_is_its_share_of_the_host_already()
    {
        var embodied = CiRunner.Recognise(Variables([.. GitHub, ("RUNNER_ENVIRONMENT", "github-hosted")]), Epyc7763)!.Embodied!.Report;

        (embodied.TotalGrams, embodied.LifetimeSeconds, embodied.Share).ShouldBe((35_990.625, 126_144_000, 1));
        embodied.Source.ShouldStartWith("GitHub's ubuntu-24.04, its share of the host: ");
    }

    [Fact]
    public void The_report_says_it_and_the_user_has_the_last_word()
    {
        var ci = new CiContext("github", "77.1", null, null, null) { RunnerOwnership = "self-hosted", OwnershipSource = "RUNNER_ENVIRONMENT" };

        RunnerOf(ci, new RunSettings()).ShouldBe(new ReportRunner { Provider = "github", Ownership = "self-hosted", OwnershipSource = "RUNNER_ENVIRONMENT" });
        RunnerOf(ci, new RunSettings { RunnerOwnership = RunnerOwnership.Leased }).ShouldBe(new ReportRunner { Provider = "github", Ownership = "leased", OwnershipSource = "set" });
    }

    [Fact]
    public void Outside_of_CI_nothing_is_known_unless_the_user_says_it()
    {
        var nowhere = new CiContext(null, null, null, null, null);

        RunnerOf(nowhere, new RunSettings()).ShouldBeNull();
        RunnerOf(nowhere, new RunSettings { RunnerOwnership = RunnerOwnership.Owned }).ShouldBe(new ReportRunner { Ownership = "owned", OwnershipSource = "set" });
    }

    private static ReportRunner? RunnerOf(CiContext ci, RunSettings settings)
    {
        var machine = new FakeMachine();
        return RunDescription.Run(
            new RunIdentity("Shop.Tests", "net10.0", "Release", "test"), settings, ci, FakeMachine.Describe(machine, SensorSet.None), DateTimeOffset.UnixEpoch).Runner;
    }

    private static (string? Ownership, string? Source) Ownership(params (string Name, string Value)[] variables)
    {
        var ci = CiContext.Read(Variables(variables));
        return (ci.RunnerOwnership, ci.OwnershipSource);
    }

    private static EnvironmentVariables Variables(params (string Name, string Value)[] variables) =>
        new(name => variables.LastOrDefault(variable => variable.Name == name).Value);
}
