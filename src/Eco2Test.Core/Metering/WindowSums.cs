using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>
/// Keeps a run with very many windows small: the first 10,000 of one id are kept one by one, those that open later are
/// added up, those inside the same window together. Under the ledger's gate.
/// </summary>
/// <param name="mostOfOneId">How many windows of one id are kept one by one.</param>
internal sealed class WindowSums(int mostOfOneId = WindowSums.MostOfOneId)
{
    public const int MostOfOneId = 10_000;

    private readonly Dictionary<string, int> _opened = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, int? Parent), WindowSum> _sums = [];
    private readonly List<WindowSum> _changed = [];

    /// <summary>The sum that a window which opens now belongs to; <see langword="null"/> when it is kept by itself.</summary>
    public WindowSum? Of(string id, int? parent, int seq)
    {
        _opened.TryGetValue(id, out var count);
        if (count < mostOfOneId)
        {
            _opened[id] = count + 1;
            return null;
        }

        if (!_sums.TryGetValue((id, parent), out var sum))
        {
            _sums[(id, parent)] = sum = new WindowSum(seq);
        }

        return sum;
    }

    /// <summary>Adds a window that closed.</summary>
    public void Add(WindowSum sum, ReportWindow window)
    {
        sum.Add(window);
        if (!sum.HasChanged)
        {
            sum.HasChanged = true;
            _changed.Add(sum);
        }
    }

    /// <summary>The sums that have changed since the last call.</summary>
    public IEnumerable<ReportWindow> TakeChanged()
    {
        foreach (var sum in _changed)
        {
            sum.HasChanged = false;
            yield return sum.Report();
        }

        _changed.Clear();
    }
}

/// <summary>Windows of one id, added up: one row of the report, with how far they spread.</summary>
internal sealed class WindowSum(int seq)
{
    private ReportWindow? _sum;
    private int _windows;
    private double _least = double.PositiveInfinity;
    private double _most = double.NegativeInfinity;
    private double _mean;
    private double _squares;

    /// <summary>The number of the row, which is that of its first window.</summary>
    public int Seq => seq;

    public bool HasChanged { get; set; }

    public void Add(ReportWindow window)
    {
        _sum = _sum is null ? window with { Seq = seq } : WindowAddition.Sum(_sum, window);

        // Welford, Note on a method for calculating corrected sums of squares and products, 1962.
        var joules = window.Energy.Joules;
        var difference = joules - _mean;
        _mean += difference / ++_windows;
        _squares += difference * (joules - _mean);
        (_least, _most) = (Math.Min(_least, joules), Math.Max(_most, joules));
    }

    public ReportWindow Report() => _sum! with
    {
        Spread = new ReportSpread { LeastJoules = _least, MostJoules = _most, StandardDeviationJoules = Math.Sqrt(_squares / _windows) },
    };
}
