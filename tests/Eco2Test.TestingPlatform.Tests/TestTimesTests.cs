using Microsoft.Testing.Platform.Extensions.Messages;

namespace Eco2Test.TestingPlatform.Tests;

/// <summary>What is taken of the platform's messages.</summary>
public sealed class TestTimesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    private readonly TestTimes _times = new();

    [Fact]
    public void A_test_that_has_ended_is_noted_with_its_names_its_time_and_its_outcome()
    {
        _times.Add(Node("1", new PassedTestNodeStateProperty(), "Rows(n: 2)", "System.Int32"));

        _times.All.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            test => test.Method.ShouldBe("Shop.Tests.Suite.Inner.Rows"),
            test => test.Id.ShouldBe("Shop.Tests.Suite.Inner.Rows(n: 2)"),
            test => test.DisplayName.ShouldBe("Rows(n: 2)"),
            test => test.StartedAt.ShouldBe(Start),
            test => test.Duration.ShouldBe(TimeSpan.FromSeconds(2)),
            test => test.Outcome.ShouldBe(TestOutcome.Passed),
            test => test.Categories.ShouldBe(["Slow", "owner=us", "Nightly"], ignoreOrder: true),
            test => test.Attempt.ShouldBe(1));
    }

    [Fact]
    public void What_was_found_has_begun_or_was_skipped_is_not()
    {
        _times.Add(Node("1", DiscoveredTestNodeStateProperty.CachedInstance, "Rows"));
        _times.Add(Node("1", InProgressTestNodeStateProperty.CachedInstance, "Rows"));
        _times.Add(Node("1", new SkippedTestNodeStateProperty(), "Rows"));
        _times.Add(new TestNode { Uid = "2", DisplayName = "no time", Properties = new PropertyBag(new PassedTestNodeStateProperty()) });

        _times.All.ShouldBeEmpty();
    }

    [Fact]
    public void Attempts_are_counted_and_forgotten_with_their_session()
    {
        _times.Add(Node("1", new FailedTestNodeStateProperty("no"), "Rows"));
        _times.Add(Node("1", new ErrorTestNodeStateProperty("no"), "Rows"));
        _times.Add(Node("1", new TimeoutTestNodeStateProperty("no"), "Rows"));

        _times.All.Select(test => (test.Attempt, test.Outcome)).ShouldBe([(1, TestOutcome.Failed), (2, TestOutcome.Failed), (3, TestOutcome.Failed)]);
        _times.Clear();
        _times.Add(Node("1", new PassedTestNodeStateProperty(), "Rows"));
        _times.All.ShouldHaveSingleItem().Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_makes_no_sense_ends_nothing()
    {
        var node = Node("1", new PassedTestNodeStateProperty(), "Rows");
        node.Properties.Add(new TimingProperty(new TimingInfo(Start, Start, TimeSpan.Zero)));

        await new TestTimesConsumer(_times, asked: null!).ConsumeAsync(null!, new TestNodeUpdateMessage(new("session"), node), CancellationToken.None);

        _times.All.ShouldBeEmpty("it has two times");
    }

    private static TestNode Node(string uid, TestNodeStateProperty state, string displayName, params string[] parameters) => new()
    {
        Uid = uid,
        DisplayName = displayName,
        Properties = new PropertyBag(
            state,
            new TestMethodIdentifierProperty("", "Shop.Tests", "Suite+Inner", "Rows", 0, parameters, "System.Void"),
            new TestMetadataProperty("Category", "Slow"),
            new TestMetadataProperty("owner", "us"),
            new TestMetadataProperty("Nightly"),
            new TimingProperty(new TimingInfo(Start, Start.AddSeconds(2), TimeSpan.FromSeconds(1)))),
    };
}
