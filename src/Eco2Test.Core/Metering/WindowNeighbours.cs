namespace Eco2Test.Metering;

/// <summary>The windows that were open at the same time as one, each outside the other: those it shares with what nobody's flow explains.</summary>
internal sealed class WindowNeighbours
{
    private const int MostNamed = 3;

    private readonly List<string> _named = [];
    private int _met;

    public bool Any => _met > 0;

    public void Meet(TrackingWindow window)
    {
        var id = window.Request.Id;
        _met++;
        if (_named.Count < MostNamed && !_named.Contains(id))
        {
            _named.Add(id);
        }
    }

    /// <summary><c>A, B and 2 more</c></summary>
    public override string ToString() =>
        string.Join(", ", _named) + (_met > _named.Count ? FormattableString.Invariant($" and {_met - _named.Count} more") : "");
}
