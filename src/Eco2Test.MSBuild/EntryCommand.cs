using Eco2Test.Settings;

namespace Eco2Test.MSBuild;

/// <summary>
/// What the command line of a build says before MSBuild says anything: what is built, and which properties were given. MSBuild
/// names both only when the first project is read, and by then a part of the energy is spent.
/// </summary>
/// <param name="Path">Full path of the solution or project; else of the folder that the build looks for it in.</param>
/// <param name="Properties">Properties of the command line, with their names in any case.</param>
/// <param name="IsGraph">Whether projects are built by their graph.</param>
internal sealed record EntryCommand(string Path, IReadOnlyDictionary<string, string> Properties, bool IsGraph)
{
    private static readonly string[] PropertyOptions = ["p", "property"];
    private static readonly string[] GraphOptions = ["graph", "graphbuild"];

    /// <summary>Options of <c>dotnet</c> whose value is a word of its own: that may be a folder, and is not what is built.</summary>
    private static readonly string[] OptionsWithValue = ["a", "arch", "os", "f", "framework", "o", "output", "r", "runtime", "s", "source", "v", "verbosity", "version-suffix"];

    /// <summary>Reads the words of a process.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="folder">The working folder.</param>
    /// <returns><see langword="null"/> for a server, whose words are not those of the build.</returns>
    public static EntryCommand? Read(IReadOnlyList<string> words, string folder)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var path = folder;
        var isGraph = false;
        for (var i = FirstAfterVerb(words); i < words.Count; i++)
        {
            // On Unix a word that begins with a slash is a path as well.
            if (Built(words[i], folder) is { } built)
            {
                path = built;
                continue;
            }

            var (option, value) = Split(words[i]);
            if (option is "nodemode")
            {
                return null;
            }

            if (value is null && OptionsWithValue.Contains(option))
            {
                i++;
            }
            else if (PropertyOptions.Contains(option))
            {
                AddProperties(properties, value ?? Next(words, ref i));
            }
            else if (option is "c" or "configuration")
            {
                properties["Configuration"] = value ?? Next(words, ref i);
            }
            else if (option is "artifacts-path")
            {
                properties["ArtifactsPath"] = value ?? Next(words, ref i);
            }
            else
            {
                isGraph |= option is "g" || (GraphOptions.Contains(option) && !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase));
            }
        }

        return new EntryCommand(path, properties, isGraph);
    }

    /// <summary>The folder that settings are looked for from.</summary>
    public string Folder => IsProject(Path) ? System.IO.Path.GetDirectoryName(Path)! : Path;

    /// <summary>The first word that may be a project: <c>build</c> of <c>dotnet build</c> may be a folder too.</summary>
    private static int FirstAfterVerb(IReadOnlyList<string> words) =>
        words.Count > 0 && System.IO.Path.GetFileNameWithoutExtension(words[0]).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? 2 : 1;

    /// <summary>What a word says is built: a project or solution that is there, or a folder with one.</summary>
    private static string? Built(string word, string folder)
    {
        if (word.Length == 0 || word[0] == '-')
        {
            return null;
        }

        var path = System.IO.Path.GetFullPath(word, folder);
        return IsProject(word) && FilesAbove.IsThere(path) ? path
            : FilesAbove.HasAny(path, "*.sln", "*.slnx", "*.slnf", "*.*proj") ? path
            : null;
    }

    private static bool IsProject(string path) => System.IO.Path.GetExtension(path) is { } extension
        && (extension is ".sln" or ".slnx" or ".slnf" || extension.EndsWith("proj", StringComparison.OrdinalIgnoreCase));

    /// <summary><c>-p:A=B</c>, <c>/p:A=B</c> and <c>--property:A=B</c> as <c>p</c> and <c>A=B</c>.</summary>
    private static (string? Option, string? Value) Split(string word)
    {
        if (word.Length < 2 || word[0] is not ('-' or '/'))
        {
            return (null, null);
        }

        var text = word.TrimStart('-', '/');
        var colon = text.IndexOf(':');
        return colon < 0 ? (text.ToLowerInvariant(), null) : (text[..colon].ToLowerInvariant(), text[(colon + 1)..]);
    }

    private static string Next(IReadOnlyList<string> words, ref int i) => i + 1 < words.Count ? words[++i] : "";

    private static void AddProperties(Dictionary<string, string> properties, string text)
    {
        foreach (var part in text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.IndexOf('=') is > 0 and var sign)
            {
                properties[part[..sign]] = part[(sign + 1)..].Trim('"');
            }
        }
    }
}
