using Eco2Test.Budgets;
using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Settings;

namespace Eco2Test.Metering;

/// <summary>The settings of the run that a build is tracked as: those of tests, as far as a build has them.</summary>
internal static class BuildRunSettings
{
    /// <summary>Of tests only: what cannot be read of them is a matter of the tests.</summary>
    private static readonly IReadOnlyList<(string Variable, string Property)> _ofTests =
    [
        ("ECO2TEST_ENERGY_BUDGET", "EnergyBudget"), ("ECO2TEST_EMISSIONS_BUDGET", "EmissionsBudget"),
        ("ECO2TEST_RUN_ENERGY_BUDGET", "RunEnergyBudget"), ("ECO2TEST_RUN_EMISSIONS_BUDGET", "RunEmissionsBudget"),
        ("ECO2TEST_ATTACHMENTS", "Attachments"), ("ECO2TEST_REPORT", "Report"), ("ECO2TEST_BUDGETS", GroupBudgetsSetting.InAssembly),
    ];

    /// <summary>Before the name of what is read in the settings file.</summary>
    private const string InFile = "File.";

    /// <summary>Reads them; what cannot be read is added to <paramref name="problems"/>.</summary>
    public static RunSettings Read(BuildSubject subject, BuildSources sources, List<BuildVerdict> problems)
    {
        var environment = new EnvironmentVariables(name => _ofTests.Any(ofTests => ofTests.Variable == name) ? null : sources.Environment[name]);
        var run = RunSettings.Read(environment, Property, attribute: ("the command line", name => sources.Option(name)?.Text));
        problems.AddRange(run.Problems.Select(problem => Said(problem, sources)));
        problems.AddRange(ProblemsOfRegions(sources.Chain, run.Regions));
        return run;

        string? Property(string name) => name == RegionsSetting.InAssembly ? Regions(subject, sources, problems)
            : name.StartsWith(InFile, StringComparison.Ordinal) ? OfFiles(sources.Chain, name[InFile.Length..])
            : IsOfTests(name) ? null
            : sources.Property(name);
    }

    private static bool IsOfTests(string property) => _ofTests.Any(ofTests => ofTests.Property == property);

    private static string? OfFiles(SettingsChain chain, string property)
    {
        if (IsOfTests(property))
        {
            return null;
        }

        return property == LockedEntry.InAssembly
            ? LockedEntry.Write(chain.Locked().Where(entry => !IsOfTests(entry.Property)))
            : SettingsKeys.All.FirstOrDefault(key => key.Property == property) is { } key ? chain.Value(key)?.Value : null;
    }

    /// <summary>The user's own table of regions, as a build would leave it in an assembly.</summary>
    private static string? Regions(BuildSubject subject, BuildSources sources, List<BuildVerdict> problems)
    {
        var (path, place) = sources.Property("Regions") is { } text && !string.IsNullOrWhiteSpace(text)
            ? (Path.Combine(subject.Folder, text.Trim()), sources.PlaceOf("Regions") ?? new SettingPlace("Eco2TestRegions"))
            : sources.Chain.Files.FirstOrDefault(file => file.Regions is not null) is { } file
                ? (file.Regions!, file.PlaceOf(SettingsKeys.Regions, file.Member(SettingsKeys.Regions)!.ValueSpan))
                : ((string?)null, new SettingPlace(SettingsKeys.Regions));
        if (path is null || sources.Environment["ECO2TEST_REGIONS"] is not null)
        {
            return null;
        }

        try
        {
            return $"{Path.GetFileName(path)}\n{UserFile.Read(path)}";
        }
        catch (IOException fault)
        {
            problems.Add(BuildFiles.Unreadable(place, $"{Path.GetFileName(path)} cannot be read ({fault.GetType().Name}); name a table of regions that is there"));
            return null;
        }
    }

    /// <summary>A region of a file is named where it stands; of a variable or a property the run says it.</summary>
    private static IEnumerable<BuildVerdict> ProblemsOfRegions(SettingsChain chain, RegionCatalog regions) =>
        from file in chain.Files
        from member in file.Members
        where SettingsKeys.OfRegions.Contains(member.Name) && regions.FindPlace(member.Value) is null
        select BuildFiles.Unreadable(file.PlaceOf(member.Name, member.ValueSpan), regions.Explain(member.Value));

    /// <summary>A problem of a run, which begins with its code and the words for its place.</summary>
    private static BuildVerdict Said(string problem, BuildSources sources)
    {
        var (code, message) = (problem[..problem.IndexOf(':')], problem[(problem.IndexOf(':') + 2)..]);
        var words = message[..Math.Max(0, message.IndexOf(':'))];
        var name = words.Split(' ')[^1] is var last && last.StartsWith("eco2test", StringComparison.OrdinalIgnoreCase) ? last : words;
        var place = name.StartsWith("Eco2Test", StringComparison.Ordinal) ? sources.PlaceOf(name["Eco2Test".Length..]) : null;
        return new(code == DiagnosticCodes.SettingLocked ? code : DiagnosticCodes.BuildSettingUnreadable, IsError: true, message, place ?? new SettingPlace(name), null);
    }
}
