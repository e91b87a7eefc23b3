namespace ConsoleTracking;

/// <summary>A line through made-up points, by gradient descent: it knows nothing of Eco2Test.</summary>
public sealed class LinearModel
{
    private const int Points = 2_000;
    private const double Rate = 0.05;

    private readonly double[][] _inputs;
    private readonly double[] _outputs;
    private readonly double[] _weights;

    public LinearModel(int features)
    {
        var random = new Random(7);
        _weights = new double[features];
        _inputs = [.. Enumerable.Range(0, Points).Select(_ => Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5).ToArray())];
        _outputs = [.. _inputs.Select(input => input.Select((value, i) => value * (i % 3)).Sum())];
    }

    /// <summary>Goes over all points so many times, and returns the mean squared error.</summary>
    public double Train(int passes)
    {
        var loss = 0.0;
        for (var pass = 0; pass < passes; pass++)
        {
            loss = 0;
            for (var point = 0; point < Points; point++)
            {
                var (input, error) = (_inputs[point], -_outputs[point]);
                for (var i = 0; i < input.Length; i++)
                {
                    error += _weights[i] * input[i];
                }

                for (var i = 0; i < input.Length; i++)
                {
                    _weights[i] -= Rate / input.Length * error * input[i];
                }

                loss += error * error / Points;
            }
        }

        return loss;
    }
}
