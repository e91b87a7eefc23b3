using BenchmarkDotNet.Configs;

namespace Eco2Test;

/// <summary>
/// Measures what an operation of a benchmark costs in joules and grams of CO2e, of all benchmarks of an assembly or a class, or
/// of one. What is set on a method beats what is set on its class, which beats what is set on the assembly, property by property.
/// </summary>
/// <example><code>[EmissionsDiagnoser(Region = "FR")]</code></example>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class EmissionsDiagnoserAttribute : Attribute, IConfigSource
{
    /// <inheritdoc cref="EmissionsDiagnoserOptions.Region"/>
    public string? Region { get; set; }

    /// <inheritdoc cref="EmissionsDiagnoserOptions.Pue"/>
    public string? Pue { get; set; }

    /// <inheritdoc cref="EmissionsDiagnoserOptions.CpuPower"/>
    public string? CpuPower { get; set; }

    /// <inheritdoc cref="EmissionsDiagnoserOptions.CpuModel"/>
    public string? CpuModel { get; set; }

    /// <inheritdoc cref="EmissionsDiagnoserOptions.Gpus"/>
    public string? Gpus { get; set; }

    /// <inheritdoc/>
    /// <remarks>The diagnoser reads the attributes of each benchmark itself: BenchmarkDotNet keeps one diagnoser of a kind, the outermost.</remarks>
    public IConfig Config { get; } = ManualConfig.CreateEmpty().AddEmissionsDiagnoser();

    internal EmissionsDiagnoserOptions Options => new() { Region = Region, Pue = Pue, CpuPower = CpuPower, CpuModel = CpuModel, Gpus = Gpus };
}
