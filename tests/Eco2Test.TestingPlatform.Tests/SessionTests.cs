using System.Reflection;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Microsoft.Testing.Extensions.TrxReport.Abstractions;
using Microsoft.Testing.Platform.Extensions.Messages;

[assembly: AssemblyMetadata("Eco2Test.Build", "Eco2Test.TestingPlatform.Tests.csproj|net10.0|")]

namespace Eco2Test.TestingPlatform.Tests;

/// <summary>A session from its start to its end, and the next one in the same process.</summary>
[Collection(nameof(SessionTests))]
public sealed class SessionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eco2test-session-");

    public void Dispose()
    {
        Ambient.Host = null;
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Each_of_two_sessions_in_one_process_has_a_run_and_a_report_of_its_own()
    {
        var first = await RunAsync(new FakePlatform(("report-emissions", [])), "First");
        var ofFirst = Read();
        var second = await RunAsync(new FakePlatform(("report-emissions", [])), "Second", "Third");
        var ofSecond = Read();

        Ambient.Run.ShouldBeNull();
        ofFirst.Windows.Select(window => (window.Id, window.Sampled)).ShouldBe([("Shop.Tests.Suite.First", true)]);
        ofSecond.Windows.Select(window => window.Id).ShouldBe(["Shop.Tests.Suite.Second", "Shop.Tests.Suite.Third"]);
        ofSecond.Run.Id.ShouldNotBe(ofFirst.Run.Id);
        ofSecond.Run.StartedAt.ShouldBeGreaterThan(ofFirst.Run.StartedAt.AddSeconds(ofFirst.Run.DurationSeconds - 0.1), "what came before is in the first");
        first.Artifacts.Select(artifact => artifact.FileInfo.Name).ShouldBe([Stem + ".eco2test.json", Stem + ".eco2test.md"]);
        first.Artifacts.ShouldAllBe(artifact => artifact.DisplayName.StartsWith("Eco2Test: 1 test ") && artifact.DisplayName.EndsWith("[FR]"));
        second.Terminal.ShouldStartWith("Eco2Test  ");
        second.Nodes.ShouldBeEmpty();
        _folder.GetFiles("*.eco2test.json").Length.ShouldBe(2, "the first report is kept beside the second");
        _folder.GetFiles("*.journal").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_has_the_name_that_was_asked_for()
    {
        var platform = await RunAsync(new FakePlatform(("report-emissions", []), ("report-emissions-filename", ["nightly.eco2test.json"])), "First");

        platform.Artifacts.Select(artifact => artifact.FileInfo.Name).ShouldBe(["nightly.eco2test.json", "nightly.eco2test.md"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_attached_to_tests_goes_when_the_TRX_has_its_copies_and_stays_without(bool hasTrx)
    {
        var platform = new FakePlatform(hasTrx ? [("report-trx", [])] : []);
        await RunAsync(platform, () =>
        {
            TrackingWindow.Start("work").Stop();
            Ambient.Run!.Folder.WriteAttachment(Ambient.Run.Session, 1, "window.eco2test.json", [1]);
        });

        var remover = new AttachmentRemover(platform);
        if (await remover.IsEnabledAsync())
        {
            await remover.AfterRunAsync(0, CancellationToken.None);
        }

        _folder.GetDirectories("eco2test-attachments").Length.ShouldBe(hasTrx ? 0 : 1);
    }

    [Fact]
    public async Task A_session_that_tracked_nothing_and_was_asked_for_nothing_leaves_nothing()
    {
        var platform = await RunAsync(new FakePlatform(), "First");

        platform.Published.ShouldBeEmpty();
        platform.Terminal.ShouldBeEmpty();
        _folder.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_that_only_looked_for_tests_leaves_nothing_though_a_report_was_asked_for()
    {
        var platform = await RunAsync(new FakePlatform(("report-emissions", [])), _folder.FullName, times => times.Add(new TestNode
        {
            Uid = "1", DisplayName = "First", Properties = new PropertyBag(DiscoveredTestNodeStateProperty.CachedInstance),
        }));

        platform.Published.ShouldBeEmpty();
        _folder.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_tracked_is_reported_though_nobody_asked()
    {
        var platform = await RunAsync(new FakePlatform(), () => TrackingWindow.Start("work").Stop());

        Read().Windows.ShouldHaveSingleItem().Id.ShouldBe("work");
        platform.Artifacts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_budget_that_is_exceeded_is_a_failed_test_with_all_that_a_TRX_shows()
    {
        var platform = await RunAsync(new FakePlatform(("energy-budget", ["0.001 uJ"]), ("emissions-budget", ["1 t"])), "First");

        var node = platform.Nodes.ShouldHaveSingleItem();
        node.DisplayName.ShouldBe("Budget of the run");
        node.Properties.Single<FailedTestNodeStateProperty>().Explanation.ShouldNotBeNull().ShouldStartWith("ECO2001: ");
        node.Properties.Single<TrxExceptionProperty>().Message.ShouldNotBeNull().ShouldStartWith("ECO2001: ");
        node.Properties.Single<TrxFullyQualifiedTypeNameProperty>().FullyQualifiedTypeName.ShouldBe("Eco2Test.Budgets");
        platform.Artifacts.Count.ShouldBe(2, "the report says how it came");
    }

    [Fact]
    public async Task A_budget_that_an_earlier_attempt_failed_fails_again_in_the_attempt_that_retries_it()
    {
        var platform = await RunAsync(
            new FakePlatform(("energy-budget", ["1 MJ"]), ("internal-retry-pipename", ["pipe"]), ("filter-uid", ["First", "eco2test-budget:run:", "eco2test-budget:class:Shop.*"])), "First");

        platform.Nodes.Select(node => (node.Uid.Value, node.DisplayName)).ShouldBe(
            [("eco2test-budget:run:", "Budget of the run"), ("eco2test-budget:class:Shop.*", "Budget of class Shop.*")]);
        platform.Nodes[0].Properties.Single<FailedTestNodeStateProperty>().Explanation.ShouldNotBeNull().ShouldStartWith("ECO2001: an earlier attempt");
    }

    [Fact]
    public async Task A_budget_that_each_attempt_exceeds_fails_once_in_each() =>
        (await RunAsync(new FakePlatform(("energy-budget", ["0.001 uJ"]), ("internal-retry-pipename", ["pipe"]), ("filter-uid", ["eco2test-budget:run:"])), "First"))
            .Nodes.ShouldHaveSingleItem().Properties.Single<FailedTestNodeStateProperty>().Explanation.ShouldNotBeNull().ShouldStartWith("ECO2001: the whole run");

    [Fact]
    public async Task A_budget_that_suffices_fails_nothing() =>
        (await RunAsync(new FakePlatform(("energy-budget", ["1 MJ"])), "First")).Nodes.ShouldBeEmpty();

    [Fact]
    public async Task A_budget_without_data_fails_and_names_the_folder()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        var platform = await RunInAsync(file, new FakePlatform(("energy-budget", ["1 MJ"])), "First");

        platform.Nodes.ShouldHaveSingleItem().Properties.Single<FailedTestNodeStateProperty>().Explanation.ShouldNotBeNull().ShouldStartWith("ECO2012: ");
        platform.Terminal.ShouldContain("ECO2022: no report was made: ");
    }

    [Fact]
    public async Task A_budget_fails_where_the_report_cannot_be_written()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, Stem + ".eco2test.json"));

        var platform = await RunAsync(new FakePlatform(("energy-budget", ["1 MJ"])), "First");

        platform.Nodes.ShouldHaveSingleItem().Properties.Single<FailedTestNodeStateProperty>().Explanation.ShouldNotBeNull().ShouldStartWith("ECO2012: ");
        platform.Terminal.ShouldContain("ECO2022: no report was made: ");
        _folder.GetFiles("*.journal").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_budget_fails_where_the_run_could_not_begin_and_no_test_does()
    {
        var platform = new FakePlatform(("energy-budget", ["1 MJ"]));
        var asked = AskedFor.Of(platform, _folder.FullName, new EnvironmentVariables(_ => null), typeof(SessionTests).Assembly);
        var session = new EmissionsSession(asked with { Settings = null! }, new TestTimes(), platform, platform);

        await session.OnTestSessionStartingAsync(platform);
        await session.OnTestSessionFinishingAsync(platform);

        platform.Nodes.ShouldHaveSingleItem().Properties.Single<FailedTestNodeStateProperty>().Explanation.ShouldNotBeNull().ShouldStartWith("ECO2012: ");
        platform.Terminal.ShouldContain(": the run is not tracked: ");
    }

    [Fact]
    public async Task What_an_earlier_run_has_left_that_cannot_be_read_takes_nothing_from_this_one()
    {
        var journal = Path.Combine(_folder.FullName, $"{Stem}.5e55.2147483646.eco2test.journal");
        File.WriteAllText(journal, "no journal");

        var platform = await RunAsync(new FakePlatform(("energy-budget", ["0.001 uJ"])), "First");

        platform.Terminal.ShouldContain($"ECO2022: no report was made of '{journal}': ");
        platform.Artifacts.Count.ShouldBe(2);
        platform.Nodes.ShouldHaveSingleItem().Properties.Single<FailedTestNodeStateProperty>().Explanation.ShouldNotBeNull().ShouldStartWith("ECO2001: ");
        File.Exists(journal).ShouldBeTrue();
    }

    [Fact]
    public async Task The_report_of_a_run_that_was_cut_off_is_made_by_the_next_session()
    {
        await RunAsync(new FakePlatform(("report-emissions", [])), "First");
        var journal = Path.Combine(_folder.FullName, $"{Stem}.5e55.2147483646.eco2test.journal");
        File.WriteAllText(journal, Eco2Test.TestKit.SampleReports.Journal(Read() with { Budgets = null, Timeline = null }));

        var platform = await RunAsync(new FakePlatform(("report-emissions", [])), "Second");

        platform.Terminal.ShouldContain("An earlier run was cut off; its report: ");
        File.Exists(journal).ShouldBeFalse();
    }

    [Fact]
    public async Task The_reports_of_the_build_go_with_that_of_the_tests()
    {
        var build = PutBuild(DateTimeOffset.UtcNow);

        var platform = await RunAsync(new FakePlatform(("report-emissions", [])), _folder.FullName, times => Run(times, "First"), build);

        platform.Artifacts.Select(artifact => artifact.FileInfo.Name).ShouldBe(
            [Stem + ".eco2test.json", Stem + ".eco2test.md", "build.eco2test.json", Stem + ".eco2test.json"]);
        platform.Artifacts.Skip(2).Select(artifact => artifact.DisplayName).ShouldBe(["Eco2Test: build.eco2test.json", $"Eco2Test: build.{Stem}.eco2test.json"]);
    }

    [Fact]
    public async Task In_a_TRX_no_two_of_them_have_one_name()
    {
        var platform = await RunAsync(
            new FakePlatform(("report-emissions", []), ("report-trx", [])), _folder.FullName, times => Run(times, "First"), PutBuild(DateTimeOffset.UtcNow));

        platform.Artifacts.Select(artifact => artifact.FileInfo.Name).ShouldBe(
            [Stem + ".eco2test.json", Stem + ".eco2test.md", "build.eco2test.json", $"build.{Stem}.eco2test.json"]);
    }

    [Fact]
    public async Task An_older_build_does_not_nor_any_with_tests_that_have_no_report()
    {
        (await RunAsync(new FakePlatform(("report-emissions", [])), _folder.FullName, times => Run(times, "First"), PutBuild(DateTimeOffset.UtcNow.AddDays(-10_000)))).Artifacts.Count.ShouldBe(2);
        (await RunAsync(new FakePlatform(), _folder.FullName, times => Run(times, "First"), PutBuild(DateTimeOffset.UtcNow))).Artifacts.ShouldBeEmpty();
    }

    /// <summary>Reports of a build, in a folder of their own.</summary>
    private string PutBuild(DateTimeOffset ended)
    {
        var folder = Path.Combine(_folder.FullName, "builds");
        Directory.CreateDirectory(Path.Combine(folder, "projects"));
        var (shop, project) = (Eco2Test.TestKit.SampleReports.Shop(), typeof(SessionTests).Assembly.GetName().Name!);
        var json = ReportJson.Write(shop with
        {
            Run = shop.Run with { Kind = "build", Project = project, TargetFramework = "net10.0", StartedAt = ended.AddSeconds(-shop.Run.DurationSeconds) },
            Build = new ReportBuild { Succeeded = true },
            Windows = [shop.Windows[0] with { Kind = WindowKind.Project, DisplayName = project }],
        });
        File.WriteAllText(Path.Combine(folder, "build.eco2test.json"), json);
        File.WriteAllText(Path.Combine(folder, "projects", Stem + ".eco2test.json"), json);
        return folder;
    }

    private static string Stem => $"{typeof(SessionTests).Assembly.GetName().Name}_net10.0";

    private EmissionsReport Read() => ReportJson.Read(File.ReadAllText(Path.Combine(_folder.FullName, Stem + ".eco2test.json")));

    private Task<FakePlatform> RunAsync(FakePlatform platform, params string[] tests) => RunInAsync(_folder.FullName, platform, tests);

    private static Task<FakePlatform> RunInAsync(string results, FakePlatform platform, params string[] tests) =>
        RunAsync(platform, results, times => Array.ForEach(tests, test => Run(times, test)));

    private Task<FakePlatform> RunAsync(FakePlatform platform, Action work) => RunAsync(platform, _folder.FullName, _ => work());

    private static async Task<FakePlatform> RunAsync(FakePlatform platform, string results, Action<TestTimes> run, string? builds = null)
    {
        var environment = new EnvironmentVariables(name => name == "ECO2TEST_REGION" ? "FR" : name == "ECO2TEST_BUILD_RESULTS" ? builds : null);
        var asked = AskedFor.Of(platform, results, environment, typeof(SessionTests).Assembly);
        asked = asked with { Settings = new Dictionary<string, string>(asked.Settings) { ["ECO2TEST_REGION"] = "FR" } };
        var times = new TestTimes();
        var session = new EmissionsSession(asked, times, platform, platform);
        await session.OnTestSessionStartingAsync(platform);
        run(times);
        await session.OnTestSessionFinishingAsync(platform);
        return platform;
    }

    private static void Run(TestTimes times, string name)
    {
        var start = DateTimeOffset.UtcNow;
        Thread.SpinWait(1_000_000);
        times.Add(new TestNode
        {
            Uid = name,
            DisplayName = name,
            Properties = new PropertyBag(
                new PassedTestNodeStateProperty(), new TestMethodIdentifierProperty("", "Shop.Tests", "Suite", name, 0, [], "System.Void"),
                new TimingProperty(new TimingInfo(start, DateTimeOffset.UtcNow, TimeSpan.Zero))),
        });
    }
}
