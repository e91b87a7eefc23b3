using Eco2Test.Units;

namespace Eco2Test.Budgets;

/// <summary>A value as it is written, and where: <c>the environment variable ECO2TEST_RUN_ENERGY_BUDGET</c>, <c>--energy-budget</c>.</summary>
internal readonly record struct WrittenValue(string? Text, string Place);

/// <summary>The budgets of a whole run, with what could not be read of them.</summary>
/// <param name="Energy">The most energy.</param>
/// <param name="Emissions">The most emissions.</param>
/// <param name="Problems">What could not be read, each with code, place and what would be right.</param>
internal sealed record RunBudgets(EnergyBudget? Energy, EmissionsBudget? Emissions, IReadOnlyList<string> Problems)
{
    /// <summary>Reads both; a text that is missing is no budget, one that cannot be read is a problem.</summary>
    public static RunBudgets Read(WrittenValue energy, WrittenValue emissions)
    {
        var problems = new List<string>();
        return new(
            Limit(energy, QuantityParser.Energy, problems) is { } joules ? new EnergyBudget(Units.Energy.FromJoules(joules)) : null,
            Limit(emissions, QuantityParser.Emissions, problems) is { } grams ? new EmissionsBudget(Units.Emissions.FromGrams(grams)) : null,
            problems);
    }

    /// <summary>As one budget of the run; <see langword="null"/> when there is none.</summary>
    public GroupBudget? Group => Energy is null && Emissions is null && Problems.Count == 0
        ? null
        : new GroupBudget(GroupBudget.Run, null, Energy, Emissions) { Problem = Problems.Count == 0 ? null : string.Join('\n', Problems) };

    private static double? Limit(WrittenValue written, QuantityParser parser, List<string> problems)
    {
        if (written.Text is null)
        {
            return null;
        }

        if (parser.Read(written.Text, out var value) is { } problem)
        {
            problems.Add($"{DiagnosticCodes.SettingUnreadable}: {written.Place}: {problem}");
            return null;
        }

        return value;
    }
}
