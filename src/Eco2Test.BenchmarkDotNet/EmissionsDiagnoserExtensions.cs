using BenchmarkDotNet.Configs;

namespace Eco2Test;

/// <summary>The diagnoser for those who write a configuration.</summary>
public static class EmissionsDiagnoserExtensions
{
    /// <summary>Adds the diagnoser, and the column that says how its figures are known.</summary>
    public static ManualConfig AddEmissionsDiagnoser(this ManualConfig config, EmissionsDiagnoserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.AddDiagnoser(new EmissionsDiagnoser(options)).AddColumn(ProvenanceColumn.Instance);
    }
}
