namespace Eco2Test.Settings;

/// <summary>
/// Reads and judges the list <c>locked</c> of a settings file: the names of settings whose values nobody nearer may loosen.
/// Self-contained, because the generator compiles this file too.
/// </summary>
internal static class LockedList
{
    /// <summary>The names that can be locked; what is wrong with the others is added to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<JsonItem> Read(JsonMember list, IReadOnlyList<JsonMember> all, List<SettingsProblem> problems)
    {
        var sound = new List<JsonItem>();
        foreach (var item in list.Items)
        {
            if (ProblemOf(item, all, sound) is { } problem)
            {
                problems.Add(new(SettingsFault.Unreadable, item.Span, $"{list.Name}: {problem}"));
            }
            else
            {
                sound.Add(item);
            }
        }

        return sound;
    }

    private static string? ProblemOf(JsonItem item, IReadOnlyList<JsonMember> all, List<JsonItem> before) =>
        item.Kind != JsonKind.Text ? "the name of a setting in double quotes is expected, such as \"buildEnergyBudget\""
        : SettingsKeys.Find(item.Value) is not { CanBeLocked: true }
            ? SettingsKeys.Nearest(item.Value, SettingsKeys.All.Where(key => key.CanBeLocked).Select(key => key.Name)) is { } meant
                ? $"'{item.Value}' is nothing that can be locked; did you mean '{meant}'?"
                : $"'{item.Value}' is nothing that can be locked; write the name of a setting of this file"
        : before.Any(other => other.Value == item.Value) ? $"'{item.Value}' is in it twice"
        : all.All(member => member.Name != item.Value) ? $"'{item.Value}' is not set in this file; set it here, or leave it out"
        : null;
}
