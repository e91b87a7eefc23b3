using Eco2Test.Metering;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace Eco2Test.TestingPlatform;

/// <summary>When the tests of a session ran, as the platform says. Its messages are late, so they carry their times.</summary>
internal sealed class TestTimes
{
    private readonly object _gate = new();
    private readonly List<TimedTest> _tests = [];
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);

    /// <summary>Whether any test has begun, or was skipped: otherwise tests were only looked for.</summary>
    public bool HaveBegun { get; private set; }

    /// <summary>What is known now.</summary>
    public IReadOnlyList<TimedTest> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _tests];
            }
        }
    }

    /// <summary>Forgets the session before.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            HaveBegun = false;
            _tests.Clear();
            _attempts.Clear();
        }
    }

    /// <summary>Notes what is said of a test.</summary>
    public void Add(TestNode node)
    {
        HaveBegun |= node.Properties.SingleOrDefault<TestNodeStateProperty>() is not (null or DiscoveredTestNodeStateProperty);
        if (Outcome(node) is not { } outcome || node.Properties.SingleOrDefault<TimingProperty>()?.GlobalTiming is not { } timing)
        {
            return;
        }

        var method = node.Properties.SingleOrDefault<TestMethodIdentifierProperty>();
        lock (_gate)
        {
            var attempt = _attempts[node.Uid.Value] = _attempts.GetValueOrDefault(node.Uid.Value) + 1;
            _tests.Add(new TimedTest
            {
                Method = method is null ? node.DisplayName : TestName.MethodOf(ClassOf(method), method.MethodName),
                Id = method is null ? node.DisplayName : Id(method, node.DisplayName),
                DisplayName = node.DisplayName,
                StartedAt = timing.StartTime,
                Duration = timing.EndTime > timing.StartTime ? timing.EndTime - timing.StartTime : TimeSpan.Zero,
                Outcome = outcome,
                Attempt = attempt,
                Categories = [.. node.Properties.OfType<TestMetadataProperty>().Select(trait => TestCategories.Of(trait.Key, trait.Value)).Distinct()],
            });
        }
    }

    /// <summary>What became of it; <see langword="null"/> while it has not ended, and when it did not run.</summary>
    private static TestOutcome? Outcome(TestNode node) => node.Properties.SingleOrDefault<TestNodeStateProperty>() switch
    {
        PassedTestNodeStateProperty => TestOutcome.Passed,
        FailedTestNodeStateProperty or ErrorTestNodeStateProperty or TimeoutTestNodeStateProperty => TestOutcome.Failed,
        null or DiscoveredTestNodeStateProperty or InProgressTestNodeStateProperty or SkippedTestNodeStateProperty => null,
        _ => TestOutcome.Unknown,
    };

    private static string Id(TestMethodIdentifierProperty method, string displayName)
    {
        var name = $"{TestName.ClassOf(ClassOf(method))}.{method.MethodName}";
        return method.ParameterTypeFullNames.Length == 0 ? name : name + TestName.ArgumentsOf(ClassOf(method), method.MethodName, displayName);
    }

    private static string ClassOf(TestMethodIdentifierProperty method) =>
        method.Namespace.Length == 0 ? method.TypeName : $"{method.Namespace}.{method.TypeName}";
}
