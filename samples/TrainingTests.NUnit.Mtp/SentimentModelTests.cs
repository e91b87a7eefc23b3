using Eco2Test;
using NUnit.Framework;
using Training;

namespace TrainingTests;

public sealed class SentimentModelTests
{
    static SentimentModelTests() => SentimentModels.WarmUp(); // No test pays for what all of them need.

    [Test, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg", Comparison = "sentiment")]
    public void Trains_the_linear_model()
    {
        var accuracy = SentimentModels.TrainLinear(SentimentCorpus.Make(20_000));

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.That(accuracy, Is.GreaterThan(0.88));
    }

    [TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg")]
    [TestCase(2_000)]
    [TestCase(10_000)]
    public void Learns_from_fewer_reviews(int count)
    {
        var accuracy = SentimentModels.TrainLinear(SentimentCorpus.Make(count));

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.That(accuracy, Is.GreaterThan(0.8));
    }

    [Test]
    public void Makes_the_same_reviews_from_the_same_seed() => Assert.That(Texts(2_000), Is.EqualTo(Texts(2_000)));

    private static string[] Texts(int count) => [.. SentimentCorpus.Make(count).Select(review => review.Text)];
}
