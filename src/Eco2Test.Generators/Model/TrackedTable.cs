namespace Eco2Test.Generators.Model;

/// <summary>What is written into the table.</summary>
/// <param name="Rows">The rows, in the order of their targets.</param>
/// <param name="Names">The simple names of the methods that are tracked.</param>
/// <param name="HoldsTests">Whether the hook of a test framework is written too.</param>
internal sealed record TrackedTable(EquatableArray<TableRow> Rows, EquatableArray<string> Names, bool HoldsTests)
{
    public static readonly TrackedTable Empty = new(default, default, HoldsTests: false);
}
