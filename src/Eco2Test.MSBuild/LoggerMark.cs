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
    public static bool IsSet => RunId is not null;

    /// <summary>The id of that build's run, which the reports of its projects have too: so they are known to be parts of it. <see langword="null"/> without the logger.</summary>
    public static string? RunId => EnvironmentVariables.OfThisProcess[Variable];

    /// <summary>Says so, from now on.</summary>
    public static void Set() => EnvironmentVariables.Tell(Variable, Guid.NewGuid().ToString("N"));

    /// <summary>No longer: the process may be a server, whose next build has none.</summary>
    public static void Remove() => EnvironmentVariables.Tell(Variable, null);
}
