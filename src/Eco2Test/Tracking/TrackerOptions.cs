using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Cost;
using Eco2Test.Units;

namespace Eco2Test;

/// <summary>Checks what a tracker is told, before any work is done.</summary>
internal static class TrackerOptions
{
    /// <summary>The tariff, if one is set.</summary>
    /// <param name="options">The options.</param>
    /// <param name="regions">The regions of the run, which has a user's own; asked for only where the product's do not know it.</param>
    /// <exception cref="ArgumentException">An option is none.</exception>
    public static ElectricityTariff? Check(EmissionsTrackerOptions options, Func<RegionCatalog> regions)
    {
        Require(!string.IsNullOrWhiteSpace(options.ProjectName), nameof(options.ProjectName), "it is empty");
        Require(options.ExperimentDescription is not null, nameof(options.ExperimentDescription), "it is null");
        Require(options.Region is null || RegionCatalog.Default.Find(options.Region) is not null || regions().Find(options.Region) is not null, nameof(options.Region), () => regions().Explain(options.Region!));
        Require(
            options.Pue is null or (>= 1 and <= 10), nameof(options.Pue),
            () => string.Create(CultureInfo.InvariantCulture, $"{options.Pue} is not a power usage effectiveness, which is from 1 to 10"));
        Require(options.EmissionLevel is not { } level || level >= CarbonIntensity.Zero, nameof(options.EmissionLevel), "it is negative");
        Require(options.MeasurePeriod is not { } period || (period > TimeSpan.Zero && period.TotalMilliseconds < int.MaxValue), nameof(options.MeasurePeriod), "it is no time from one row to the next");
        Require(Enum.IsDefined(options.Processes), nameof(options.Processes), "it is none of Current and All");
        if (options.ElectricityPrice is null)
        {
            return null;
        }

        var problem = ElectricityTariff.Read(options.ElectricityPrice, out var tariff);
        Require(problem is null, nameof(options.ElectricityPrice), problem!);
        return tariff;
    }

    private static void Require(bool holds, string option, string problem) => Require(holds, option, () => problem);

    private static void Require(bool holds, string option, Func<string> problem)
    {
        if (!holds)
        {
            throw new ArgumentException($"{option}: {problem()}.");
        }
    }
}
