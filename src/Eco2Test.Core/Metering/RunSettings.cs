using System.Globalization;
using Eco2Test.Budgets;
using Eco2Test.Carbon;
using Eco2Test.Cost;
using Eco2Test.Hardware;
using Eco2Test.Settings;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>
/// What the environment and the build ask of a run: <c>ECO2TEST_…</c> first, then the MSBuild property <c>Eco2Test…</c>
/// that the build left in the assembly, then what it left there of <c>eco2test.json</c>. A value that cannot be read is a problem that is said, never "no setting".
/// </summary>
internal sealed record RunSettings
{
    /// <summary>Set by the data collector in the test host: it takes the attachments of a framework that has no place for them.</summary>
    public const string CollectorVariable = "ECO2TEST_COLLECTOR";

    /// <summary>No logical CPU draws more; a larger figure has another unit.</summary>
    private const double MostWatts = 10_000;

    /// <summary>Before the name of what the build read in the settings file.</summary>
    private const string InFile = "File.";

    /// <summary>Whether tests are not tracked and nothing is written.</summary>
    public bool Skip { get; init; }

    /// <summary>Whether each test has its window attached.</summary>
    public bool Attachments { get; init; } = true;

    /// <summary>Whether a run is reported though no test is tracked.</summary>
    public bool Report { get; init; }

    /// <summary>The regions that are known: those of the product, and before them the user's own.</summary>
    public RegionCatalog Regions { get; init; } = RegionCatalog.Default;

    /// <summary>Where the work is declared to run, unless an attribute says otherwise.</summary>
    public string? Region { get; init; }

    /// <summary>Where the work runs, when that is not where it is declared to run.</summary>
    public string? ActualRegion { get; init; }

    /// <summary>Power usage effectiveness: energy of the building over energy of the device; <see langword="null"/>: that of the place.</summary>
    public double? Pue { get; init; }

    /// <summary>The energy budget of tests that state none.</summary>
    public Energy? EnergyBudget { get; init; }

    /// <summary>The emissions budget of tests that state none.</summary>
    public Emissions? EmissionsBudget { get; init; }

    /// <summary>The budgets of the run and of groups of its windows.</summary>
    public IReadOnlyList<GroupBudget> GroupBudgets { get; init; } = [];

    /// <summary>How budgets are judged.</summary>
    public BudgetPolicy Budgets { get; init; }

    /// <summary>What a busy logical CPU draws, when the user knows.</summary>
    public Power? CpuPower { get; init; }

    /// <summary>Numbers of the GPUs that the user asserts nobody else uses.</summary>
    public IReadOnlyCollection<int> ExclusiveGpus { get; init; } = [];

    /// <summary>Which model of CPU power is asked for.</summary>
    public CpuModelChoice CpuModel { get; init; }

    /// <summary>What electricity costs; <see langword="null"/>: nothing is said of cost.</summary>
    public ElectricityTariff? ElectricityPrice { get; init; }

    /// <summary>Whether what is measured is written into the results folder, and not only given to who asks.</summary>
    public bool KeepsJournal { get; init; } = true;

    /// <summary>Whether what the journal has stays in memory too, for whoever makes the report in this process; one line for each second.</summary>
    public bool RemembersJournal { get; init; }

    /// <summary>Where journals and reports go.</summary>
    public string ResultsFolder { get; init; } = "eco2test-results";

    /// <summary>Whose machine the run is on, when the user says so.</summary>
    public RunnerOwnership? RunnerOwnership { get; init; }

    /// <summary>What making the machine emitted, when the user knows.</summary>
    public EmbodiedCarbon? Embodied { get; init; }

    /// <summary>The metric that counts what the software does for its users, such as <c>predictions</c>.</summary>
    public string? FunctionalUnit { get; init; }

    /// <summary>The run's identity.</summary>
    public string? RunId { get; init; }

    /// <summary>What the host and the one that reports on it agreed to call this session.</summary>
    public string? Session { get; init; }

    /// <summary>Whether a data collector attaches what a test framework cannot.</summary>
    public bool HasCollector { get; init; }

    /// <summary>What the settings file has locked: no attribute may loosen it either.</summary>
    public IReadOnlyList<LockedEntry> Locked { get; init; } = [];

    /// <summary>What could not be read, where it stands and what would be right.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Reads all settings.</summary>
    /// <param name="environment">Environment variables.</param>
    /// <param name="buildProperty">A property that the build left in the assembly, by its name without the prefix <c>Eco2Test</c>.</param>
    /// <param name="readFile">Reads a file that a setting names; <see langword="null"/>: from the disk.</param>
    /// <param name="attribute">An attribute that comes before all else: its name, and what it sets by the names of properties.</param>
    public static RunSettings Read(
        EnvironmentVariables environment, Func<string, string?> buildProperty, Func<string, string>? readFile = null, (string Name, Func<string, string?> Value)? attribute = null)
    {
        var problems = new List<string>();
        var locked = LockedEntry.Read(buildProperty(InFile + LockedEntry.InAssembly) ?? "");
        return new RunSettings
        {
            Skip = Parsed<bool>("SKIP", "Skip", ReadBoolean, false),
            Attachments = Parsed<bool>("ATTACHMENTS", "Attachments", ReadBoolean, true),
            Report = Parsed<bool>("REPORT", "Report", ReadBoolean, false),
            Regions = RegionsSetting.Read(environment["ECO2TEST_REGIONS"], buildProperty(RegionsSetting.InAssembly), readFile ?? UserFile.Read, problems),
            Region = Text("REGION", "Region").Value,
            ActualRegion = Text("ACTUAL_REGION", "ActualRegion").Value,
            Pue = Parsed<double?>("PUE", "Pue", ReadPue, null),
            EnergyBudget = Parsed<Energy?>("ENERGY_BUDGET", "EnergyBudget", ReadEnergy, null),
            EmissionsBudget = Parsed<Emissions?>("EMISSIONS_BUDGET", "EmissionsBudget", ReadEmissions, null),
            GroupBudgets = GroupBudgetsSetting.Read(
                Written("RUN_ENERGY_BUDGET", "RunEnergyBudget"), Written("RUN_EMISSIONS_BUDGET", "RunEmissionsBudget"),
                buildProperty(InFile + GroupBudgetsSetting.InAssembly), problems),
            Budgets = new BudgetPolicy(
                Parsed<BudgetBound>("BUDGET_BOUND", "BudgetBound", ReadOneOf, BudgetBound.Lower),
                Parsed<NotMeasurableAction>("NOT_MEASURABLE", "NotMeasurable", ReadOneOf, NotMeasurableAction.Warn)),
            CpuPower = Parsed<Power?>("CPU_POWER", "CpuPower", ReadPower, null),
            ExclusiveGpus = Parsed<IReadOnlyCollection<int>>("GPUS", "Gpus", ReadGpus, []),
            CpuModel = Parsed<CpuModelChoice>("CPU_MODEL", "CpuModel", ReadOneOf, CpuModelChoice.Best),
            ElectricityPrice = Parsed<ElectricityTariff?>("ELECTRICITY_PRICE", "ElectricityPrice", ElectricityTariff.Read, null),
            RunnerOwnership = Parsed<RunnerOwnership?>("RUNNER_OWNERSHIP", "RunnerOwnership", ReadOwnership, null),
            Embodied = Parsed<EmbodiedCarbon?>("EMBODIED", "Embodied", EmbodiedCarbon.Read, null),
            FunctionalUnit = Text("FUNCTIONAL_UNIT", "FunctionalUnit").Value,
            ResultsFolder = environment["ECO2TEST_RESULTS"] ?? "eco2test-results",
            RunId = environment["ECO2TEST_RUN_ID"],
            Session = environment["ECO2TEST_SESSION"],
            HasCollector = environment[CollectorVariable] is not null,
            Locked = locked,
            Problems = problems,
        };

        (string? Value, string Place) Text(string variable, string property)
        {
            var (value, place) = Nearest(variable, property);
            if (value is null || locked.FirstOrDefault(entry => entry.Property == property) is not { } limit || limit.Problem(value) is not { } problem)
            {
                return (value, place);
            }

            problems.Add($"{DiagnosticCodes.SettingLocked}: {place}: {problem}");
            return (limit.Value, limit.Place);
        }

        (string? Value, string Place) Nearest(string variable, string property) =>
            attribute is { } own && !string.IsNullOrWhiteSpace(own.Value(property)) ? (own.Value(property)!.Trim(), $"{property} of {own.Name}")
            : environment["ECO2TEST_" + variable] is { } value ? (value, "the environment variable ECO2TEST_" + variable)
            : !string.IsNullOrWhiteSpace(buildProperty(property)) ? (buildProperty(property)!.Trim(), "the MSBuild property Eco2Test" + property)
            : !string.IsNullOrWhiteSpace(buildProperty(InFile + property)) ? (buildProperty(InFile + property)!.Trim(), $"{property} in eco2test.json")
            : (null, "");

        WrittenValue Written(string variable, string property)
        {
            var (value, place) = Text(variable, property);
            return new(value, place);
        }

        T Parsed<T>(string variable, string property, Reader<T> read, T otherwise)
        {
            var (value, place) = Text(variable, property);
            if (value is null)
            {
                return otherwise;
            }

            if (read(value, out var result) is { } problem)
            {
                problems.Add($"{DiagnosticCodes.SettingUnreadable}: {place}: {problem}");
                return otherwise;
            }

            return result;
        }
    }

    private delegate string? Reader<T>(string text, out T value);

    private static string? ReadBoolean(string text, out bool value) =>
        bool.TryParse(text, out value) ? null : $"'{text}' is neither true nor false";

    private static string? ReadPue(string text, out double? pue)
    {
        pue = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 10 ? number : null;
        return pue is null ? $"'{text}' is not a power usage effectiveness; write a number from 1 to 10, such as '1.2'" : null;
    }

    private static string? ReadEnergy(string text, out Energy? energy)
    {
        var problem = QuantityParser.Energy.Read(text, out var joules);
        energy = Energy.FromJoules(joules);
        return problem;
    }

    private static string? ReadEmissions(string text, out Emissions? emissions)
    {
        var problem = QuantityParser.Emissions.Read(text, out var grams);
        emissions = Emissions.FromGrams(grams);
        return problem;
    }

    private static string? ReadPower(string text, out Power? power)
    {
        var problem = QuantityParser.Power.Read(text, out var watts);
        power = Power.FromWatts(watts);

        // Without any watts every test would cost nothing, silently.
        return problem ?? (watts is > 0 and <= MostWatts ? null : $"'{text}' is no power of a busy processor; write one such as '4.5 W'");
    }

    private static string? ReadGpus(string text, out IReadOnlyCollection<int> gpus)
    {
        var numbers = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .ToList();
        gpus = numbers;
        return numbers.Contains(-1) ? $"'{text}' is no list of GPUs; write their numbers, such as '0' or '0,1'" : null;
    }

    private static string? ReadOwnership(string text, out RunnerOwnership? ownership)
    {
        var problem = ReadOneOf<RunnerOwnership>(text, out var read);
        ownership = problem is null ? read : null;
        return problem;
    }

    private static string? ReadOneOf<T>(string text, out T value)
        where T : struct, Enum
    {
        // By its names only: Enum.TryParse also takes numbers and lists, of which the result would be another value.
        var names = Enum.GetNames<T>();
        var index = Array.FindIndex(names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        value = index < 0 ? default : Enum.GetValues<T>()[index];
        return index < 0 ? $"'{text}' is none of {string.Join(", ", names.Select(name => name.ToLowerInvariant()))}" : null;
    }
}
