using Training;

namespace ModelChoice;

/// <summary>A weight for each n-gram: a review is judged happy when the weights of what is in it add up to more than nothing.</summary>
public sealed record LinearModel(Ngrams Ngrams, float[] Weights, float Bias)
{
    /// <summary>How many numbers were learned.</summary>
    public int Parameters => Weights.Length + 1;

    /// <summary>What they take: four bytes each.</summary>
    public int Bytes => Parameters * sizeof(float);

    /// <summary>Above zero: happy. The further from zero, the surer.</summary>
    public float Score(string text)
    {
        var score = Bias;
        foreach (var number in Ngrams.NumbersIn(text))
        {
            score += Weights[number];
        }

        return score;
    }

    /// <summary>The share of reviews that are judged right.</summary>
    public double AccuracyOn(IReadOnlyCollection<Review> reviews) =>
        reviews.Count(review => Score(review.Text) > 0 == review.IsPositive) / (double)reviews.Count;

    /// <summary>
    /// The n-grams that keep the largest weights, as the start of a smaller model: magnitude pruning. It should be trained a
    /// little more, since the weights that are left did not learn to do without the others.
    /// </summary>
    public Ngrams LargestWeights(int count) => Ngrams.Only(
        Weights.Select((weight, number) => (weight, number)).OrderByDescending(of => Math.Abs(of.weight)).Take(count).Select(of => of.number).Order());

    /// <summary>The same model with weights of 8 bits.</summary>
    public QuantizedModel Quantized()
    {
        var scale = Weights.Append(Bias).Max(Math.Abs) / sbyte.MaxValue;
        return new(Ngrams, Array.ConvertAll(Weights, weight => (sbyte)MathF.Round(weight / scale)), (int)MathF.Round(Bias / scale));
    }
}

/// <summary>A linear model whose weights are whole numbers of 8 bits; a review is judged by adding whole numbers.</summary>
public sealed record QuantizedModel(Ngrams Ngrams, sbyte[] Weights, int Bias)
{
    /// <summary>How many numbers were learned.</summary>
    public int Parameters => Weights.Length + 1;

    /// <summary>What they take.</summary>
    public int Bytes => Weights.Length + sizeof(int);

    /// <summary>The share of reviews that are judged right.</summary>
    public double AccuracyOn(IReadOnlyCollection<Review> reviews) =>
        reviews.Count(review => Score(review.Text) > 0 == review.IsPositive) / (double)reviews.Count;

    private int Score(string text)
    {
        var score = Bias;
        foreach (var number in Ngrams.NumbersIn(text))
        {
            score += Weights[number];
        }

        return score;
    }
}
