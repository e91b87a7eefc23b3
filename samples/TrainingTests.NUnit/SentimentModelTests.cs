using Eco2Test;
using NUnit.Framework;
using Training;

namespace TrainingTests;

public sealed class SentimentModelTests
{
    private static readonly IReadOnlyList<Review> Reviews = SentimentCorpus.Make(20_000);

    [OneTimeSetUp]
    public void Warm_up() => SentimentModels.WarmUp(); // No test pays for what all of them need.

    [Test, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg", Comparison = "sentiment")]
    public void Trains_the_linear_model()
    {
        var accuracy = SentimentModels.TrainLinear(Reviews);

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.That(accuracy, Is.GreaterThan(0.88));
    }

    [Test, TrackEmissions(Region = "FR", EnergyBudget = "30 J", EmissionsBudget = "0.6 mg", Comparison = "sentiment")]
    public void Trains_the_boosted_trees()
    {
        var accuracy = SentimentModels.TrainBoostedTrees(Reviews);

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.That(accuracy, Is.GreaterThan(0.88));
    }

    [Test, TrackEmissions(Region = "FR", EnergyBudget = "60 J", EmissionsBudget = "1.2 mg", Comparison = "sentiment")]
    public void Cross_validates_the_logistic_regression()
    {
        var accuracy = SentimentModels.CrossValidateLogisticRegression(Reviews, folds: 5);

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
    public void Makes_the_same_reviews_from_the_same_seed()
    {
        var again = SentimentCorpus.Make(Reviews.Count);

        Assert.That(again.Select(review => review.Text), Is.EqualTo(Reviews.Select(review => review.Text)));
    }

#if OVER_BUDGET
    [Test, TrackEmissions(Region = "FR", EnergyBudget = "1 mJ")]
    public void Trains_more_than_its_budget_allows() =>
        Assert.That(SentimentModels.TrainLinear(Reviews), Is.GreaterThan(0.88));
#endif
}
