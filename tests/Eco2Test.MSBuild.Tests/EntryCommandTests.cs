namespace Eco2Test.MSBuild.Tests;

/// <summary>What a command line says of its build.</summary>
public sealed class EntryCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void The_project_is_the_file_that_is_there()
    {
        var project = _folder.Write("Shop/Shop.csproj", "<Project />");

        Read("dotnet.dll", "build", "Shop/Shop.csproj", "--no-restore").Path.ShouldBe(project);
        Read("dotnet.dll", "build", project).Path.ShouldBe(project);
        Read("dotnet.dll", "build", project).Folder.ShouldBe(_folder.PathOf("Shop"));
        Read("dotnet.dll", "build", "Gone.csproj").Path.ShouldBe(_folder.Path);
        Read("dotnet.dll", "build").Folder.ShouldBe(_folder.Path);
    }

    [Fact]
    public void A_folder_with_a_project_is_what_is_built_and_a_folder_for_results_is_not()
    {
        _folder.Write("Shop/Shop.csproj", "<Project />");
        _folder.Write("build/Build.csproj", "<Project />");
        _folder.Write("out/Other.csproj", "<Project />");
        _folder.Write("src/readme.md", "");

        Read("dotnet.dll", "build", "Shop", "-o", "out").Folder.ShouldBe(_folder.PathOf("Shop"));
        Read("dotnet.dll", "build", "-o", "out", "--no-restore", "Shop").Folder.ShouldBe(_folder.PathOf("Shop"));
        Read("dotnet.dll", "build").Folder.ShouldBe(_folder.Path);
        Read("dotnet.dll", "build", "src").Folder.ShouldBe(_folder.Path);
        Read("dotnet.dll", "build", _folder.PathOf("Shop"), "/m", "").Folder.ShouldBe(_folder.PathOf("Shop"));
        Read("MSBuild.dll", "Shop").Folder.ShouldBe(_folder.PathOf("Shop"));
    }

    [Fact]
    public void Properties_are_read_in_every_way_they_are_written()
    {
        var properties = Read(
            "dotnet.dll", "build", "-p:Eco2TestRegion=FR", "/p:A=1;B=x=y", "--property:C=\"5 Wh\"", "-p", "D=4", "-c", "Release", "--artifacts-path", "out").Properties;

        properties["eco2testregion"].ShouldBe("FR");
        (properties["A"], properties["B"], properties["C"], properties["D"]).ShouldBe(("1", "x=y", "5 Wh", "4"));
        properties["Configuration"].ShouldBe("Release");
        properties["ArtifactsPath"].ShouldBe("out");
    }

    [Theory]
    [InlineData("-graph", true)]
    [InlineData("/graph:true", true)]
    [InlineData("-g", true)]
    [InlineData("-graph:false", false)]
    [InlineData("-m:2", false)]
    public void A_build_by_the_graph_is_seen(string word, bool expected) => Read("dotnet.dll", "build", word).IsGraph.ShouldBe(expected);

    [Fact]
    public void The_words_of_a_server_say_nothing_of_a_build() =>
        EntryCommand.Read(["MSBuild.dll", "/nologo", "/nodemode:8", "/nodeReuse:True"], _folder.Path).ShouldBeNull();

    public void Dispose() => _folder.Dispose();

    private EntryCommand Read(params string[] words) => EntryCommand.Read(words, _folder.Path).ShouldNotBeNull();
}
