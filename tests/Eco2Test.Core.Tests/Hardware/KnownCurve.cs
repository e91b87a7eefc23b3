using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Hardware;

/// <summary>The power of a machine by its load in per cent, as <c>machine-power-curves.csv</c> has it: the truth that models are held against.</summary>
internal sealed class KnownCurve(string machine, Dictionary<int, double> watts)
{
    public string Machine => machine;

    /// <summary>Loads that the table has, above idle.</summary>
    public IEnumerable<int> Loads => watts.Keys.Where(load => load > 0);

    public static Dictionary<string, KnownCurve> All()
    {
        using var table = ProductData.Open("machine-power-curves.csv");
        return CsvTable.Rows(table)
            .GroupBy(row => row[0])
            .ToDictionary(rows => rows.Key, rows => new KnownCurve(rows.Key, rows.ToDictionary(
                row => int.Parse(row[1], CultureInfo.InvariantCulture), row => double.Parse(row[2], CultureInfo.InvariantCulture))));
    }

    public double Watts(int load) => watts[load];

    /// <summary>What work adds to the idle machine, as a factor of the straight line from idle to full.</summary>
    public double FactorOfLine(int load) => (watts[load] - watts[0]) / ((watts[100] - watts[0]) * load / 100.0);
}
