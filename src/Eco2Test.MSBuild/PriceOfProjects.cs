using System.Globalization;
using Eco2Test.Budgets;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.MSBuild;

/// <summary>
/// What projects say of where a build is and of what its machine draws, which nobody knew when it began. What prices it is of
/// the whole build where all that say it agree; the rest is said in the report.
/// </summary>
/// <param name="environment">Environment variables: they come before what projects say.</param>
/// <param name="atStart">What the build has been tracked by.</param>
internal sealed class PriceOfProjects(EnvironmentVariables environment, RunSettings atStart)
{
    private static readonly IReadOnlyList<Setting> Settings =
    [
        new("Region", "ECO2TEST_REGION", run => run.Region, IsPrice: true),
        new("ActualRegion", "ECO2TEST_ACTUAL_REGION", run => run.ActualRegion, IsPrice: true),
        new("Pue", "ECO2TEST_PUE", run => run.Pue?.ToString(CultureInfo.InvariantCulture), IsPrice: true),
        new("Regions", "ECO2TEST_REGIONS", _ => null, IsPrice: false),
        new("CpuPower", "ECO2TEST_CPU_POWER", run => run.CpuPower?.ToString(), IsPrice: false),
        new("CpuModel", "ECO2TEST_CPU_MODEL", _ => null, IsPrice: false),
    ];

    private readonly List<ReportNotice> _notices = [];
    private readonly List<Said> _agreed = [];

    /// <summary>What the projects that say it agree on, and the build itself has not.</summary>
    public IReadOnlyList<WrittenProperty> Agreed => [.. _agreed.Select(said => said.Property)];

    /// <summary>What a reader of the report must know of it.</summary>
    public IReadOnlyList<ReportNotice> Notices => _notices;

    /// <summary>Takes what projects have said.</summary>
    /// <param name="projects">What each of them said.</param>
    /// <param name="ofBuild">A property of the whole build, by its name without the prefix.</param>
    public void Take(IReadOnlyList<SaidSettings> projects, Func<string, string?> ofBuild)
    {
        foreach (var setting in Settings.Where(setting => environment[setting.Variable] is null))
        {
            var all = projects
                .SelectMany(project => project.Properties.Where(property => property.Name == setting.Name).Select(property => new Said(property, project.Project)))
                .DistinctBy(said => SameAs(setting, said.Property.Value)).ToList();
            var known = setting.Of(atStart) ?? (setting.IsPrice ? null : ofBuild(setting.Name));
            if (known is not null)
            {
                _notices.AddRange(all.Where(said => SameAs(setting, said.Property.Value) != SameAs(setting, known)).Select(said =>
                    TooLate($"{said.Text}, and '{known}' is set for the whole build, which is figured with that")));
            }
            else if (!setting.IsPrice)
            {
                _notices.AddRange(all.Select(said => TooLate($"{said.Text}, which was known when the build had begun: the whole build is figured without it")));
            }
            else if (all.Count > 1)
            {
                _notices.Add(TooLate($"{string.Join("; ", all.Select(said => said.Text))}: projects disagree, and the whole build is figured without it"));
            }
            else
            {
                _agreed.AddRange(all);
            }
        }
    }

    /// <summary>The build has been priced by what they agree on, or could not be.</summary>
    /// <param name="problem">Why not; <see langword="null"/>: it has been.</param>
    public void HasPriced(string? problem) => _notices.AddRange(_agreed.Select(said => problem is null
        ? new ReportNotice
        {
            Code = DiagnosticCodes.BuildPricedByProjects,
            Message = $"{said.Text}: only projects of the build say so, none of them says otherwise, and the whole build is priced with it.",
        }
        : TooLate($"{said.Text}, and the whole build is figured without it ({problem})")));

    private static ReportNotice TooLate(string text) => new()
    {
        Code = DiagnosticCodes.BuildSettingTooLate,
        Message = $"{text}. Where it is of the whole build, set it in eco2test.json, or in Directory.Build.props without a condition.",
    };

    /// <summary>A value, as it is compared: a place has several names, a number several forms.</summary>
    private string SameAs(Setting setting, string value) =>
        setting.Name.EndsWith("Region", StringComparison.Ordinal) && atStart.Regions.FindPlace(value) is { } place ? place.Key
        : setting.Name == "CpuPower" && QuantityParser.Power.Read(value, out var watts) is null ? watts.ToString(CultureInfo.InvariantCulture)
        : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture)
        : value;

    private sealed record Setting(string Name, string Variable, Func<RunSettings, string?> Of, bool IsPrice);

    private sealed record Said(WrittenProperty Property, string? Project)
    {
        /// <summary><c>Eco2TestRegion is 'DE' in Shop.App.csproj (App/Shop.App.csproj(3,5))</c></summary>
        public string Text =>
            $"{WrittenProperty.Prefix}{Property.Name} is '{Property.Value}' in {(Project is null ? "a project" : Path.GetFileName(Project))}"
            + (Property.Place is { File: { } file, Line: > 0 } place ? FormattableString.Invariant($" ({SettingPlace.Short(file)}({place.Line},{place.Column}))") : "");
    }
}

/// <summary>What a project sets for the whole build.</summary>
/// <param name="Project">Full path of the project; <see langword="null"/>: nobody said.</param>
/// <param name="Properties">What it sets.</param>
internal sealed record SaidSettings(string? Project, IReadOnlyList<WrittenProperty> Properties);
