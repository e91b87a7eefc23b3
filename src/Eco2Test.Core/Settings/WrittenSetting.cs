using Eco2Test.Budgets;

namespace Eco2Test.Settings;

/// <summary>A value of a setting, with its place. Self-contained, because the generator compiles this file too.</summary>
/// <param name="Value">As it is written.</param>
/// <param name="Place">Where.</param>
/// <param name="IsLocked">Whether nobody nearer may loosen it.</param>
internal sealed record WrittenSetting(string Value, SettingPlace Place, bool IsLocked = false)
{
    /// <summary>The stretch of its file, if it is in one.</summary>
    public SettingsSpan Span { get; init; }

    /// <summary>
    /// The nearest of these that may hold, and the nearest of them that is locked. What loosens a locked one that is farther
    /// is passed over, and added to <paramref name="loosened"/>.
    /// </summary>
    public static (WrittenSetting? Value, WrittenSetting? Locked) Nearest(SettingsKey key, IEnumerable<WrittenSetting> farthestFirst, List<LoosenedSetting> loosened)
    {
        var (nearest, locked) = ((WrittenSetting?)null, (WrittenSetting?)null);
        foreach (var each in farthestFirst)
        {
            if (locked is not null && key.Loosens(each.Value, locked.Value))
            {
                loosened.Add(new(key, each, locked));
                continue;
            }

            nearest = each;
            locked = each.IsLocked ? each : locked;
        }

        return (nearest, locked);
    }
}

/// <summary>A value that is passed over, since it loosens one that is locked.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Written">The value.</param>
/// <param name="Locked">The one that is locked.</param>
internal sealed record LoosenedSetting(SettingsKey Key, WrittenSetting Written, WrittenSetting Locked)
{
    /// <summary>What is wrong, and what would be right.</summary>
    public string Message => Text(Key, Written.Value, Locked.Value, Locked.Place.Text);

    /// <summary>The same, of a place that is known by its words only.</summary>
    public static string Text(SettingsKey key, string value, string locked, string place) =>
        $"'{value}' is not allowed: {place} has locked '{locked}', {(key.IsOrdered ? "and only what is as tight or tighter may stand nearer" : "which cannot be changed")}";
}
