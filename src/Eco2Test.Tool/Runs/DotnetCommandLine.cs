namespace Eco2Test.Tool;

/// <summary>
/// A command of <c>dotnet</c> that builds: what it builds, and where MSBuild's loggers can be named in it. That differs by
/// sub-command: <c>dotnet run</c> and the test command of Microsoft.Testing.Platform hand what they do not know to the program.
/// </summary>
internal sealed class DotnetCommandLine
{
    private static readonly string[] Builds = ["build", "publish", "pack", "restore", "clean", "msbuild"];
    private static readonly string[] NoResponseFile = ["noautoresponse", "noautorsp"];
    private static readonly string[] Projects = [".sln", ".slnx", ".slnf", ".proj", ".csproj", ".fsproj", ".vbproj"];
    private static readonly string[] Assemblies = [".dll", ".exe"];

    private readonly IReadOnlyList<string> _words;
    private readonly int _place;
    private readonly int _end;

    private DotnetCommandLine(IReadOnlyList<string> words, int place)
    {
        (_words, _place) = (words, place);
        var end = words.Skip(place).TakeWhile(word => word != "--").Count();
        _end = place + end;
    }

    /// <summary>The sub-command: <c>build</c>.</summary>
    public string Name => _words[_place];

    /// <summary>Whether it builds and nothing else, so that all it uses is the build's.</summary>
    public bool OnlyBuilds => Builds.Contains(Name);

    /// <summary>Whether it runs tests.</summary>
    public bool Tests => Name == "test";

    /// <summary>What it builds, as it is named; <see langword="null"/>: what lies in the current folder.</summary>
    public string? Target => Arguments.FirstOrDefault(word => word.Length > 0 && word[0] != '-' && HasExtension(word, Projects))
        ?? Following("--project", "--solution").FirstOrDefault();

    /// <summary>The folders that test results go to, where it names any.</summary>
    public IEnumerable<string> ResultFolders => Following("--results-directory", "--test-results-directory");

    /// <summary>The configuration that is built, where it is named.</summary>
    public string? Configuration => Following("--configuration", "-c").FirstOrDefault();

    /// <summary>Whether MSBuild is told not to read <c>Directory.Build.rsp</c>.</summary>
    public bool IgnoresResponseFiles => Arguments.Any(word => word.Length > 0 && word[0] is '-' or '/' && NoResponseFile.Contains(word.TrimStart('-', '/'), StringComparer.OrdinalIgnoreCase));

    private IEnumerable<string> Arguments => _words.Skip(_place + 1).Take(_end - _place - 1);

    /// <summary>Reads a command; <see langword="null"/> when it is none of <c>dotnet</c> that builds.</summary>
    public static DotnetCommandLine? Read(IReadOnlyList<string> words)
    {
        if (words.Count < 2 || !IsDotnet(words[0]))
        {
            return null;
        }

        var place = words[1] is "-d" or "--diagnostics" ? 2 : 1;
        return place < words.Count && (Builds.Contains(words[place]) || words[place] is "test" or "run") ? new(words, place) : null;
    }

    /// <summary>The command with the logger, or why it cannot have it.</summary>
    /// <param name="logger">The argument of MSBuild.</param>
    /// <param name="testsOnPlatform">Whether <c>dotnet test</c> is that of Microsoft.Testing.Platform.</param>
    /// <param name="hasResponseFile">Whether a response file of what is built names the logger already.</param>
    public (IReadOnlyList<string> Words, string? WhyNot) With(string logger, bool testsOnPlatform, bool hasResponseFile)
    {
        if (Arguments.Any(word => word.Contains(BuildLogger.TypeName, StringComparison.Ordinal)) || (hasResponseFile && !IgnoresResponseFiles))
        {
            return (_words, null);
        }

        const string Remedy = "'eco2test init build' puts the logger where such a command finds it too";
        return Name == "run" ? (_words, $"'dotnet run' hands the logger to the program; {Remedy}")
            : Tests && Arguments.Any(word => HasExtension(word, Assemblies)) ? (_words, null)
            : Tests && testsOnPlatform ? (_words, $"'dotnet test' of Microsoft.Testing.Platform hands the logger to the tests; {Remedy}")
            : ([.. _words.Take(_place + 1), logger, .. _words.Skip(_place + 1)], null);
    }

    private IEnumerable<string> Following(params string[] options)
    {
        var arguments = Arguments.ToList();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (options.FirstOrDefault(option => arguments[i] == option || arguments[i].StartsWith(option + "=", StringComparison.Ordinal) || arguments[i].StartsWith(option + ":", StringComparison.Ordinal)) is not { } found)
            {
                continue;
            }

            if (arguments[i].Length > found.Length)
            {
                yield return arguments[i][(found.Length + 1)..];
            }
            else if (i + 1 < arguments.Count)
            {
                yield return arguments[i + 1];
            }
        }
    }

    private static bool IsDotnet(string word)
    {
        var name = word[(word.LastIndexOfAny(['/', '\\']) + 1)..];
        return name == "dotnet" || name.Equals("dotnet.exe", StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasExtension(string word, string[] extensions) =>
        !word.StartsWith('-') && extensions.Any(extension => word.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
