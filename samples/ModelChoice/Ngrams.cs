using Training;

namespace ModelChoice;

/// <summary>The words of a review, and its pairs and triples of neighbouring words, as numbers: what a model sees of it.</summary>
public sealed class Ngrams
{
    private const int Longest = 3;

    private readonly Dictionary<string, int> _numbers;

    private Ngrams(IEnumerable<string> known) => _numbers = known.Select((ngram, number) => (ngram, number)).ToDictionary(pair => pair.ngram, pair => pair.number);

    /// <summary>How many are known.</summary>
    public int Count => _numbers.Count;

    /// <summary>Those that reviews have, of one to so many words.</summary>
    public static Ngrams Of(IEnumerable<Review> reviews, int longest) =>
        new(reviews.SelectMany(review => In(review.Text, longest)).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Only those with these numbers, numbered anew in their order.</summary>
    public Ngrams Only(IEnumerable<int> numbers)
    {
        var names = _numbers.ToDictionary(known => known.Value, known => known.Key);
        return new(numbers.Select(number => names[number]));
    }

    /// <summary>The numbers of those that are known, in order, each once.</summary>
    public int[] NumbersIn(string text)
    {
        var found = new SortedSet<int>();
        foreach (var ngram in In(text, Longest))
        {
            if (_numbers.TryGetValue(ngram, out var number))
            {
                found.Add(number);
            }
        }

        return [.. found];
    }

    private static IEnumerable<string> In(string text, int longest)
    {
        var words = text.Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries);
        for (var first = 0; first < words.Length; first++)
        {
            for (var count = 1; count <= longest && first + count <= words.Length; count++)
            {
                yield return string.Join(' ', words, first, count);
            }
        }
    }
}
