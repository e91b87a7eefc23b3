namespace Eco2Test.Metering;

/// <summary>The windows that were open at the same time as one, each outside the other: those it shares with what nobody's flow explains.</summary>
internal sealed class WindowNeighbours
{
    private const int MostNamed = 3;

    private readonly List<string> _named = [];
    private int _met;

    public bool Any => _met > 0;

    /// <summary>
    /// A window opens beside those that are open. Roots in which a budget may hang on their neighbours are told of a new root;
    /// and from its first budget on a root takes down what runs beside it.
    /// </summary>
    public static void Introduce(TrackingWindow window, List<TrackingWindow> open)
    {
        if (window.Account.Parent is null)
        {
            foreach (var other in open)
            {
                other.Neighbours?.Meet(window);
            }
        }

        if (window.Request.HasBudget && window.Root is { Neighbours: null } root)
        {
            root.Neighbours = new();
            foreach (var other in open)
            {
                if (other.Account.Parent is null && !ReferenceEquals(other, root))
                {
                    root.Neighbours.Meet(other);
                }
            }
        }
    }

    private void Meet(TrackingWindow window)
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
