using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms.Text;

namespace Training;

/// <summary>
/// Three ways to learn whether a review is happy, from thrifty to lavish. Each returns its accuracy: the share of
/// reviews that were kept from it and that it judged right. Seeds are fixed, so the same reviews give the same accuracy.
/// </summary>
public static class SentimentModels
{
    private const string Label = nameof(Review.IsPositive);
    private const string Features = "Features";

    /// <summary>A linear model: 20 passes of the averaged perceptron.</summary>
    public static double TrainLinear(IReadOnlyList<Review> reviews)
    {
        var ml = new MLContext(seed: 1);
        return TrainOnce(ml, reviews, ml.BinaryClassification.Trainers.AveragedPerceptron(
            new AveragedPerceptronTrainer.Options
            {
                LabelColumnName = Label,
                FeatureColumnName = Features,
                NumberOfIterations = 20,
            }));
    }

    /// <summary>Gradient boosting: 20 small trees, each mending the errors of those before it.</summary>
    public static double TrainBoostedTrees(IReadOnlyList<Review> reviews)
    {
        var ml = new MLContext(seed: 1);
        return TrainOnce(ml, reviews, ml.BinaryClassification.Trainers.FastTree(
            new FastTreeBinaryTrainer.Options
            {
                LabelColumnName = Label,
                FeatureColumnName = Features,
                NumberOfTrees = 20,
                NumberOfLeaves = 10,
            }));
    }

    /// <summary>Logistic regression, trained anew for each fold and judged by what that fold left out.</summary>
    public static double CrossValidateLogisticRegression(IReadOnlyList<Review> reviews, int folds)
    {
        var ml = new MLContext(seed: 1);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(
            new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = Label,
                FeatureColumnName = Features,
                NumberOfThreads = 1, // More would add up in another order on another machine.
            });
        var results = ml.BinaryClassification.CrossValidate(
            ml.Data.LoadFromEnumerable(reviews), Featurize(ml).Append(trainer), folds, Label);
        return results.Average(fold => fold.Metrics.Accuracy);
    }

    /// <summary>Loads and compiles what training needs, so that the first model to be measured does not pay for it.</summary>
    public static void WarmUp()
    {
        var reviews = SentimentCorpus.Make(200);
        TrainLinear(reviews);
        TrainBoostedTrees(reviews);
        CrossValidateLogisticRegression(reviews, folds: 2);
    }

    private static double TrainOnce(MLContext ml, IReadOnlyList<Review> reviews, IEstimator<ITransformer> trainer)
    {
        var split = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(reviews), testFraction: 0.2);
        var model = Featurize(ml).Append(trainer).Fit(split.TrainSet);
        return ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(split.TestSet), Label).Accuracy;
    }

    /// <summary>Counts the words of a review and its pairs of words, once for all passes over them.</summary>
    private static IEstimator<ITransformer> Featurize(MLContext ml)
    {
        var wordsAndPairs = new TextFeaturizingEstimator.Options
        {
            WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 2, UseAllLengths = true },
            CharFeatureExtractor = null,
            KeepPunctuations = false,
        };
        return ml.Transforms.Text.FeaturizeText(Features, wordsAndPairs, nameof(Review.Text)).AppendCacheCheckpoint(ml);
    }
}
