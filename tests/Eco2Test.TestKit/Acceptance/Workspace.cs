namespace Eco2Test.TestKit.Acceptance;

/// <summary>
/// A temporary folder for generated projects, where nothing of this repository's build applies and NuGet knows the packed
/// feed beside the user's sources. It is removed at the end unless <c>KEEP_WORKSPACES</c> is set.
/// </summary>
public sealed class Workspace : IDisposable
{
    private readonly DotnetCommand _dotnet;

    private Workspace(string name, string folder, PackedFeed feed)
    {
        Folder = folder;
        Feed = feed;
        _dotnet = new DotnetCommand(name, folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Where the packages under test come from.</summary>
    public PackedFeed Feed { get; }

    /// <summary>A new folder, isolated, without a project.</summary>
    /// <param name="name">Names the logs of the commands that run in it.</param>
    /// <param name="feed">The packages under test.</param>
    public static Workspace Create(string name, PackedFeed feed)
    {
        var workspace = new Workspace(name, Directory.CreateTempSubdirectory("eco2test-acceptance-").FullName, feed);
        workspace.Write("Directory.Build.props", "<Project />\n");
        workspace.Write("Directory.Build.targets", "<Project />\n");
        workspace.Write("Directory.Packages.props", "<Project />\n");
        workspace.Write("global.json", File.ReadAllText(Repository.PathOf("global.json")));
        workspace.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="eco2test-under-test" value="{feed.Folder}" />
              </packageSources>
            </configuration>
            """);
        return workspace;
    }

    /// <summary>The path of a file or folder in it.</summary>
    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Writes a file.</summary>
    public void Write(string path, string text)
    {
        var file = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Writes all files of a project.</summary>
    public void Write(TestProject project)
    {
        foreach (var (path, text) in project.Files)
        {
            Write(path, text);
        }
    }

    /// <summary>Runs <c>dotnet</c> in the folder.</summary>
    public Task<CommandResult> DotnetAsync(params IReadOnlyList<string> arguments) => _dotnet.RunAsync(arguments);

    /// <summary>Runs <c>dotnet</c> in the folder with other environment variables.</summary>
    public Task<CommandResult> DotnetAsync(IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> arguments) =>
        _dotnet.RunAsync(arguments, environment);

    /// <summary>Removes the folder.</summary>
    public void Dispose()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KEEP_WORKSPACES")) && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
