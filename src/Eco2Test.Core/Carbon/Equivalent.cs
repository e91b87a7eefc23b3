using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Carbon;

/// <summary>Something of everyday life that emits as much: a comparison for readers, in no figure of ours (<c>equivalents.csv</c>).</summary>
/// <param name="Key">A short name: <c>car-km</c>.</param>
/// <param name="What">What is counted: <c>km by an average gasoline car</c>.</param>
/// <param name="Each">What one of them emits.</param>
/// <param name="Year">The year of the figure.</param>
/// <param name="Source">Where the figure comes from.</param>
/// <param name="Note">How it was converted.</param>
internal sealed record Equivalent(string Key, string What, Emissions Each, int Year, string Source, string Note)
{
    /// <summary>All of them, in the order of keys.</summary>
    public static IReadOnlyList<Equivalent> All()
    {
        var all = new List<Equivalent>();
        foreach (var row in new CsvScan(ProductData.Bytes("equivalents.csv")))
        {
            all.Add(new Equivalent(row.Text(0), row.Text(1), Emissions.FromGrams(row.Number(2)), row.Integer(3), row.Text(4), row.Text(5)));
        }

        return all;
    }
}
