namespace Eco2Test.TestKit.Acceptance;

/// <summary>A whole project in one string: each file follows a line <c>#file path</c>.</summary>
public sealed record TestProject
{
    private const string Header = "#file ";

    private TestProject(IReadOnlyDictionary<string, string> files) => Files = files;

    /// <summary>The files' texts by their paths, in the order of the string.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>Takes the string apart.</summary>
    /// <exception cref="FormatException">It does not begin with a header, or names a file twice.</exception>
    public static TestProject Parse(string text)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        string? path = null;
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith(Header, StringComparison.Ordinal))
            {
                path = line[Header.Length..].Trim();
                if (!files.TryAdd(path, ""))
                {
                    throw new FormatException($"two files are named '{path}'");
                }
            }
            else if (path is not null)
            {
                files[path] += line + "\n";
            }
            else if (line.Trim().Length > 0)
            {
                throw new FormatException($"'{line}' stands before the first line '{Header}…'");
            }
        }

        return new(files);
    }

    /// <summary>The project with one more file, or another text for one it has.</summary>
    public TestProject With(string path, string text) => new(new Dictionary<string, string>(Files, StringComparer.Ordinal) { [path] = text });
}
