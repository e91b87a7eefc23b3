using Eco2Test.Budgets;

namespace Eco2Test.Settings;

/// <summary>
/// The settings file that a project or a build starts from, and behind it what each extends. Self-contained, because the
/// generator compiles this file too.
/// </summary>
/// <param name="Files">The nearest first.</param>
internal sealed record SettingsChain(IReadOnlyList<SettingsFile> Files)
{
    /// <summary>The most files of a chain: the targets hand the compiler no more.</summary>
    public const int MostFiles = 4;

    /// <summary>Reads the chain; it ends where a file is missing, comes twice, or would be one too many.</summary>
    /// <param name="root">The path of the first; <see langword="null"/>: there is none.</param>
    /// <param name="read">What is in a file; <see langword="null"/> when it is not there.</param>
    public static SettingsChain Read(string? root, Func<string, string?> read)
    {
        var files = new List<SettingsFile>();
        for (var path = root is null ? null : SettingsPath.Normalize(root);
             path is not null && files.Count < MostFiles && files.All(file => file.Path != path) && read(path) is { } text;
             path = files[files.Count - 1].Extended)
        {
            files.Add(SettingsFile.Read(path, text));
        }

        return new(files);
    }

    /// <summary>All that is wrong with a file of the chain.</summary>
    public IEnumerable<SettingsProblem> ProblemsOf(SettingsFile file) => file.Problems.Concat(ProblemOfExtending(file)).Concat(Loosened(file));

    /// <summary>What the files say of a setting; <see langword="null"/> when none does.</summary>
    public WrittenSetting? Value(SettingsKey key) => WrittenSetting.Nearest(key, Values(key), []).Value;

    /// <summary>What nobody nearer than the files may loosen of a setting; <see langword="null"/> when none of them locks it.</summary>
    public WrittenSetting? Locked(SettingsKey key) => WrittenSetting.Nearest(key, Values(key), []).Locked;

    /// <summary>All that they lock, the list of builds excepted, as the build leaves it in an assembly.</summary>
    public IEnumerable<LockedEntry> Locked() =>
        from key in SettingsKeys.All
        where key.CanBeLocked && key.Name != SettingsKeys.Builds
        let locked = Locked(key)
        where locked is not null
        select new LockedEntry(key.Property, locked.Value, locked.Place.Text);

    /// <summary>What a run of tests has of the files, by the names of properties: what is nearer wins, name by name, unless it loosens what is locked.</summary>
    public IEnumerable<(string Property, string Value)> OfRuns()
    {
        foreach (var key in SettingsKeys.All.Where(key => !key.IsOfBuilds && key.Name is not (SettingsKeys.Extends or SettingsKeys.Regions or SettingsKeys.Locked)))
        {
            if (Value(key) is { } written)
            {
                yield return (key.Property, written.Value);
            }
        }

        // What nobody may loosen by a property, a variable or an attribute.
        if (Locked().Where(entry => !SettingsKeys.All.Any(key => key.Property == entry.Property && key.IsOfBuilds)).ToList() is { Count: > 0 } locked)
        {
            yield return (LockedEntry.InAssembly, LockedEntry.Write(locked));
        }
    }

    /// <summary>What each file says of a setting, the farthest first.</summary>
    public IEnumerable<WrittenSetting> Values(SettingsKey key) => Files.Reverse().SelectMany(file => ValuesIn(file, key));

    /// <summary>What one of them says of it.</summary>
    public static IEnumerable<WrittenSetting> ValuesIn(SettingsFile file, SettingsKey key) => file.Member(key.Name) is { } member
        ? [new(member.Value, file.PlaceOf(member.Name, member.ValueSpan), file.Locks(member.Name)) { Span = member.ValueSpan }]
        : [];

    private IEnumerable<SettingsProblem> ProblemOfExtending(SettingsFile file)
    {
        // Only the last one extends what is not in the chain behind it.
        if (file != Files[Files.Count - 1] || file.Extended is not { } extended)
        {
            yield break;
        }

        var member = file.Member(SettingsKeys.Extends)!;
        yield return new(SettingsFault.Extends, member.ValueSpan, Files.Any(each => each.Path == extended)
            ? $"'{member.Value}' is a file that extends this one: {string.Join(" -> ", Files.Select(each => SettingPlace.Short(each.Path)))} -> {SettingPlace.Short(extended)}"
            : $"'{member.Value}' is not there, seen from the folder of this file; a chain has four files at most");
    }

    private IEnumerable<SettingsProblem> Loosened(SettingsFile file)
    {
        var loosened = new List<LoosenedSetting>();
        foreach (var key in SettingsKeys.All)
        {
            WrittenSetting.Nearest(key, Values(key), loosened);
        }

        return loosened
            .Where(each => each.Written.Place.File == file.Path)
            .Select(each => new SettingsProblem(SettingsFault.Locked, each.Written.Span, $"{each.Key.Name}: {each.Message}"));
    }
}
