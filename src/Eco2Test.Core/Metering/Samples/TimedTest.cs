namespace Eco2Test.Metering;

/// <summary>A test of which its platform says when it ran.</summary>
internal sealed record TimedTest
{
    /// <summary>Namespace, class and method.</summary>
    public required string Method { get; init; }

    /// <summary><see cref="Method"/> and arguments.</summary>
    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public TestOutcome Outcome { get; init; }

    /// <summary>From 1; more when the framework retried the test.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Traits and categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public DateTimeOffset EndedAt => StartedAt + Duration;
}
