using Words;

namespace Scores;

/// <summary>How happy a review is.</summary>
public static class Mood
{
    private static readonly HashSet<string> Happy = ["good", "great", "love", "nice"];
    private static readonly HashSet<string> Sad = ["bad", "broken", "hate", "poor"];

    /// <summary>Happy words less sad ones.</summary>
    public static int Of(string review)
    {
        var words = Text.WordsOf(review);
        return words.Count(Happy.Contains) - words.Count(Sad.Contains);
    }
}
