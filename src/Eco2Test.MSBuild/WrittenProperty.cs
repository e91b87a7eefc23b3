using Eco2Test.Budgets;

namespace Eco2Test.MSBuild;

/// <summary>A property of Eco2Test as MSBuild has it.</summary>
/// <param name="Name">Without the prefix <see cref="Prefix"/>: <c>BuildEnergyBudget</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Place">Where it is written; <see langword="null"/>: on the command line, or nobody knows.</param>
internal sealed record WrittenProperty(string Name, string Value, SettingPlace? Place)
{
    /// <summary>What all properties of Eco2Test begin with.</summary>
    public const string Prefix = "Eco2Test";
}
