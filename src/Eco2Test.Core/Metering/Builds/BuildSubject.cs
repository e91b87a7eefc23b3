namespace Eco2Test.Metering;

/// <summary>Whose settings are asked for: those of a build, or those of one project in it.</summary>
/// <param name="Folder">Full path of the folder of the project, or of what is built: the nearest <c>eco2test.json</c> upwards from it holds.</param>
/// <param name="Solution">Full path of what the command builds, a solution or a project; <see langword="null"/> when nobody knows.</param>
/// <param name="Project">Full path of the project; <see langword="null"/> for the whole build.</param>
/// <param name="TargetFramework">Such as <c>net10.0</c>.</param>
/// <param name="Configuration">Such as <c>Release</c>.</param>
/// <param name="ArtifactsPath">What the MSBuild property of this name says, if anything: reports go below it.</param>
internal sealed record BuildSubject(
    string Folder, string? Solution = null, string? Project = null, string? TargetFramework = null, string? Configuration = null, string? ArtifactsPath = null);
