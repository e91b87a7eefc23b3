namespace Eco2Test.Diagnosing;

/// <summary>What a benchmark's process is started with, so that it is listened to.</summary>
public sealed class StartupHookTests
{
    private readonly Dictionary<string, string?> _environment = [];

    [Fact]
    public void The_hooks_of_others_stay_behind_ours()
    {
        _environment[StartupHook.HooksVariable] = "theirs.dll";

        BenchmarkProcess.ListenInside(_environment, "ours.dll", "file");

        _environment[StartupHook.HooksVariable].ShouldBe($"ours.dll{Path.PathSeparator}theirs.dll");
        _environment[StartupHook.OthersVariable].ShouldBe("theirs.dll");
        _environment[StartupHook.FileVariable].ShouldBe("file");
    }

    [Theory]
    [InlineData("")]
    [InlineData("folder{0}of/ours.dll")]
    public void A_path_that_NET_would_not_read_as_one_is_not_handed_over_so_that_the_benchmark_starts(string path)
    {
        BenchmarkProcess.ListenInside(_environment, path.Replace("{0}", Path.PathSeparator.ToString(), StringComparison.Ordinal), "file");

        _environment.ShouldBeEmpty();
    }
}
