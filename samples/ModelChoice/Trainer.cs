using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Training;

namespace ModelChoice;

/// <summary>Trains linear models with ML.NET. Seeds are fixed and it is one thread, so that the same reviews give the same model.</summary>
public static class Trainer
{
    /// <summary>The full model: it sees words, pairs and triples.</summary>
    public static LinearModel Full(IReadOnlyList<Review> reviews) => OnLabels(reviews, Ngrams.Of(reviews, longest: 3));

    /// <summary>Logistic regression on labels: the weights that make the labels likeliest.</summary>
    /// <param name="reviews">What is learned from.</param>
    /// <param name="ngrams">What is seen of a review.</param>
    /// <param name="ridge">How much large weights are held back (L2).</param>
    /// <param name="passes">At most so many passes over the reviews.</param>
    public static LinearModel OnLabels(IReadOnlyList<Review> reviews, Ngrams ngrams, float ridge = 0.1f, int passes = 60)
    {
        var ml = new MLContext(seed: 1);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Example.Label),
            FeatureColumnName = nameof(Example.Features),
            L1Regularization = 0,
            L2Regularization = ridge,
            MaximumNumberOfIterations = passes,
            NumberOfThreads = 1,
        });
        var learned = trainer.Fit(Load(ml, ngrams, reviews.Select(review => (review.Text, review.IsPositive, 0f)))).Model.SubModel;
        return new(ngrams, [.. learned.Weights], learned.Bias);
    }

    /// <summary>
    /// Distillation: a small model learns to give the scores of a large one, not the labels. It needs no labels, and the
    /// scores tell more: how sure the large model is.
    /// </summary>
    public static LinearModel OnScoresOf(LinearModel teacher, IEnumerable<string> texts, Ngrams ngrams)
    {
        var ml = new MLContext(seed: 1);
        var trainer = ml.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options
        {
            LabelColumnName = nameof(Example.Score),
            FeatureColumnName = nameof(Example.Features),
            NumberOfIterations = 5,
            LearningRate = 0.05f,
            Shuffle = false,
        });
        var learned = trainer.Fit(Load(ml, ngrams, texts.Select(text => (text, false, teacher.Score(text))))).Model;
        return new(ngrams, [.. learned.Weights], learned.Bias);
    }

    private static IDataView Load(MLContext ml, Ngrams ngrams, IEnumerable<(string Text, bool Label, float Score)> examples)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, ngrams.Count);
        return ml.Data.LoadFromEnumerable(examples.Select(example => Example.Of(ngrams, example.Text, example.Label, example.Score)).ToList(), schema);
    }

    private sealed class Example
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }

        public float Score { get; set; }

        public static Example Of(Ngrams ngrams, string text, bool label, float score)
        {
            var numbers = ngrams.NumbersIn(text);
            var ones = new float[numbers.Length];
            Array.Fill(ones, 1);
            return new() { Features = new(ngrams.Count, numbers.Length, ones, numbers), Label = label, Score = score };
        }
    }
}
