namespace Eco2Test.Settings;

/// <summary>
/// A setting that a file has locked, as the build leaves it in the assembly: a line of three fields. Self-contained, because
/// the generator compiles this file too.
/// </summary>
/// <param name="Property">The name of the MSBuild property of the same meaning, without its prefix.</param>
/// <param name="Value">The value that nobody nearer may loosen.</param>
/// <param name="Place">Where it is locked, for people.</param>
internal sealed record LockedEntry(string Property, string Value, string Place)
{
    /// <summary>By what name the build leaves the entries in the assembly.</summary>
    public const string InAssembly = "Locked";

    private const char Field = '\t';
    private const char Line = '\n';

    /// <summary>What is wrong with a value that is nearer; <see langword="null"/> when it is as tight, or cannot be read.</summary>
    public string? Problem(string value) =>
        SettingsKeys.All.FirstOrDefault(key => key.Property == Property) is { } key && key.Loosens(value, Value) ? LoosenedSetting.Text(key, value, Value, Place) : null;

    /// <summary>The entries as one text.</summary>
    public static string Write(IEnumerable<LockedEntry> entries) =>
        string.Join(Line.ToString(), entries.Select(entry => string.Join(Field.ToString(), Clean(entry.Property), Clean(entry.Value), Clean(entry.Place))));

    /// <summary>The entries of such a text; what is none is left out.</summary>
    public static IReadOnlyList<LockedEntry> Read(string text) =>
        [.. text.Split(Line).Select(line => line.Split(Field)).Where(fields => fields.Length == 3).Select(fields => new LockedEntry(fields[0], fields[1], fields[2]))];

    /// <summary>On one line without tabs, which part the fields.</summary>
    private static string Clean(string value) => new([.. value.Select(c => char.IsControl(c) ? ' ' : c)]);
}
