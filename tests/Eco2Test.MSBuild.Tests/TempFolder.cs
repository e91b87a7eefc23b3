namespace Eco2Test.MSBuild.Tests;

/// <summary>A folder that is removed with the test; it is the root of a repository.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Directory.CreateDirectory(PathOf(".git"));

    public string Path { get; } = Directory.CreateTempSubdirectory("eco2test-msbuild-").FullName;

    public string PathOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public string Write(string name, string text)
    {
        var file = PathOf(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
