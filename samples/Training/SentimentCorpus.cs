namespace Training;

/// <summary>
/// Reviews that nobody wrote: sentences drawn from word lists, with enough noise that no model is always right.
/// The same count and seed give the same reviews on every machine.
/// </summary>
public static class SentimentCorpus
{
    private const double ShareOfHappyReviews = 0.5;
    private const double ShareOfWrongLabels = 0.03;
    private const double ShareOfAsides = 0.25;
    private const double ShareOfMixedFeelings = 0.1;
    private const double ShareOfNegations = 0.15;

    private static readonly string[] Things =
        ["plot", "cast", "score", "ending", "screen", "battery", "sound", "service", "soup", "view", "price", "story"];

    private static readonly string[] Praise =
        ["brilliant", "lovely", "delicious", "crisp", "generous", "moving", "reliable", "fresh", "witty", "superb"];

    private static readonly string[] Blame =
        ["dull", "awful", "bland", "noisy", "stingy", "flat", "broken", "stale", "clumsy", "dreadful"];

    private static readonly string[] Adverbs =
        ["rather", "really", "quite", "frankly", "somewhat", "simply", "truly", "oddly"];

    private static readonly string[] Asides =
        ["we went on a Tuesday", "my sister chose it", "it came in a box", "it rained all day", "I read about it first"];

    /// <summary>Makes reviews of two to five sentences, about as many happy as unhappy.</summary>
    public static IReadOnlyList<Review> Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => MakeReview(random))];
    }

    private static Review MakeReview(Random random)
    {
        var isHappy = Chance(random, ShareOfHappyReviews);
        var sentences = Enumerable.Range(0, random.Next(2, 6)).Select(_ => MakeSentence(random, isHappy));
        return new Review
        {
            Text = string.Join(". ", sentences),
            IsPositive = Chance(random, ShareOfWrongLabels) ? !isHappy : isHappy,
        };
    }

    private static string MakeSentence(Random random, bool isHappy) =>
        Chance(random, ShareOfAsides) ? Pick(random, Asides) : MakeOpinion(random, isHappy);

    private static string MakeOpinion(Random random, bool isHappy)
    {
        var thing = Pick(random, Things);
        var isPraise = Chance(random, ShareOfMixedFeelings) ? !isHappy : isHappy;

        // "not bland" is praise: to see it, a model must look at pairs of words.
        return Chance(random, ShareOfNegations)
            ? $"the {thing} was not {Pick(random, isPraise ? Blame : Praise)}"
            : $"the {thing} was {Pick(random, Adverbs)} {Pick(random, isPraise ? Praise : Blame)}";
    }

    private static bool Chance(Random random, double share) => random.NextDouble() < share;

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}
