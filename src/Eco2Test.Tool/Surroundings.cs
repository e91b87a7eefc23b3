using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Metering;

namespace Eco2Test.Tool;

/// <summary>The world as the command sees it; tests make up another.</summary>
/// <param name="FindMachine">Looks for the sensors and models of this machine, which may be slow, and what is wrong with the settings.</param>
/// <param name="Time">The clock.</param>
internal sealed record Surroundings(Func<(RunMachine Machine, IReadOnlyList<string> Problems)> FindMachine, TimeProvider Time)
{
    /// <summary>Opens a source of carbon intensity by its name, for a zone where one is named. An unknown name is wrong input.</summary>
    public Func<string, string?, IIntensitySource> OpenIntensity { get; init; } =
        (source, zone) => IntensitySources.Open(source, zone, EnvironmentVariables.OfThisProcess, Time);

    /// <summary>Environment variables.</summary>
    public EnvironmentVariables Environment { get; init; } = EnvironmentVariables.OfThisProcess;

    public static Surroundings OfProcess { get; } = new(ThisMachine, TimeProvider.System);

    private static (RunMachine Machine, IReadOnlyList<string> Problems) ThisMachine()
    {
        var settings = RunSettings.Read(EnvironmentVariables.OfThisProcess, _ => null);
        return (RunMachine.This(settings.CpuPower, EnvironmentVariables.OfThisProcess, TimeProvider.System), settings.Problems);
    }
}
