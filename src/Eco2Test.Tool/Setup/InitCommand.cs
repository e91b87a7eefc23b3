using System.CommandLine;

namespace Eco2Test.Tool;

/// <summary><c>eco2test init</c>: puts into a repository what a part of Eco2Test needs there.</summary>
internal static class InitCommand
{
    private const string Explanation = """
        Copies the logger with its assemblies to .config/eco2test, and then names it in
        Directory.Build.rsp, which MSBuild reads for every build below: dotnet build,
        test, run, publish, pack. Commit both: a logger that is named and not there
        fails every build (MSB1021). Run it again to take the version of this tool.

        Visual Studio ignores Directory.Build.rsp, and so does -noautoresponse.

        Examples:
          eco2test init build --dry-run
          eco2test init build
          eco2test init build --root src
        """;

    public static Command Create(Terminal terminal)
    {
        var root = new Option<string?>("--root") { Description = "The folder to put it into: that of the repository, unless said otherwise.", HelpName = "FOLDER" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and do nothing." };
        var build = new ExplainedCommand("build", "Let every build of a repository report what it used.", Explanation) { root, dryRun };
        build.SetAction(parsed => new BuildSetup(parsed.GetValue(root), Environment.CurrentDirectory, BuildLogger.Folder, parsed.GetValue(dryRun), terminal).Run());
        return new Command("init", "Set up a repository.") { build };
    }
}
