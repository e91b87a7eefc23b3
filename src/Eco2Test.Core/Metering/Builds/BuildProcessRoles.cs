namespace Eco2Test.Metering;

/// <summary>The names of roles in files.</summary>
internal static class BuildProcessRoles
{
    private static readonly (BuildProcessRole Role, string Name)[] Names =
    [
        (BuildProcessRole.Entry, "entry"),
        (BuildProcessRole.Node, "node"),
        (BuildProcessRole.CompilerServer, "compilerServer"),
        (BuildProcessRole.TaskHost, "taskHost"),
        (BuildProcessRole.TestHost, "testHost"),
        (BuildProcessRole.Child, "child"),
    ];

    public static string Name(BuildProcessRole role) => Array.Find(Names, known => known.Role == role).Name;

    /// <summary>The role of a name; <see langword="null"/> when it is that of none.</summary>
    public static BuildProcessRole? Parse(string name) => Array.Find(Names, known => known.Name == name) is { Name: not null } known ? known.Role : null;
}
