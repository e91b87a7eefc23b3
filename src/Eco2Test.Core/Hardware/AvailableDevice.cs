namespace Eco2Test;

/// <summary>A device whose energy is told on this machine, and how it is known.</summary>
public sealed record AvailableDevice
{
    /// <summary><c>CPU</c>, <c>GPU</c> or <c>RAM</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>As it names itself; of memory, how much there is.</summary>
    public required string Name { get; init; }

    /// <summary>How its energy is known.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>By what, such as <c>rapl</c> or <c>microarchitecture</c>.</summary>
    public required string Source { get; init; }

    /// <summary>One sentence for people, with the figures used.</summary>
    public required string Detail { get; init; }

    /// <summary><c>CPU AMD EPYC 7763: modeled, microarchitecture</c>.</summary>
    public override string ToString() => $"{Kind} {Name}: {Provenance.ToString().ToLowerInvariant()}, {Source}";
}
