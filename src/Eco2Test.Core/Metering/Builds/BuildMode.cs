namespace Eco2Test.Metering;

/// <summary>
/// How a build was run, as far as it changes the figure threefold: two builds compare only within one mode. Its text is
/// written into settings: <c>nodes=2 reuse=on compiler=warm server=off graph=off</c>.
/// </summary>
/// <param name="Nodes">The most nodes that worked at once, by <c>-m</c>.</param>
/// <param name="NodeReuse">Whether nodes outlive the build.</param>
/// <param name="Compiler">Whether a compiler server is used, and whether it was there before.</param>
/// <param name="Server">Whether the build ran in the MSBuild server.</param>
/// <param name="Graph">Whether projects were built by their graph.</param>
internal sealed record BuildMode(int Nodes, bool NodeReuse, CompilerMode Compiler, bool Server, bool Graph);

/// <summary>Where compilers ran.</summary>
internal enum CompilerMode
{
    /// <summary>Nothing was compiled.</summary>
    None,

    /// <summary>Each in a process of its own.</summary>
    Off,

    /// <summary>In a server that this build started.</summary>
    Cold,

    /// <summary>In a server that was there before.</summary>
    Warm,
}
