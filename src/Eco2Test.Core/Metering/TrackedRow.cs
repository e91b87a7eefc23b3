using Eco2Test.Budgets;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>One row of the table of what is tracked; texts are as they were written.</summary>
internal sealed record TrackedRow(
    string Target, string? Region, string? EnergyBudget, string? EmissionsBudget, string? Comparison, bool Enabled, string? File, int Line)
{
    /// <summary>For how long the work is to be repeated.</summary>
    public double MinimumSeconds { get; init; }

    /// <summary>A request with what the row asks for. What cannot be read is said in it, never "no budget".</summary>
    public WindowRequest Complete(WindowRequest request)
    {
        var problems = new List<string>();
        return request with
        {
            Method = Target.EndsWith(')') ? Target : request.Method,
            Region = Region,
            EnergyBudget = Budget<Energy>(EnergyBudget, "EnergyBudget", Energy.Parse) is { } energy ? new EnergyBudget(energy) : null,
            EmissionsBudget = Budget<Emissions>(EmissionsBudget, "EmissionsBudget", Emissions.Parse) is { } emissions ? new EmissionsBudget(emissions) : null,
            Comparison = Comparison,
            Minimum = MinimumSeconds is > 0 and < int.MaxValue ? TimeSpan.FromSeconds(MinimumSeconds) : TimeSpan.Zero,
            Source = File is null ? null : new ReportSource { File = File, Line = Line },
            Problem = problems.Count == 0 ? null : string.Join('\n', problems),
        };

        T? Budget<T>(string? text, string name, Func<string, T> parse)
            where T : struct
        {
            try
            {
                return text is null ? null : parse(text);
            }
            catch (FormatException fault)
            {
                problems.Add($"{DiagnosticCodes.SettingUnreadable}: {name} of {request.Id}: {fault.Message}");
                return null;
            }
        }
    }
}
