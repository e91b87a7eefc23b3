using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>The power of one channel, interval by interval.</summary>
internal sealed class PowerSeries
{
    /// <summary>More than the widest picture has columns.</summary>
    private const int Longest = 200;

    private readonly Queue<Power?> _last = new();

    /// <summary>In the last interval; <see langword="null"/> when it is not known.</summary>
    public Power? Current { get; private set; }

    public Power? Lowest { get; private set; }

    public Power? Highest { get; private set; }

    /// <summary>The last intervals, oldest first, with gaps where power was not known.</summary>
    public IReadOnlyCollection<Power?> Last => _last;

    public void Add(Power? power)
    {
        Current = power;
        Lowest = power is null || Lowest <= power ? Lowest : power;
        Highest = power is null || Highest >= power ? Highest : power;
        _last.Enqueue(power);
        if (_last.Count > Longest)
        {
            _last.Dequeue();
        }
    }
}
