using Eco2Test.Reports;

namespace Eco2Test.Reporting;

/// <summary>The intensities of several reports, each once; one that says something else under a known key gets a key of its own.</summary>
internal sealed class MergedIntensities
{
    private readonly List<ReportIntensity> _all = [];

    public IReadOnlyList<ReportIntensity> All => _all;

    /// <summary>Adds those of a report, and returns what they are called from now on.</summary>
    public Func<string, string> Add(EmissionsReport report, string name)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var intensity in report.Intensities)
        {
            var key = intensity.Key;
            for (var number = 1; _all.Find(known => known.Key == key) is { } known && known with { Key = intensity.Key } != intensity; number++)
            {
                key = number == 1 ? $"{intensity.Key} in {name}" : $"{intensity.Key} in {name} {number}";
            }

            renamed[intensity.Key] = key;
            if (!_all.Exists(known => known.Key == key))
            {
                _all.Add(intensity with { Key = key });
            }
        }

        return key => renamed.GetValueOrDefault(key, key);
    }
}
