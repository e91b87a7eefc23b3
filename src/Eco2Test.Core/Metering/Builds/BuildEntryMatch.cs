using Eco2Test.Budgets;
using Eco2Test.Settings;

namespace Eco2Test.Metering;

/// <summary>Which entry of a list <c>builds</c> is for a build or a project.</summary>
internal static class BuildEntryMatch
{
    /// <summary>
    /// The entry of a file that is for the subject and has this limit: of several, the one with the most conditions, then the
    /// one whose patterns leave the least open, then the first.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="isOfProject">Whether a limit of the project is looked for; else one of the build.</param>
    /// <param name="limit">The name of the limit in an entry.</param>
    /// <param name="subject">The build or the project.</param>
    /// <param name="root">What paths are seen from that do not lie below the folder of the file.</param>
    public static BuildEntry? Find(SettingsFile file, bool isOfProject, string limit, BuildSubject subject, string root) => file.Builds
        .Where(entry => entry.IsOfProject == isOfProject && entry.Member(limit) is not null && IsFor(entry, file, subject, root))
        .OrderByDescending(entry => Conditions(entry).Count())
        .ThenByDescending(entry => Conditions(entry).Sum(condition => condition.Value.Count(c => c != '*')))
        .FirstOrDefault();

    private static IEnumerable<JsonMember> Conditions(BuildEntry entry) => entry.Members.Where(member => BuildList.Conditions.Contains(member.Name));

    private static bool IsFor(BuildEntry entry, SettingsFile file, BuildSubject subject, string root) => Conditions(entry).All(condition => condition.Name switch
    {
        BuildList.Solution => IsPath(condition.Value, subject.Solution, file, root),
        BuildList.Project => IsPath(condition.Value, subject.Project, file, root),
        BuildList.Configuration => Is(condition.Value, subject.Configuration),
        _ => Is(condition.Value, subject.TargetFramework),
    });

    /// <summary>Whether a path is of a pattern: by the name of its file where the pattern has no folder, with its extension or without.</summary>
    private static bool IsPath(string pattern, string? path, SettingsFile file, string root)
    {
        if (path is null)
        {
            return false;
        }

        var wanted = pattern.Trim().Replace('\\', '/');
        wanted = wanted.StartsWith("./", StringComparison.Ordinal) ? wanted[2..] : wanted;
        var text = wanted.Contains('/') ? Seen(path, Path.GetDirectoryName(file.Path)!) ?? Seen(path, root) : Path.GetFileName(path);
        return text is not null && (Is(wanted, text) || Is(wanted, Path.ChangeExtension(text, null)));
    }

    /// <summary>The path as it is seen from a folder, with <c>/</c>; <see langword="null"/> when it does not lie below it.</summary>
    private static string? Seen(string path, string folder)
    {
        var seen = Path.GetRelativePath(folder, path).Replace('\\', '/');
        return seen.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(seen) ? null : seen;
    }

    /// <summary>Case does not matter: neither does it to MSBuild, and a limit must not be lost by it.</summary>
    private static bool Is(string pattern, string? text) => text is not null && Wildcard.Matches(pattern.Trim().ToUpperInvariant(), text.ToUpperInvariant());
}
