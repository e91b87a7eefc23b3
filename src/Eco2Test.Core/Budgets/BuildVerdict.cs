using Eco2Test.Reports;

namespace Eco2Test.Budgets;

/// <summary>What is to be said of a budget of a build, as MSBuild says it: <c>file(line,col): error ECO3001: …</c>.</summary>
/// <param name="Code">Such as <c>ECO3002</c>.</param>
/// <param name="IsError">Whether the build fails; else it is a warning.</param>
/// <param name="Message">Without the code.</param>
/// <param name="Place">Where the budget is written.</param>
/// <param name="Judged">As the report has it; <see langword="null"/> where nothing could be judged.</param>
internal sealed record BuildVerdict(string Code, bool IsError, string Message, SettingPlace Place, ReportGroupBudget? Judged)
{
    /// <summary>Whether it is said as a message, of which nothing can make an error: in shadow, <c>-warnaserror</c> fails nothing either.</summary>
    public bool IsMessage { get; init; }
}
