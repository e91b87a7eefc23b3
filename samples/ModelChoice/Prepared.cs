using Training;

namespace ModelChoice;

/// <summary>
/// What the tests start from: the reviews, and a model to judge with. It is made before the first test, so no test pays for
/// that, nor for loading and compiling what all of them need.
/// </summary>
public sealed class Prepared
{
    public Prepared()
    {
        Full = Trainer.Full(Training);
        Trainer.OnScoresOf(Full, Training.Take(200).Select(review => review.Text), Ngrams.Of(Training.Take(200), longest: 1)).AccuracyOn(Test);
        Full.Quantized().AccuracyOn(Test);
    }

    /// <summary>Reviews to learn from.</summary>
    public IReadOnlyList<Review> Training { get; } = SentimentCorpus.Make(16_000);

    /// <summary>Reviews that no model has seen.</summary>
    public IReadOnlyList<Review> Test { get; } = SentimentCorpus.Make(4_000, seed: 2);

    /// <summary>The full model.</summary>
    public LinearModel Full { get; }
}
