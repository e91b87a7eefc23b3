using System.Globalization;
using Eco2Test.Hardware;

namespace Eco2Test.Metering;

/// <summary>
/// What a node knows of how its build is run, as a <see cref="BuildMode"/> is written: parts that it cannot know are not in it.
/// </summary>
internal static class NodeMode
{
    /// <summary>The parts that are known.</summary>
    /// <param name="words">The command line of the node.</param>
    /// <param name="environment">Its environment, which is that of the build.</param>
    /// <param name="nodes">What <c>MSBuildNodeCount</c> says.</param>
    /// <param name="isGraph">What <c>IsGraphBuild</c> says.</param>
    /// <param name="sharedCompilation">What <c>UseSharedCompilation</c> says.</param>
    /// <param name="serverWasThere">Whether a compiler server was there before; <see langword="null"/>: nobody knows.</param>
    /// <param name="isOfLowPriority">Whether the node has less than the usual priority: then it does not outlive the build.</param>
    public static string Of(
        IReadOnlyList<string> words, EnvironmentVariables environment, string? nodes, string? isGraph, string? sharedCompilation, bool? serverWasThere, bool isOfLowPriority = false)
    {
        var reuse = !isOfLowPriority && (BuildMode.ReuseOf(words) ?? environment["MSBUILDDISABLENODEREUSE"] != "1");
        var server = BuildCommandLine.IsServer(words) || environment["MSBUILDUSESERVER"] == "1";
        var compiler = string.Equals(sharedCompilation, "false", StringComparison.OrdinalIgnoreCase) ? CompilerMode.Off
            : serverWasThere switch
            {
                true => CompilerMode.Warm,
                false => CompilerMode.Cold,
                null => (CompilerMode?)null,
            };
        string?[] parts =
        [
            int.TryParse(nodes, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? string.Create(CultureInfo.InvariantCulture, $"nodes={count}") : null,
            $"reuse={BuildMode.Text(reuse)}",
            compiler is { } known ? $"compiler={BuildMode.Text(known)}" : null,
            $"server={BuildMode.Text(server)}",
            $"graph={BuildMode.Text(string.Equals(isGraph, "true", StringComparison.OrdinalIgnoreCase))}",
        ];
        return string.Join(' ', parts.Where(part => part is not null));
    }

    /// <summary>
    /// Whether a compiler server is there, asked before anything is built. A node that the build has started cannot tell: another
    /// node may have started the server for the same build.
    /// </summary>
    /// <param name="words">The command line of the node.</param>
    public static bool? SeesCompilerServer(IReadOnlyList<string> words) =>
        BuildCommandLine.RoleOf(words) == BuildProcessRole.Node || CompilerServerClock.OfThisMachine() is not { } server ? null : server.Read(mayBeNew: true) > TimeSpan.Zero;
}
