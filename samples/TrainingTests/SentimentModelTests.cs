using Eco2Test;
using Training;
using Xunit;

namespace TrainingTests;

public sealed class SentimentModelTests : IClassFixture<WarmModels>
{
    private static readonly IReadOnlyList<Review> Reviews = SentimentCorpus.Make(20_000);

    [Fact, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg", Comparison = "sentiment")]
    public void Trains_the_linear_model()
    {
        var accuracy = SentimentModels.TrainLinear(Reviews);

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.InRange(accuracy, 0.88, 1);
    }

    [Fact, TrackEmissions(Region = "FR", EnergyBudget = "30 J", EmissionsBudget = "0.6 mg", Comparison = "sentiment")]
    public void Trains_the_boosted_trees()
    {
        var accuracy = SentimentModels.TrainBoostedTrees(Reviews);

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.InRange(accuracy, 0.88, 1);
    }

    [Fact, TrackEmissions(Region = "FR", EnergyBudget = "60 J", EmissionsBudget = "1.2 mg", Comparison = "sentiment")]
    public void Cross_validates_the_logistic_regression()
    {
        var accuracy = SentimentModels.CrossValidateLogisticRegression(Reviews, folds: 5);

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.InRange(accuracy, 0.88, 1);
    }

    [Theory, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg")]
    [InlineData(2_000)]
    [InlineData(10_000)]
    public void Learns_from_fewer_reviews(int count)
    {
        var accuracy = SentimentModels.TrainLinear(SentimentCorpus.Make(count));

        TrackingWindow.Current?.Record("accuracy", accuracy);
        Assert.InRange(accuracy, 0.8, 1);
    }

    [Fact]
    public void Makes_the_same_reviews_from_the_same_seed()
    {
        var again = SentimentCorpus.Make(Reviews.Count);

        Assert.Equal(Reviews.Select(review => review.Text), again.Select(review => review.Text));
    }

#if OVER_BUDGET
    [Fact, TrackEmissions(Region = "FR", EnergyBudget = "1 mJ")]
    public void Trains_more_than_its_budget_allows() => Assert.InRange(SentimentModels.TrainLinear(Reviews), 0.88, 1);
#endif
}
