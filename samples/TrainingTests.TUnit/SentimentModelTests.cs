using Eco2Test;
using Training;

namespace TrainingTests;

public sealed class SentimentModelTests
{
    static SentimentModelTests() => SentimentModels.WarmUp(); // No test pays for what all of them need.

    [Test, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg", Comparison = "sentiment")]
    public async Task Trains_the_linear_model()
    {
        var accuracy = SentimentModels.TrainLinear(SentimentCorpus.Make(20_000));

        TrackingWindow.Current?.Record("accuracy", accuracy);
        await Assert.That(accuracy).IsGreaterThan(0.88);
    }

    [Test, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg")]
    [Arguments(2_000)]
    [Arguments(10_000)]
    public async Task Learns_from_fewer_reviews(int count)
    {
        var accuracy = SentimentModels.TrainLinear(SentimentCorpus.Make(count));

        TrackingWindow.Current?.Record("accuracy", accuracy);
        await Assert.That(accuracy).IsGreaterThan(0.8);
    }

    [Test]
    public async Task Makes_the_same_reviews_from_the_same_seed() => await Assert.That(Texts(2_000).SequenceEqual(Texts(2_000))).IsTrue();

    private static string[] Texts(int count) => [.. SentimentCorpus.Make(count).Select(review => review.Text)];
}
