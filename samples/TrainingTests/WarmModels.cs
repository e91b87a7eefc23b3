using Training;

namespace TrainingTests;

/// <summary>Runs before the first test: no test pays for what all of them need.</summary>
public sealed class WarmModels
{
    public WarmModels() => SentimentModels.WarmUp();
}
