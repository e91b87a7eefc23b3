using System.Globalization;

namespace Eco2Test.Metering;

/// <summary>What a command line says of a process: what it does for a build, or that it is a build of somebody else.</summary>
internal static class BuildCommandLine
{
    private static readonly string[] Builds = ["build", "msbuild", "publish", "pack", "test", "restore", "clean"];
    private static readonly string[] TestHosts = ["testhost", "testhost.x86", "testhost.arm64", "vstest.console", "datacollector"];

    /// <summary>What the process does; <see cref="BuildProcessRole.Child"/> when nothing else is known of it.</summary>
    public static BuildProcessRole RoleOf(IReadOnlyList<string> words)
    {
        if (NodeMode(words) is { } mode)
        {
            return mode switch
            {
                1 => BuildProcessRole.Node,
                8 => BuildProcessRole.Entry,
                _ => BuildProcessRole.TaskHost,
            };
        }

        if (words.Take(2).Any(static word => NameOf(word) == "VBCSCompiler") || IsDotnetExec(words, "VBCSCompiler"))
        {
            return BuildProcessRole.CompilerServer;
        }

        return words.Any(static word => TestHosts.Contains(NameOf(word))) || words.Any(IsTestingPlatform) ? BuildProcessRole.TestHost : BuildProcessRole.Child;
    }

    /// <summary>Whether a process outside every tree may work for a build: a node, a server or a task host.</summary>
    public static bool MayServe(IReadOnlyList<string> words) =>
        NodeMode(words) is not null || RoleOf(words) == BuildProcessRole.CompilerServer;

    /// <summary>Whether it is an MSBuild server, which outlives builds.</summary>
    public static bool IsServer(IReadOnlyList<string> words) => NodeMode(words) == 8;

    /// <summary>Whether several nodes may be in one process: <c>-mt</c> makes threads of them, which a server does not have on its command line.</summary>
    public static bool MayBeSeveralNodes(IReadOnlyList<string> words) => IsServer(words) || words.Any(IsMultiThreaded);

    /// <summary>Whether it is a build that somebody started.</summary>
    public static bool IsBuild(IReadOnlyList<string> words)
    {
        if (words.Count == 0 || NodeMode(words) is not null)
        {
            return false;
        }

        if (NameOf(words[0]) != "dotnet")
        {
            return IsMSBuild(words[0]);
        }

        var first = words.Skip(1).SkipWhile(static word => word.StartsWith('-') || word == "exec").FirstOrDefault();
        return first is not null && (Builds.Contains(first) || IsMSBuild(first));
    }

    private static int? NodeMode(IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (word.Length > 1 && word[0] is '/' or '-')
            {
                var option = word.AsSpan().TrimStart("/-");
                if (option.StartsWith("nodemode:", StringComparison.OrdinalIgnoreCase) && int.TryParse(option["nodemode:".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var mode))
                {
                    return mode;
                }
            }
        }

        return null;
    }

    /// <summary><c>-mt</c>, <c>/multiThreaded</c> and <c>-mt:true</c>.</summary>
    private static bool IsMultiThreaded(string word) =>
        word.Length > 1 && word[0] is '-' or '/' && word.TrimStart('-', '/').Split(':') is [var option, ..] && (option.Equals("mt", StringComparison.OrdinalIgnoreCase) || option.Equals("multiThreaded", StringComparison.OrdinalIgnoreCase))
        && !word.EndsWith(":false", StringComparison.OrdinalIgnoreCase);

    private static bool IsMSBuild(string word) => NameOf(word).Equals("msbuild", StringComparison.OrdinalIgnoreCase);

    private static bool IsDotnetExec(IReadOnlyList<string> words, string program) =>
        words.Count > 2 && words[1] == "exec" && words.Skip(2).Any(word => NameOf(word) == program);

    /// <summary>A test application is told by what <c>dotnet test</c> asks of it.</summary>
    private static bool IsTestingPlatform(string word) => word is "--dotnet-test-pipe" or "--internal-testhostcontroller-pid" || word.StartsWith("--internal-testingplatform", StringComparison.Ordinal);

    /// <summary>The file's name, without folders of any system and without the extension of a program.</summary>
    private static string NameOf(string word)
    {
        var name = word[(word.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }
}
