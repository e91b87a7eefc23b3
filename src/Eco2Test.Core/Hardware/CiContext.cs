using System.Globalization;

namespace Eco2Test.Hardware;

/// <summary>What a CI system says of the run, by its documented environment variables.</summary>
internal sealed record CiContext(string? Name, string? RunId, string? Commit, string? Branch, int? PullRequest)
{
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
        Number(environment["GITHUB_REF"]?.Split('/') is ["refs", "pull", var number, ..] ? number : null));

    private static CiContext GitLab(EnvironmentVariables environment) => new(
        "gitlab", environment["CI_PIPELINE_ID"], environment["CI_COMMIT_SHA"], environment["CI_COMMIT_REF_NAME"],
        Number(environment["CI_MERGE_REQUEST_IID"]));

    private static CiContext AzurePipelines(EnvironmentVariables environment) => new(
        "azure",
        Joined(environment["BUILD_BUILDID"], environment["SYSTEM_JOBATTEMPT"]),
        environment["BUILD_SOURCEVERSION"],
        BranchOf(environment["SYSTEM_PULLREQUEST_SOURCEBRANCH"] ?? environment["BUILD_SOURCEBRANCH"]),
        Number(environment["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"]));

    /// <summary><c>refs/heads/feature/greener</c> as <c>feature/greener</c>.</summary>
    private static string? BranchOf(string? reference) =>
        reference?.StartsWith("refs/heads/", StringComparison.Ordinal) == true ? reference["refs/heads/".Length..] : reference;

    private static string? Joined(string? id, string? attempt) => id is null ? null : attempt is null ? id : $"{id}.{attempt}";

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
