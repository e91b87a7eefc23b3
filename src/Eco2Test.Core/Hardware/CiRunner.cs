using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Hardware;

/// <summary>
/// A machine that a CI service lends, of a kind whose power is known (<c>ci-runners.csv</c>). It is recognised only by what
/// the service itself documents; somebody's own runner says so, or says nothing, and is never taken for one of these.
/// </summary>
/// <param name="Name">Service and label, such as <c>GitHub's ubuntu-24.04</c>.</param>
/// <param name="CpuModel">The processor that the figures belong to.</param>
/// <param name="IsCpuConfirmed">Whether that is known to be this machine's: it says so, or the service promises it.</param>
/// <param name="VirtualCpus">Logical CPUs of the machine.</param>
/// <param name="Idle">Wall power of the machine's share of its host at rest, memory included.</param>
/// <param name="Full">The same with all its CPUs busy.</param>
/// <param name="Curve">Its curve in <c>machine-power-curves.csv</c>.</param>
/// <param name="Source">Where the figures are from.</param>
internal sealed record CiRunner(
    string Name, string CpuModel, bool IsCpuConfirmed, int VirtualCpus, Power Idle, Power Full, string Curve, string Source)
{
    private const string GitLabManagers = ".runners-manager.gitlab.com/";

    /// <summary>What making its share of the host emitted; <see langword="null"/> when nobody says.</summary>
    public EmbodiedCarbon? Embodied { get; private init; }

    /// <summary>The runner that this process is on, or <see langword="null"/> when it is on none whose power is known.</summary>
    public static CiRunner? Recognise(EnvironmentVariables environment, CpuIdentity cpu)
    {
        var wanted = OnGitHub(environment) ?? OnGitLab(environment);
        if (wanted is not { } runner)
        {
            return null;
        }

        foreach (var row in new CsvScan(ProductData.Bytes("ci-runners.csv")))
        {
            if (IsOf(row, runner, cpu) && !row.IsEmpty(13) && !row.IsEmpty(15) && MayBe(cpu, row.Text(7)))
            {
                var (name, isConfirmed) = ($"{(runner.Service == "github" ? "GitHub" : "GitLab")}'s {row.Text(1)}", cpu.HasName || runner.System == "macos");
                return new CiRunner(
                    name,
                    row.Text(7),
                    isConfirmed,
                    cpu.LogicalProcessors,
                    Power.FromWatts(row.Number(13)),
                    Power.FromWatts(row.Number(15)),
                    row.Text(16),
                    row.Text(19))
                {
                    Embodied = row.IsEmpty(17) || row.IsEmpty(18) ? null : new EmbodiedCarbon(
                        Emissions.FromGrams(row.Number(17)),
                        TimeSpan.FromSeconds(row.Number(18)),
                        Share: 1,
                        $"{name}, its share of the host{(isConfirmed ? "" : " (its processor is not confirmed)")}: {row.Text(19)}"),
                };
            }
        }

        return null;
    }

    /// <summary>The label of the table under which this process runs; <see langword="null"/> when it has none there. Its power need not be known.</summary>
    public static string? LabelOf(EnvironmentVariables environment, CpuIdentity cpu)
    {
        if ((OnGitHub(environment) ?? OnGitLab(environment)) is { } runner)
        {
            foreach (var row in new CsvScan(ProductData.Bytes("ci-runners.csv")))
            {
                if (IsOf(row, runner, cpu))
                {
                    return row.Text(1);
                }
            }
        }

        return null;
    }

    /// <summary>Whether it is the manager of a runner that GitLab lends: anybody can give a runner of their own a tag of GitLab's; the name of the manager is GitLab's.</summary>
    public static bool IsOfGitLab(EnvironmentVariables environment) =>
        environment["CI_RUNNER_DESCRIPTION"]?.Contains(GitLabManagers, StringComparison.Ordinal) == true;

    /// <summary>
    /// The number of CPUs tells sizes of one label apart. A process that may use fewer than all of them cannot be told from a
    /// smaller machine, and is left to weaker evidence.
    /// </summary>
    private static bool IsOf(CsvRow row, Wanted runner, CpuIdentity cpu) =>
        row.Is(0, runner.Service) && row.Is(1, runner.Label) && row.Is(3, runner.System) && row.Is(4, runner.Architecture) && row.Integer(5) == cpu.LogicalProcessors;

    /// <summary>
    /// Services mix processors under one label: a machine that names another one than the row is not the row's, nor is one
    /// without a name of another maker.
    /// </summary>
    private static bool MayBe(CpuIdentity cpu, string model) => cpu switch
    {
        { HasName: true } => string.Equals(CpuName.Normalized(cpu.ModelName), model, StringComparison.OrdinalIgnoreCase),
        { Vendor: "AuthenticAMD" } => model.StartsWith("AMD ", StringComparison.Ordinal),
        { Vendor: "GenuineIntel" } => model.StartsWith("Intel ", StringComparison.Ordinal),
        _ => true,
    };

    private static Wanted? OnGitHub(EnvironmentVariables environment)
    {
        if (environment["GITHUB_ACTIONS"] is null || environment["RUNNER_ENVIRONMENT"] != "github-hosted")
        {
            return null;
        }

        var system = environment["RUNNER_OS"]?.ToLowerInvariant();
        var image = environment["ImageOS"];
        var label = system switch
        {
            "linux" => image is null ? "ubuntu-latest" : $"ubuntu-{VersionOf(image, "ubuntu")}.04",
            "windows" => image is null ? "windows-latest" : $"windows-20{VersionOf(image, "win")}",
            "macos" => image is null ? "macos-latest" : $"macos-{VersionOf(image, "macos")}",
            _ => "",
        };
        return new Wanted("github", label, system ?? "", environment["RUNNER_ARCH"]?.ToLowerInvariant() ?? "");
    }

    /// <summary>The 24 of <c>ubuntu24</c>, the 25 of <c>win25-vs2026</c>. A job in a container may not be told its image; it is then taken for the latest.</summary>
    private static string VersionOf(string image, string prefix) =>
        image.StartsWith(prefix, StringComparison.Ordinal) ? image[prefix.Length..].Split('-')[0] : "?";

    private static Wanted? OnGitLab(EnvironmentVariables environment)
    {
        if (environment["GITLAB_CI"] is null || !IsOfGitLab(environment))
        {
            return null;
        }

        var description = environment["CI_RUNNER_DESCRIPTION"]!;

        // ["gitlab--duo", "saas-linux-small-amd64"], or the same without brackets and quotes in older versions; the name
        // of the manager (1-green.saas-linux-small-amd64.runners-manager…) says it too.
        var words = $"{environment["CI_RUNNER_TAGS"]},{description[..description.IndexOf(GitLabManagers, StringComparison.Ordinal)]}"
            .Split(['[', ']', '"', ',', '.', ' '], StringSplitOptions.RemoveEmptyEntries);
        var labels = words.Where(word => word.StartsWith("saas-linux-", StringComparison.Ordinal)).Distinct().ToList();
        return labels is [var label] && label.EndsWith("-amd64", StringComparison.Ordinal) ? new Wanted("gitlab", label, "linux", "x64") : null;
    }

    private readonly record struct Wanted(string Service, string Label, string System, string Architecture);
}
