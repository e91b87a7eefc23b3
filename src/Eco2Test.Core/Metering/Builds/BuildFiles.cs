using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Settings;

namespace Eco2Test.Metering;

/// <summary>The settings files of a build: no compiler has read them for it.</summary>
/// <param name="Chain">The file that it starts from, and what that extends.</param>
/// <param name="Problems">What is wrong with them, as the compiler would say it of a project.</param>
internal sealed record BuildFiles(SettingsChain Chain, IReadOnlyList<BuildVerdict> Problems)
{
    /// <summary>
    /// Opens them: the file that <c>ECO2TEST_SETTINGS_FILE</c> or the MSBuild property <c>Eco2TestSettingsFile</c> names, seen
    /// from the folder of the subject, else the nearest <c>eco2test.json</c> from there upwards.
    /// </summary>
    public static BuildFiles Open(BuildSubject subject, EnvironmentVariables environment, Func<string, string?> property, Func<string, SettingPlace?> placeOf)
    {
        var faults = new List<BuildVerdict>();
        var named = environment["ECO2TEST_SETTINGS_FILE"] is { } variable ? new WrittenSetting(variable, new SettingPlace("ECO2TEST_SETTINGS_FILE"))
            : property("SettingsFile") is { } text && !string.IsNullOrWhiteSpace(text) ? new WrittenSetting(text.Trim(), placeOf("SettingsFile") ?? new SettingPlace("Eco2TestSettingsFile"))
            : null;
        var root = named is null ? FilesAbove.Nearest(subject.Folder, SettingsFile.Name) : Path.GetFullPath(Path.Combine(subject.Folder, named.Value));
        var chain = SettingsChain.Read(root, path => Read(path, faults));
        if (named is not null && chain.Files.Count == 0 && faults.Count == 0)
        {
            faults.Add(Unreadable(named.Place, $"'{named.Value}' is not there; name a settings file, seen from the folder of the project"));
        }

        return new(chain, [.. faults, .. chain.Files.SelectMany(file => chain.ProblemsOf(file).Select(problem => Said(file, problem)))]);
    }

    /// <summary>What cannot be read, where it stands.</summary>
    public static BuildVerdict Unreadable(SettingPlace place, string problem) => new(DiagnosticCodes.BuildSettingUnreadable, IsError: true, InWords(place, problem), place, null);

    /// <summary>A value that loosens a locked one, where it stands.</summary>
    public static BuildVerdict Locked(LoosenedSetting loosened) =>
        new(DiagnosticCodes.SettingLocked, IsError: true, InWords(loosened.Written.Place, loosened.Message), loosened.Written.Place, null);

    private static BuildVerdict Said(SettingsFile file, SettingsProblem problem) => new(
        problem.Fault == SettingsFault.Locked ? DiagnosticCodes.SettingLocked : DiagnosticCodes.BuildSettingUnreadable, IsError: true,
        problem.Fault == SettingsFault.NotJson ? $"The settings file cannot be read: {problem.Message}" : problem.Message,
        file.PlaceOf(SettingsFile.Name, problem.Span), null);

    /// <summary>A message shows the file by itself, but neither a variable nor an option.</summary>
    private static string InWords(SettingPlace place, string problem) => $"{(place.File is null ? place.Text : place.Name)}: {problem}";

    private static string? Read(string path, List<BuildVerdict> faults)
    {
        if (!FilesAbove.IsThere(path))
        {
            return null;
        }

        try
        {
            return UserFile.Read(path);
        }
        catch (IOException fault)
        {
            faults.Add(Unreadable(new SettingPlace(SettingsFile.Name, path), $"it cannot be read ({fault.GetType().Name}); give the build a right to read it"));
            return null;
        }
    }
}
