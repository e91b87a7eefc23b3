namespace Eco2Test.MSBuild;

/// <summary>What a task tells the logger of a project that may have budgets.</summary>
/// <param name="File">Full path of the project.</param>
/// <param name="TargetFramework">Such as <c>net10.0</c>; <see langword="null"/> for a project without one.</param>
/// <param name="IsJudged">Whether its budgets have been judged; else the logger does it.</param>
/// <param name="Properties">What MSBuild has evaluated for it; empty where it is judged.</param>
internal sealed record SaidProject(string File, string? TargetFramework, bool IsJudged, IReadOnlyList<WrittenProperty> Properties);
