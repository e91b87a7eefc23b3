namespace Eco2Test.MSBuild;

/// <summary>A project as it is built for one framework.</summary>
/// <param name="File">Full path of the project.</param>
/// <param name="TargetFramework">Such as <c>net10.0</c>; <see langword="null"/> for a project without one.</param>
/// <param name="Configuration">Such as <c>Release</c>.</param>
internal sealed record ProjectKey(string File, string? TargetFramework, string? Configuration)
{
    /// <summary>The project's name.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>What it is called where somebody reads it: <c>Shop.Core (net10.0)</c>.</summary>
    public string DisplayName => TargetFramework is null ? Name : $"{Name} ({TargetFramework})";
}
