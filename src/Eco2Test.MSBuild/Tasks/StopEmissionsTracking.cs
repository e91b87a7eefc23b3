using Eco2Test.Units;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>Ends the account of a project, and says what it used.</summary>
[MSBuildMultiThreadableTask]
public sealed class StopEmissionsTracking : EmissionsTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        if (Node.End(Key)?.Measurement is { } used)
        {
            Log.LogMessage(
                MessageImportance.Normal, "Eco2Test: {0} used {1} on its node (between {2}), {3} of CO2e",
                Key.DisplayName,
                QuantityText.Write(used.Energy.Joules, QuantityText.Energy),
                QuantityText.WriteRange(used.EnergyLow.Joules, used.EnergyHigh.Joules, QuantityText.Energy),
                QuantityText.Write(used.Emissions.Grams, QuantityText.Emissions));
        }
    }
}
