namespace Eco2Test;

/// <summary>
/// What is said of the machine and the place of benchmarks, by the names that settings have everywhere. What is said here beats
/// environment variables (<c>ECO2TEST_…</c>), and the attribute on the method, the class or the assembly of a benchmark beats it.
/// </summary>
public sealed record EmissionsDiagnoserOptions
{
    /// <summary>Where the benchmark is declared to run: <c>FR</c>, <c>US-CA</c>, <c>France</c>, or a region of a cloud such as <c>aws:eu-west-3</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Energy of the building over energy of the devices, from 1 to 10, such as <c>1.2</c>.</summary>
    public string? Pue { get; init; }

    /// <summary>What a busy logical CPU draws, when you know: <c>4.5 W</c>.</summary>
    public string? CpuPower { get; init; }

    /// <summary>Which model of CPU power is asked for: <c>best</c> or <c>tdp</c>.</summary>
    public string? CpuModel { get; init; }

    /// <summary>Numbers of the GPUs that nobody but the benchmark uses: <c>0</c> or <c>0,1</c>.</summary>
    public string? Gpus { get; init; }

    /// <summary>What is set, by the name of the setting; <see langword="null"/>: nothing.</summary>
    internal string? Value(string setting) => setting switch
    {
        nameof(Region) => Region,
        nameof(Pue) => Pue,
        nameof(CpuPower) => CpuPower,
        nameof(CpuModel) => CpuModel,
        nameof(Gpus) => Gpus,
        _ => null,
    };
}
