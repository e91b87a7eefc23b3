using Eco2Test.Hardware;

namespace Eco2Test.Metering;

/// <summary>
/// How a logger knows that the command which the build is part of is summed up by somebody: a reader gets one summary, and
/// not that of the build above that of the command. Its report is written, and its budgets are judged, all the same.
/// </summary>
internal static class BuildWrapper
{
    /// <summary>Set for all that the command starts.</summary>
    public const string Variable = "ECO2TEST_BUILD_WRAPPER";

    /// <summary>Whether somebody sums the build up.</summary>
    public static bool Speaks(EnvironmentVariables environment) => environment[Variable] is not null;
}
