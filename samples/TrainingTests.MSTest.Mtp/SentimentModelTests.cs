using Eco2Test;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Training;

namespace TrainingTests;

[TestClass]
public sealed class SentimentModelTests
{
    static SentimentModelTests() => SentimentModels.WarmUp(); // No test pays for what all of them need.

    [TestMethod, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg", Comparison = "sentiment")]
    public void Trains_the_linear_model()
    {
        var accuracy = SentimentModels.TrainLinear(SentimentCorpus.Make(20_000));

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.IsGreaterThan(0.88, accuracy);
    }

    [TestMethod, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg")]
    [DataRow(2_000)]
    [DataRow(10_000)]
    public void Learns_from_fewer_reviews(int count)
    {
        var accuracy = SentimentModels.TrainLinear(SentimentCorpus.Make(count));

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.IsGreaterThan(0.8, accuracy);
    }

    [TestMethod]
    public void Makes_the_same_reviews_from_the_same_seed() => CollectionAssert.AreEqual(Texts(2_000), Texts(2_000));

    private static string[] Texts(int count) => [.. SentimentCorpus.Make(count).Select(review => review.Text)];
}
