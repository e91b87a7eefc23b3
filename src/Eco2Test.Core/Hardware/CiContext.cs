using System.Globalization;

namespace Eco2Test.Hardware;

/// <summary>What a CI system says of the run, by its documented environment variables.</summary>
internal sealed record CiContext(string? Name, string? RunId, string? Commit, string? Branch, int? PullRequest)
{
    public const string Hosted = "hosted";
    public const string SelfHosted = "self-hosted";

    /// <summary>Whose machine it is, as far as the service itself says so: <c>hosted</c> or <c>self-hosted</c>.</summary>
    public string? RunnerOwnership { get; init; }

    /// <summary>What says so: the name of a variable.</summary>
    public string? OwnershipSource { get; init; }

    public static CiContext Read(EnvironmentVariables environment) =>
        environment["GITHUB_ACTIONS"] is not null ? GitHub(environment)
        : environment["GITLAB_CI"] is not null ? GitLab(environment)
        : environment["TF_BUILD"] is not null ? AzurePipelines(environment)
        : new CiContext(null, null, null, null, null);

    private static CiContext GitHub(EnvironmentVariables environment) => new(
        "github",
        Joined(environment["GITHUB_RUN_ID"], environment["GITHUB_RUN_ATTEMPT"]),
        environment["GITHUB_SHA"],
        environment["GITHUB_HEAD_REF"] ?? environment["GITHUB_REF_NAME"],
        Number(environment["GITHUB_REF"]?.Split('/') is ["refs", "pull", var number, ..] ? number : null))
    {
        RunnerOwnership = environment["RUNNER_ENVIRONMENT"] switch { "github-hosted" => Hosted, "self-hosted" => SelfHosted, _ => null },
        OwnershipSource = environment["RUNNER_ENVIRONMENT"] is "github-hosted" or "self-hosted" ? "RUNNER_ENVIRONMENT" : null,
    };

    private static CiContext GitLab(EnvironmentVariables environment) => new(
        "gitlab", environment["CI_PIPELINE_ID"], environment["CI_COMMIT_SHA"], environment["CI_COMMIT_REF_NAME"],
        Number(environment["CI_MERGE_REQUEST_IID"]))
    {
        RunnerOwnership = CiRunner.IsOfGitLab(environment) ? Hosted : null,
        OwnershipSource = CiRunner.IsOfGitLab(environment) ? "CI_RUNNER_DESCRIPTION" : null,
    };

    private static CiContext AzurePipelines(EnvironmentVariables environment) => new(
        "azure",
        Joined(environment["BUILD_BUILDID"], environment["SYSTEM_JOBATTEMPT"]),
        environment["BUILD_SOURCEVERSION"],
        BranchOf(environment["SYSTEM_PULLREQUEST_SOURCEBRANCH"] ?? environment["BUILD_SOURCEBRANCH"]),
        Number(environment["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"]))
    {
        // What lends agents gives them the id of its cloud, by which Microsoft's own tasks tell them; agents of one's own, and
        // older ones, have none.
        RunnerOwnership = environment["AGENT_CLOUDID"] is null ? null : Hosted,
        OwnershipSource = environment["AGENT_CLOUDID"] is null ? null : "AGENT_CLOUDID",
    };

    /// <summary><c>refs/heads/feature/greener</c> as <c>feature/greener</c>.</summary>
    private static string? BranchOf(string? reference) =>
        reference?.StartsWith("refs/heads/", StringComparison.Ordinal) == true ? reference["refs/heads/".Length..] : reference;

    private static string? Joined(string? id, string? attempt) => id is null ? null : attempt is null ? id : $"{id}.{attempt}";

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
