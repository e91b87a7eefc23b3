using System.Reflection;
using Eco2Test.Hardware;

namespace Eco2Test.Metering;

/// <summary>
/// What the platform that runs tests in this process says of the run that comes: its assembly, and settings, by the names of
/// the environment variables whose place they take.
/// </summary>
internal sealed record RunHost(Assembly Tests, IReadOnlyDictionary<string, string> Settings)
{
    public const string ResultsVariable = "ECO2TEST_RESULTS";
    public const string SessionVariable = "ECO2TEST_SESSION";

    /// <summary>Where journals and reports go.</summary>
    public string Results => Settings[ResultsVariable];

    /// <summary>What the session is called.</summary>
    public string Session => Settings[SessionVariable];

    /// <summary>The environment, with what the platform says before it.</summary>
    public EnvironmentVariables Over(EnvironmentVariables environment) => new(name => Settings.GetValueOrDefault(name) ?? environment[name]);
}
