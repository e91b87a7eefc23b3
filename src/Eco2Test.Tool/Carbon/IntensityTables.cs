using Eco2Test.Carbon;

namespace Eco2Test.Tool;

/// <summary>The sources of carbon intensity that need no network: the tables that the product ships.</summary>
internal static class IntensityTables
{
    /// <summary>Opens a source by its name on the command line. A table is of places, not of zones.</summary>
    public static IIntensitySource Open(string source, string? zone) => source switch
    {
        TableIntensitySource.AverageName => new TableIntensitySource(IntensityKind.Average),
        TableIntensitySource.MarginalName => new TableIntensitySource(IntensityKind.Marginal),
        _ => throw new InputException(
            ToolCodes.WrongArguments,
            $"'{source}' is not a source of carbon intensity; --intensity takes {TableIntensitySource.AverageName} and {TableIntensitySource.MarginalName}."),
    };
}
