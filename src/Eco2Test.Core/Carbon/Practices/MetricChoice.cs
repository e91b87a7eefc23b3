using System.Text;

namespace Eco2Test.Carbon;

/// <summary>The metric that energy is set against, and which way is better.</summary>
/// <param name="Name">As it was recorded.</param>
/// <param name="LessIsBetter">Whether less of it is better; <see langword="null"/> when that is not known.</param>
/// <param name="KnownBy">How that is known: <c>name</c> or <c>set</c>.</param>
internal sealed record MetricChoice(string Name, bool? LessIsBetter, string KnownBy)
{
    // What says how good a result is. Of these one is chosen when nobody chooses.
    private static readonly HashSet<string> MoreIsGood =
        ["accuracy", "acc", "auc", "bleu", "dice", "f1", "iou", "kappa", "map", "mcc", "ndcg", "precision", "r2", "recall", "rouge", "score"];

    private static readonly HashSet<string> LessIsGood =
        ["brier", "cer", "err", "error", "errors", "loss", "mae", "mape", "mse", "perplexity", "rmse", "wer"];

    // What says what a result takes, beside energy: known, but chosen by people only.
    private static readonly HashSet<string> MoreIsThrifty = ["throughput"];

    private static readonly HashSet<string> LessIsThrifty = ["bytes", "latency", "memory", "milliseconds", "ms", "parameters", "params", "seconds", "size"];

    /// <summary>Whether it says how good a result is.</summary>
    public bool IsQuality => Words(Name).Any(word => MoreIsGood.Contains(word) || LessIsGood.Contains(word));

    /// <summary>Reads <c>accuracy</c>, <c>loss:less</c> or <c>throughput:more</c>.</summary>
    public static MetricChoice Parse(string text) =>
        text.EndsWith(":less", StringComparison.Ordinal) ? new(text[..^":less".Length], true, "set")
        : text.EndsWith(":more", StringComparison.Ordinal) ? new(text[..^":more".Length], false, "set")
        : ByName(text);

    /// <summary>Which way is better by the words in its name; not known when they say nothing, or both.</summary>
    public static MetricChoice ByName(string name)
    {
        var words = Words(name).ToList();
        var more = words.Exists(word => MoreIsGood.Contains(word) || MoreIsThrifty.Contains(word));
        var less = words.Exists(word => LessIsGood.Contains(word) || LessIsThrifty.Contains(word));
        return new(name, more == less ? null : less, "name");
    }

    /// <summary><c>validationLoss</c>, <c>validation_loss</c> and <c>VALIDATION-LOSS</c> are the words "validation" and "loss".</summary>
    private static IEnumerable<string> Words(string name)
    {
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var begins = i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]));
            if (word.Length > 0 && (begins || !char.IsLetterOrDigit(name[i])))
            {
                yield return word.ToString();
                word.Clear();
            }

            if (char.IsLetterOrDigit(name[i]))
            {
                word.Append(char.ToLowerInvariant(name[i]));
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
