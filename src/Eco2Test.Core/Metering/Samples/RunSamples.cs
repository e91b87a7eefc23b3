using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>What a run keeps so that tests without a window get their rows when it ends: what nobody has claimed, sample by sample.</summary>
internal sealed class RunSamples(Price price)
{
    private readonly List<UseSample> _samples = [];

    /// <summary>Adds a sample. Under the ledger's gate.</summary>
    public void Add(DateTimeOffset now, ActiveUse unclaimed) => _samples.Add(new UseSample(now, unclaimed));

    /// <summary>The rows of tests that had no window, with the part of the whole that each of them is. Once the run has taken its last sample.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="nextSeq">Gives each row its number.</param>
    public IReadOnlyList<(ReportWindow Window, BoundedEnergy Part)> Rows(IReadOnlyList<TimedTest> tests, Func<int> nextSeq) =>
        [.. tests.Zip(SampledTests.Of(_samples, tests), (test, sampled) => (Row(test, sampled, nextSeq()), sampled.Part))];

    /// <summary>How the rows were made, for people.</summary>
    public static string Remark(int tests) =>
        $"{tests.ToString(CultureInfo.InvariantCulture)} {(tests == 1 ? "test has" : "tests have")} no window of {(tests == 1 ? "its" : "their")} own: "
        + "figures per test are modeled, cut out of samples of the whole process by the time at which each test ran. "
        + "Put [TrackEmissions] on a test, a class or the assembly to have them measured.";

    private ReportWindow Row(TimedTest test, SampledUse sampled, int seq) => new SampledRow
    {
        Seq = seq,
        Id = test.Id,
        DisplayName = test.DisplayName,
        Kind = WindowKind.Test,
        StartedAt = test.StartedAt,
        Duration = test.Duration,
        Use = sampled.Use,
        Energy = sampled.Use.Total.InOrder(),
        IsBelowResolution = sampled.IsBelowResolution,
        IsOverlapped = sampled.IsOverlapped,
    }.At(price) with
    {
        Attempt = test.Attempt,
        Outcome = test.Outcome,
        Categories = test.Categories,
    };
}
