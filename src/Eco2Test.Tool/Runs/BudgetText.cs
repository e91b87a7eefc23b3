using System.Globalization;
using Eco2Test.Budgets;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>What a budget says, in the form that build logs and editors recognise.</summary>
internal static class BudgetText
{
    /// <summary><c>eco2test.json(3,5): error ECO3002: the build of …</c></summary>
    public static string Of(BuildVerdict verdict) =>
        $"{Place(verdict.Place)}{(verdict.IsError ? "error" : verdict.IsMessage ? "message" : "warning")} {verdict.Code}: {TerminalText.Clean(verdict.Message)}";

    private static string Place(SettingPlace place) => place.File is not { } file ? ""
        : place.Line == 0 ? $"{TerminalText.Clean(file)}: "
        : string.Create(CultureInfo.InvariantCulture, $"{TerminalText.Clean(file)}({place.Line},{Math.Max(1, place.Column)}): ");
}
