using Eco2Test;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Training;

namespace TrainingTests;

[TestClass]
public sealed class SentimentModelTests
{
    private static readonly IReadOnlyList<Review> Reviews = SentimentCorpus.Make(20_000);

    [ClassInitialize]
    public static void Warm_up(TestContext _) => SentimentModels.WarmUp(); // No test pays for what all of them need.

    [TestMethod, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg", Comparison = "sentiment")]
    public void Trains_the_linear_model()
    {
        var accuracy = SentimentModels.TrainLinear(Reviews);

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.IsGreaterThan(0.88, accuracy);
    }

    [TestMethod, TrackEmissions(Region = "FR", EnergyBudget = "30 J", EmissionsBudget = "0.6 mg", Comparison = "sentiment")]
    public void Trains_the_boosted_trees()
    {
        var accuracy = SentimentModels.TrainBoostedTrees(Reviews);

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.IsGreaterThan(0.88, accuracy);
    }

    [TestMethod, TrackEmissions(Region = "FR", EnergyBudget = "60 J", EmissionsBudget = "1.2 mg", Comparison = "sentiment")]
    public void Cross_validates_the_logistic_regression()
    {
        var accuracy = SentimentModels.CrossValidateLogisticRegression(Reviews, folds: 5);

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
    public void Makes_the_same_reviews_from_the_same_seed()
    {
        var again = SentimentCorpus.Make(Reviews.Count);

        CollectionAssert.AreEqual(
            Reviews.Select(review => review.Text).ToArray(), again.Select(review => review.Text).ToArray());
    }

#if OVER_BUDGET
    [TestMethod, TrackEmissions(Region = "FR", EnergyBudget = "1 mJ")]
    public void Trains_more_than_its_budget_allows() =>
        Assert.IsGreaterThan(0.88, SentimentModels.TrainLinear(Reviews));
#endif
}
