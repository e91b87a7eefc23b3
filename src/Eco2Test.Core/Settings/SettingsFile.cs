using Eco2Test.Budgets;

namespace Eco2Test.Settings;

/// <summary>One <c>eco2test.json</c>, read and judged. Self-contained, because the generator compiles this file too.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Members">What it sets, those that can be read only.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record SettingsFile(string Path, string Text, IReadOnlyList<JsonMember> Members, IReadOnlyList<SettingsProblem> Problems)
{
    public const string Name = "eco2test.json";

    /// <summary>The path of the file that this one extends, made absolute; <see langword="null"/> when it extends none.</summary>
    public string? Extended => PathIn(SettingsKeys.Extends);

    /// <summary>The path of the table of regions that this one names, made absolute; <see langword="null"/> when it names none.</summary>
    public string? Regions => PathIn(SettingsKeys.Regions);

    /// <summary>The budgets of builds, those that can be read only; empty also when it has no such list.</summary>
    public IReadOnlyList<BuildEntry> Builds { get; private init; } = [];

    /// <summary>What it sets by this name, or <see langword="null"/>.</summary>
    public JsonMember? Member(string name) => Members.FirstOrDefault(member => member.Name == name);

    /// <summary>Whether nobody nearer may loosen what it sets by this name.</summary>
    public bool Locks(string name) => Member(SettingsKeys.Locked)?.Items.Any(item => item.Value == name) == true;

    /// <summary>Where something in it stands.</summary>
    public SettingPlace PlaceOf(string name, SettingsSpan span)
    {
        var (line, column) = span.PlaceIn(Text);
        return new(name, Path, line, column);
    }

    private string? PathIn(string name) => Member(name) is { } member ? SettingsPath.Combine(Path, member.Value) : null;

    public static SettingsFile Read(string path, string text)
    {
        var problems = new List<SettingsProblem>();
        try
        {
            var all = JsonReader.Read(text);
            var sound = all.Where(member => IsSound(member, all, problems)).ToList();
            return new(path, text, [.. sound.Select(WithList)], problems)
            {
                Builds = sound.Find(member => member.Name == SettingsKeys.Builds) is { } builds ? BuildList.Read(builds, problems) : [],
            };

            JsonMember WithList(JsonMember member) => member.Name switch
            {
                SettingsKeys.Budgets => member with { Value = BudgetList.Read(member, problems) },
                SettingsKeys.Locked => member with { Items = LockedList.Read(member, all, problems) },
                _ => member,
            };
        }
        catch (JsonFault fault)
        {
            return new(path, text, [], [new(SettingsFault.NotJson, fault.Span, fault.Message)]);
        }
    }

    private static bool IsSound(JsonMember member, IReadOnlyList<JsonMember> all, List<SettingsProblem> problems)
    {
        // Where editors find the schema of the file.
        if (member.Name == "$schema")
        {
            return false;
        }

        if (SettingsKeys.Find(member.Name) is not { } key)
        {
            problems.Add(new(SettingsFault.UnknownName, member.NameSpan, SettingsKeys.Nearest(member.Name) is { } meant
                ? $"'{member.Name}' is no setting; did you mean '{meant}'?"
                : $"'{member.Name}' is no setting; there are {string.Join(", ", SettingsKeys.All.Select(known => known.Name))}"));
            return false;
        }

        var problem = all.First(other => other.Name == member.Name) != member ? "it is set twice"
            : member.Kind != key.Kind ? $"it must be {Described(key.Kind)}"
            : key.Problem(member.Value);
        if (problem is not null)
        {
            problems.Add(new(SettingsFault.Unreadable, member.ValueSpan, $"{member.Name}: {problem}"));
        }

        return problem is null;
    }

    private static string Described(JsonKind kind) => kind switch
    {
        JsonKind.Boolean => "true or false",
        JsonKind.Number => "a number",
        JsonKind.List => "a list in square brackets",
        _ => "a text in double quotes",
    };
}

/// <summary>What can be wrong with a settings file.</summary>
internal enum SettingsFault
{
    NotJson,
    UnknownName,
    Unreadable,
    Extends,

    /// <summary>It loosens what a file has locked that it extends.</summary>
    Locked,
}

/// <summary>One thing that is wrong, and where.</summary>
internal sealed record SettingsProblem(SettingsFault Fault, SettingsSpan Span, string Message);
