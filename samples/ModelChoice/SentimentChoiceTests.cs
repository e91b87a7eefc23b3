using Eco2Test;
using Training;
using Xunit;

namespace ModelChoice;

/// <summary>
/// One task, to tell happy reviews from unhappy ones, and several ways to a model for it. All carry the same comparison, and each
/// records how often its model is right, so the report shows what accuracy costs. Each begins with nothing but reviews: what is
/// made smaller must be trained first, and that is in its figure.
/// </summary>
[TrackEmissions(Region = "FR", Comparison = "sentiment")]
public sealed class SentimentChoiceTests(Prepared prepared) : IClassFixture<Prepared>
{
    [Fact]
    public void Full()
    {
        var model = Trainer.Full(prepared.Training);

        Record(model.AccuracyOn(prepared.Test), model.Parameters, model.Bytes);
    }

    [Fact]
    public void Fewer_labels()
    {
        var model = Trainer.Full([.. prepared.Training.Take(1_000)]);

        Record(model.AccuracyOn(prepared.Test), model.Parameters, model.Bytes, least: 0.84);
    }

    [Fact]
    public void Pruned()
    {
        var full = Trainer.Full(prepared.Training);

        var model = Trainer.OnLabels(prepared.Training, full.LargestWeights(full.Parameters / 4), passes: 20);

        Record(model.AccuracyOn(prepared.Test), model.Parameters, model.Bytes, least: 0.86);
    }

    [Fact]
    public void Quantized()
    {
        var model = Trainer.Full(prepared.Training).Quantized();

        Record(model.AccuracyOn(prepared.Test), model.Parameters, model.Bytes);
    }

    [Fact]
    public void Distilled()
    {
        var full = Trainer.Full(prepared.Training);

        var model = Trainer.OnScoresOf(full, prepared.Training.Select(review => review.Text), Ngrams.Of(prepared.Training, longest: 2));

        Record(model.AccuracyOn(prepared.Test), model.Parameters, model.Bytes);
    }

    [Fact]
    public void Sweep()
    {
        var (learnedFrom, held) = (prepared.Training.Skip(2_000).ToList(), prepared.Training.Take(2_000).ToList());
        var ngrams = Ngrams.Of(learnedFrom, longest: 3);

        var best = new[] { 0.01f, 0.1f, 1, 10 }
            .Select(ridge => Trainer.OnLabels(learnedFrom, ngrams, ridge))
            .MaxBy(model => model.AccuracyOn(held))!;

        Record(best.AccuracyOn(prepared.Test), best.Parameters, best.Bytes);
    }

    // It makes no model, so it does not compete: it records no accuracy, and the report shows it beside the others.
    [Fact]
    public void Inference()
    {
        var accuracy = 0.0;

        // Judging once is too short to measure well: it is repeated, and the report has the figures of one time.
        TrackingWindow.Current?.Repeat(TimeSpan.FromSeconds(1), () => accuracy = prepared.Full.AccuracyOn(prepared.Test));

        Assert.InRange(accuracy, 0.88, 0.95);
    }

    private static void Record(double accuracy, int parameters, int bytes, double least = 0.88)
    {
        TrackingWindow.Current?.Record("accuracy", accuracy);
        TrackingWindow.Current?.Record("parameters", parameters);
        TrackingWindow.Current?.Record("bytes", bytes);
        Assert.InRange(accuracy, least, 0.95);
    }
}
