using Eco2Test;
using Training;
using Xunit;

namespace TrainingTests;

public sealed class SentimentModelTests
{
    static SentimentModelTests() => SentimentModels.WarmUp(); // No test pays for what all of them need.

    [Fact, TrackEmissions(Region = "FR", EnergyBudget = "15 J", EmissionsBudget = "0.3 mg", Comparison = "sentiment")]
    public void Trains_the_linear_model()
    {
        var accuracy = SentimentModels.TrainLinear(SentimentCorpus.Make(20_000));

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
    public void Makes_the_same_reviews_from_the_same_seed() => Assert.Equal(Texts(2_000), Texts(2_000));

    private static string[] Texts(int count) => [.. SentimentCorpus.Make(count).Select(review => review.Text)];
}
