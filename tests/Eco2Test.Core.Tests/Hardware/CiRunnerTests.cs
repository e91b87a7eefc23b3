using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class CiRunnerTests
{
    private static readonly CpuIdentity Epyc7763 = new("AMD EPYC 7763 64-Core Processor", "AuthenticAMD", 25, 1, 1, IsGuest: true, ThreadsPerSocket: 4, LogicalProcessors: 4);

    private static readonly CpuIdentity Epyc7B12 = new("AMD EPYC 7B12", "AuthenticAMD", 23, 49, 0, IsGuest: true, ThreadsPerSocket: 2, LogicalProcessors: 2);

    private static readonly CpuIdentity Nameless = new("unknown X64 processor", null, null, null, null, IsGuest: false, ThreadsPerSocket: null, LogicalProcessors: 4);

    private static readonly (string Name, string Value)[] GitHubLinux =
        [("GITHUB_ACTIONS", "true"), ("RUNNER_ENVIRONMENT", "github-hosted"), ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64"), ("ImageOS", "ubuntu24")];

    private static readonly (string Name, string Value)[] GitLabSmall =
    [
        ("GITLAB_CI", "true"), ("CI_RUNNER_DESCRIPTION", "1-green.saas-linux-small-amd64.runners-manager.gitlab.com/default"),
        ("CI_RUNNER_TAGS", "[\"gitlab--duo\", \"saas-linux-small-amd64\"]"),
    ];

    [Fact]
    public void GitHubs_runner_is_known_by_its_image_its_architecture_and_its_CPUs()
    {
        var runner = Recognise(Epyc7763, GitHubLinux)!;

        (runner.Name, runner.CpuModel, runner.IsCpuConfirmed, runner.VirtualCpus).ShouldBe(("GitHub's ubuntu-24.04", "AMD EPYC 7763", true, 4));
        (runner.Idle.Watts, runner.Full.Watts).ShouldBe((1.759, 8.18));
    }

    [Fact]
    public void GitLabs_runner_is_known_by_its_manager_and_its_tag()
    {
        var runner = Recognise(Epyc7B12, GitLabSmall)!;

        (runner.Name, runner.CpuModel, runner.VirtualCpus).ShouldBe(("GitLab's saas-linux-small-amd64", "AMD EPYC 7B12", 2));
        (runner.Idle.Watts, runner.Full.Watts).ShouldBe((1.064, 4.409));
        Recognise(Epyc7B12 with { LogicalProcessors = 4 }, With(GitLabSmall,
            ("CI_RUNNER_DESCRIPTION", "3-blue.shared.runners-manager.gitlab.com/default"), ("CI_RUNNER_TAGS", "gce, docker, saas-linux-medium-amd64")))!
            .Name.ShouldBe("GitLab's saas-linux-medium-amd64", "as older versions write tags");
    }

    [Theory]
    [InlineData("ubuntu22", "GitHub's ubuntu-22.04")]
    [InlineData("ubuntu24", "GitHub's ubuntu-24.04")]
    [InlineData("", "GitHub's ubuntu-latest")]
    public void An_image_is_a_label_and_a_job_in_a_container_has_the_latest(string image, string name) =>
        Recognise(Epyc7763, With(GitHubLinux, ("ImageOS", image)))!.Name.ShouldBe(name);

    [Theory]
    [InlineData("win22", "GitHub's windows-2022")]
    [InlineData("win25", "GitHub's windows-2025")]
    [InlineData("win25-vs2026", "GitHub's windows-2025")]
    [InlineData("", "GitHub's windows-latest")]
    public void An_image_of_Windows_may_say_more_than_its_version(string image, string name) =>
        Recognise(Epyc7763, With(GitHubLinux, ("RUNNER_OS", "Windows"), ("ImageOS", image)))!.Name.ShouldBe(name);

    [Fact]
    public void A_Mac_is_the_one_that_GitHub_promises()
    {
        var runner = Recognise(Nameless with { LogicalProcessors = 3 }, With(GitHubLinux, ("RUNNER_OS", "macOS"), ("RUNNER_ARCH", "ARM64"), ("ImageOS", "macos14")))!;

        (runner.Name, runner.CpuModel, runner.IsCpuConfirmed).ShouldBe(("GitHub's macos-14", "Apple M1", true));
    }

    [Fact]
    public void A_system_that_does_not_name_its_processor_leaves_the_runner_unconfirmed_and_its_bounds_wide()
    {
        var runner = Recognise(Nameless, With(GitHubLinux, ("RUNNER_OS", "Windows"), ("ImageOS", "win25")))!;
        runner.Name.ShouldBe("GitHub's windows-2025");
        runner.IsCpuConfirmed.ShouldBeFalse();

        var model = CpuPowerModels.Choose(Nameless, userWatts: null, runner);
        model.Provenance.ShouldBe(Provenance.Assumed);
        (model.LowFactor, model.HighFactor).ShouldBe((0.4, 2.5));
        model.Detail.ShouldContain("AMD EPYC 7763 (not confirmed: this system does not name its processor)");
    }

    [Theory]
    [InlineData("RUNNER_ENVIRONMENT", "self-hosted")]
    [InlineData("RUNNER_ENVIRONMENT", "")]
    [InlineData("GITHUB_ACTIONS", "")]
    [InlineData("RUNNER_ARCH", "ARM64")]
    [InlineData("RUNNER_ARCH", "")]
    [InlineData("RUNNER_OS", "macOS")]
    [InlineData("RUNNER_OS", "")]
    [InlineData("ImageOS", "ubuntu99")]
    [InlineData("ImageOS", "win25")]
    [InlineData("ImageOS", "?")]
    public void What_GitHub_does_not_say_is_not_guessed(string name, string value) =>
        Recognise(Epyc7763, With(GitHubLinux, (name, value))).ShouldBeNull();

    [Theory]
    [InlineData("CI_RUNNER_DESCRIPTION", "our own runner")]
    [InlineData("CI_RUNNER_DESCRIPTION", "")]
    [InlineData("GITLAB_CI", "")]
    [InlineData("CI_RUNNER_TAGS", "[\"saas-linux-medium-amd64\"]")]
    [InlineData("CI_RUNNER_TAGS", "[\"saas-linux-small-amd64-gpu-standard\"]")]
    public void A_tag_of_GitLabs_on_a_runner_of_ones_own_is_no_evidence_and_neither_are_two(string name, string value) =>
        Recognise(Epyc7B12, With(GitLabSmall, (name, value))).ShouldBeNull();

    [Fact]
    public void Nowhere_is_no_runner() => Recognise(Epyc7763).ShouldBeNull();

    [Fact]
    public void Another_processor_than_the_runners_is_no_match_since_services_mix_them()
    {
        Recognise(Epyc7763 with { ModelName = "AMD EPYC 9V74 80-Core Processor" }, GitHubLinux).ShouldBeNull();
        Recognise(Epyc7763 with { ModelName = "AMD EPYC" }, GitHubLinux).ShouldBeNull();
        Recognise(Epyc7B12 with { ModelName = "Intel(R) Xeon(R) CPU @ 2.20GHz" }, GitLabSmall).ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Another_number_of_CPUs_is_another_machine(int cpus) =>
        Recognise(Epyc7763 with { LogicalProcessors = cpus }, GitHubLinux).ShouldBeNull();

    [Fact]
    public void A_runner_without_watts_is_no_evidence()
    {
        Recognise(Epyc7763 with { LogicalProcessors = 2 }, GitHubLinux).ShouldBeNull("the runner of private repositories");
        CpuPowerModels.Choose(Epyc7763 with { LogicalProcessors = 2 }, null, Recognise(Epyc7763 with { LogicalProcessors = 2 }, GitHubLinux)).Source.ShouldBe("microarchitecture");
    }

    [Fact]
    public void The_watts_of_a_runner_are_those_of_one_of_its_CPUs_memory_included()
    {
        var model = CpuPowerModels.Choose(Epyc7763, userWatts: null, Recognise(Epyc7763, GitHubLinux));

        model.Source.ShouldBe("ci-runner");
        model.Provenance.ShouldBe(Provenance.Modeled);
        model.ActivePower.Central.Watts.ShouldBe((8.18 - 1.759) / 4, 1e-12);
        model.IdlePower.Central.Watts.ShouldBe(1.759 / 4, 1e-12);
        model.IncludesMemory.ShouldBeTrue();
        model.LowFactor.ShouldBe(0.64, 1e-12);
        model.HighFactor.ShouldBe(1.44, 1e-12);
        model.Detail.ShouldBe("GitHub's ubuntu-24.04 with 4 vCPUs, AMD EPYC 7763: 8.18 W busy, 1.76 W idle, memory included (github docs (runner reference); Eco-CI)");
    }

    [Fact]
    public void A_runner_stands_between_the_users_watts_and_the_TDP()
    {
        var bareMetal = Epyc7763 with { IsGuest = false, ThreadsPerSocket = 128 };
        var runner = Recognise(Epyc7763, GitHubLinux);

        CpuPowerModels.Choose(bareMetal, Power.FromWatts(5), runner).Source.ShouldBe("user-watts");
        CpuPowerModels.Choose(bareMetal, null, runner).Source.ShouldBe("ci-runner");
        CpuPowerModels.Choose(bareMetal, null).Source.ShouldBe("tdp-per-thread");
    }

    [Fact]
    public void Every_runner_with_watts_has_a_curve_that_agrees_with_them()
    {
        var curves = KnownCurve.All();
        using var table = ProductData.Open("ci-runners.csv");
        var rows = CsvTable.Rows(table).ToList();
        rows.Count.ShouldBe(19);
        rows.Select(row => (row[0], row[1], row[2])).ShouldBeUnique();

        foreach (var row in rows.Where(row => row[13].Length > 0))
        {
            var curve = curves[row[16]];
            new[] { row[13], row[14], row[15] }.Select(text => double.Parse(text, CultureInfo.InvariantCulture))
                .ShouldBe([curve.Watts(0), curve.Watts(50), curve.Watts(100)], row[1]);
        }
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_recognises_the_same(string culture)
    {
        var here = CpuPowerModels.Choose(Epyc7763, null, Recognise(Epyc7763, GitHubLinux));

        HostileCulture.Run(culture, () => CpuPowerModels.Choose(Epyc7763, null, Recognise(Epyc7763, GitHubLinux)).ShouldBe(here));
    }

    private static (string Name, string Value)[] With((string Name, string Value)[] variables, params (string Name, string Value)[] others) => [.. others, .. variables];

    private static CiRunner? Recognise(CpuIdentity cpu, params (string Name, string Value)[] variables) => CiRunner.Recognise(
        new EnvironmentVariables(name => variables.FirstOrDefault(variable => variable.Name == name).Value), cpu);
}
