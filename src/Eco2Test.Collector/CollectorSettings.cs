using System.Xml;
using Eco2Test.Hardware;
using Eco2Test.Metering;

namespace Eco2Test.Collector;

/// <summary>
/// What a collector was asked for: <c>--collect "Eco2Test;Region=FR"</c>, which the package's targets write from the
/// properties of the project. What is not there is looked for in the test assembly.
/// </summary>
internal sealed class CollectorSettings
{
    private readonly Dictionary<string, string> _values;
    private readonly IReadOnlyDictionary<string, string> _files = new Dictionary<string, string>();

    /// <param name="configuration">The element whose children are the settings; <see langword="null"/>: none.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="ownFolder">Where files go for which nobody named a folder.</param>
    public CollectorSettings(XmlElement? configuration, EnvironmentVariables environment, string ownFolder)
    {
        _values = (configuration?.ChildNodes.OfType<XmlElement>() ?? [])
            .GroupBy(element => element.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().InnerText.Trim(), StringComparer.OrdinalIgnoreCase);
        IsAlone = !_values.ContainsKey("Session");
        if (!IsAlone)
        {
            // Not written by hand.
            _values = _values.ToDictionary(pair => pair.Key, pair => ArgumentText.Read(pair.Value), StringComparer.OrdinalIgnoreCase);
        }

        // The targets know what a path in it is seen from.
        Environment = new EnvironmentVariables(name => name == "ECO2TEST_REGIONS" && _values.TryGetValue("Regions", out var regions) ? regions : environment[name]);
        try
        {
            _files = SettingsFiles.Read(_values.GetValueOrDefault("SettingsFiles")?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? []);
        }
        catch (Exception fault) when (fault is IOException or FormatException)
        {
            Problem = $"{DiagnosticCodes.SettingUnreadable}: eco2test.json: {fault.Message}";
        }

        Session = _values.GetValueOrDefault("Session") ?? Guid.NewGuid().ToString("N");
        OwnsFolder = _values.GetValueOrDefault("Results") is null && environment["ECO2TEST_RESULTS"] is null;
        Results = Path.GetFullPath(_values.GetValueOrDefault("Results") ?? environment["ECO2TEST_RESULTS"] ?? ownFolder);
    }

    /// <summary>What this host and those that report on it call this session.</summary>
    public string Session { get; }

    /// <summary>Where journals are.</summary>
    public string Results { get; }

    /// <summary>Whether nobody else knows of the session: no logger will write its reports and remove its journals.</summary>
    public bool IsAlone { get; }

    /// <summary>Whether the folder is for this session only.</summary>
    public bool OwnsFolder { get; }

    /// <summary>Why the settings file cannot be read: there may be a budget in it.</summary>
    public string? Problem { get; }

    private EnvironmentVariables Environment { get; }

    /// <summary>What the test host must know.</summary>
    public IEnumerable<KeyValuePair<string, string>> HostVariables()
    {
        yield return new(RunSettings.CollectorVariable, "true");
        if (IsAlone)
        {
            yield return new("ECO2TEST_SESSION", Session);
            yield return new("ECO2TEST_RESULTS", Results);
        }
    }

    /// <summary>The settings of a run of these tests.</summary>
    public RunSettings Of(TestAssembly? tests) => RunSettings.Read(Environment, Property(tests)) with
    {
        Session = Session,
        ResultsFolder = Results,
    };

    /// <summary>The reports of the build that the assembly is of.</summary>
    /// <param name="source">The file of the test assembly.</param>
    /// <param name="tests">What it says of itself.</param>
    public IReadOnlyList<BuildFile> BuildReports(string source, TestAssembly? tests) =>
        BuildOfTests.Reports(_values.GetValueOrDefault(BuildOfTests.Setting), Path.GetFullPath(source), Environment, Property(tests));

    private Func<string, string?> Property(TestAssembly? tests) => name =>
        _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : tests?.Settings.GetValueOrDefault(name) ?? _files.GetValueOrDefault(name);
}
