using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class CiContextTests
{
    [Fact]
    public void GitHub_names_run_and_attempt_commit_branch_and_pull_request() => Read(
        ("GITHUB_ACTIONS", "true"), ("GITHUB_RUN_ID", "123"), ("GITHUB_RUN_ATTEMPT", "2"), ("GITHUB_SHA", "abc"),
        ("GITHUB_REF", "refs/pull/42/merge"), ("GITHUB_REF_NAME", "42/merge"), ("GITHUB_HEAD_REF", "feature/greener"))
        .ShouldBe(new CiContext("github", "123.2", "abc", "feature/greener", 42));

    [Fact]
    public void GitHub_names_no_pull_request_on_a_branch() => Read(
        ("GITHUB_ACTIONS", "true"), ("GITHUB_RUN_ID", "123"), ("GITHUB_SHA", "abc"),
        ("GITHUB_REF", "refs/heads/pull/42"), ("GITHUB_REF_NAME", "pull/42"), ("GITHUB_HEAD_REF", ""))
        .ShouldBe(new CiContext("github", "123", "abc", "pull/42", null));

    [Fact]
    public void GitLab_names_pipeline_commit_branch_and_merge_request() => Read(
        ("GITLAB_CI", "true"), ("CI_PIPELINE_ID", "77"), ("CI_COMMIT_SHA", "abc"), ("CI_COMMIT_REF_NAME", "feature/greener"), ("CI_MERGE_REQUEST_IID", "5"))
        .ShouldBe(new CiContext("gitlab", "77", "abc", "feature/greener", 5));

    [Fact]
    public void Azure_Pipelines_names_build_and_attempt_commit_and_the_whole_branch() => Read(
        ("TF_BUILD", "True"), ("BUILD_BUILDID", "9"), ("SYSTEM_JOBATTEMPT", "1"), ("BUILD_SOURCEVERSION", "abc"),
        ("BUILD_SOURCEBRANCH", "refs/heads/feature/greener"), ("BUILD_SOURCEBRANCHNAME", "greener"))
        .ShouldBe(new CiContext("azure", "9.1", "abc", "feature/greener", null));

    [Fact]
    public void Azure_Pipelines_names_the_branch_of_a_pull_request_and_not_its_merge() => Read(
        ("TF_BUILD", "True"), ("BUILD_BUILDID", "9"), ("BUILD_SOURCEVERSION", "abc"),
        ("BUILD_SOURCEBRANCH", "refs/pull/6/merge"), ("BUILD_SOURCEBRANCHNAME", "merge"),
        ("SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/feature/greener"), ("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "6"))
        .ShouldBe(new CiContext("azure", "9", "abc", "feature/greener", 6));

    [Fact]
    public void Elsewhere_nothing_is_named_and_nothing_is_made_up()
    {
        Read().ShouldBe(new CiContext(null, null, null, null, null));
        Read(("GITHUB_ACTIONS", " "), ("GITHUB_SHA", "abc")).ShouldBe(new CiContext(null, null, null, null, null));
        Read(("GITHUB_ACTIONS", "true")).ShouldBe(new CiContext("github", null, null, null, null));
        Read(("GITHUB_ACTIONS", "true"), ("GITHUB_REF", "refs/pull/x/merge")).PullRequest.ShouldBeNull();
        Read(("GITLAB_CI", "true"), ("CI_MERGE_REQUEST_IID", "99999999999")).PullRequest.ShouldBeNull();
    }

    private static CiContext Read(params (string Name, string Value)[] variables) => CiContext.Read(
        new EnvironmentVariables(name => variables.FirstOrDefault(variable => variable.Name == name).Value));
}
