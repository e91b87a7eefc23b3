using System.Globalization;
using Eco2Test.Hardware;

namespace Eco2Test.MSBuild;

/// <summary>
/// How tasks know that the logger is there and will judge the whole build. MSBuild gives its nodes the environment of the
/// process that the build was started as, anew for each build, so that it reaches nodes of an earlier build too.
/// </summary>
internal static class LoggerMark
{
    private const string Variable = "ECO2TEST_BUILD_LOGGER";

    /// <summary>Whether a build with the logger is under way.</summary>
    public static bool IsSet => EnvironmentVariables.OfThisProcess[Variable] is not null;

    /// <summary>Says so, from now on.</summary>
    public static void Set() => EnvironmentVariables.Tell(Variable, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>No longer: the process may be a server, whose next build has none.</summary>
    public static void Remove() => EnvironmentVariables.Tell(Variable, null);
}
