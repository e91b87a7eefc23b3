using System.Globalization;

namespace Eco2Test.Metering;

/// <summary>
/// How a build was run, as far as it changes the figure threefold: two builds compare only within one mode. Its text is
/// written into settings: <c>nodes=2 reuse=on compiler=warm server=off graph=off</c>.
/// </summary>
/// <param name="Nodes">The most nodes that may work at once, by <c>-m</c>.</param>
/// <param name="NodeReuse">Whether nodes outlive the build.</param>
/// <param name="Compiler">Whether a compiler server is used, and whether it was there before; <see langword="null"/>: nobody knows.</param>
/// <param name="Server">Whether the build ran in the MSBuild server.</param>
/// <param name="Graph">Whether projects were built by their graph.</param>
internal sealed record BuildMode(int Nodes, bool NodeReuse, CompilerMode? Compiler, bool Server, bool Graph)
{
    private static readonly string[] Options = ["graph", "graphbuild"];
    private static readonly string[] ReuseOptions = ["nodereuse", "nr"];

    /// <summary>The mode that facts tell of.</summary>
    public static BuildMode Of(BuildModeFacts facts)
    {
        var lines = facts.CommandLines;
        var servers = facts.Processes.Where(process => process.Role == BuildProcessRole.CompilerServer).ToList();
        return new BuildMode(
            Math.Max(1, facts.ToldNodes ?? Math.Max(facts.NodesSeen, facts.Processes.Count(process => process.Role == BuildProcessRole.Node) + 1)),
            !facts.IsOfLowPriority && (lines.Select(ReuseOf).LastOrDefault(said => said is not null) ?? !facts.IsReuseDisabled),
            facts.Compiled == false ? CompilerMode.None
                : servers.Exists(server => server.WasThere) ? CompilerMode.Warm
                : servers.Count > 0 ? CompilerMode.Cold
                : facts.Compiled == true ? CompilerMode.Off
                : null,
            lines.Any(BuildCommandLine.IsServer),
            facts.ToldGraph ?? lines.Any(line => Switch(line, Options) == true));
    }

    /// <summary>As settings and reports have it; what nobody knows is left out.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"nodes={Nodes} reuse={Text(NodeReuse)}{(Compiler is { } compiler ? $" compiler={Text(compiler)}" : "")} server={Text(Server)} graph={Text(Graph)}");

    /// <summary>What a command line says of node reuse; <see langword="null"/>: nothing.</summary>
    public static bool? ReuseOf(IReadOnlyList<string> line) => Switch(line, ReuseOptions);

    /// <summary>As a mode has what is on or off.</summary>
    public static string Text(bool isOn) => isOn ? "on" : "off";

    /// <summary>As a mode has what compiled.</summary>
    public static string Text(CompilerMode compiler) => compiler switch
    {
        CompilerMode.None => "none",
        CompilerMode.Off => "off",
        CompilerMode.Cold => "cold",
        _ => "warm",
    };

    /// <summary>What a command line says of a switch such as <c>-nr:false</c>; <see langword="null"/>: nothing.</summary>
    private static bool? Switch(IReadOnlyList<string> line, string[] names)
    {
        bool? said = null;
        foreach (var word in line)
        {
            if (word.Length > 1 && word[0] is '-' or '/')
            {
                var option = word.TrimStart('-', '/');
                var end = option.IndexOf(':', StringComparison.Ordinal);
                if (names.Contains(end < 0 ? option : option[..end], StringComparer.OrdinalIgnoreCase))
                {
                    said = end < 0 || !option[(end + 1)..].StartsWith("false", StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        return said;
    }
}

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

/// <summary>What is known of a build that its mode is told by.</summary>
internal sealed record BuildModeFacts
{
    /// <summary>What the front end was told by <c>-m</c>; <see langword="null"/>: it does not know.</summary>
    public int? ToldNodes { get; init; }

    /// <summary>Whether the front end was told <c>-graph</c>; <see langword="null"/>: it does not know.</summary>
    public bool? ToldGraph { get; init; }

    /// <summary>How many nodes did anything.</summary>
    public int NodesSeen { get; init; }

    /// <summary>Whether a compiler ran; <see langword="null"/>: nobody said what the build did.</summary>
    public bool? Compiled { get; init; }

    /// <summary>Whether the environment forbids nodes to outlive a build.</summary>
    public bool IsReuseDisabled { get; init; }

    /// <summary>Whether it has less than the usual priority: nodes outlive no such build, whatever they were told.</summary>
    public bool IsOfLowPriority { get; init; }

    /// <summary>The processes that have used anything.</summary>
    public IReadOnlyList<BuildProcessUse> Processes { get; init; } = [];

    /// <summary>The command lines of entry and nodes.</summary>
    public IReadOnlyList<IReadOnlyList<string>> CommandLines { get; init; } = [];
}
