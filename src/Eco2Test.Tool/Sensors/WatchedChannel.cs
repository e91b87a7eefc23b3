using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>The energy of a channel since some moment in the past, and when it was read; or why it was not.</summary>
/// <param name="Energy"><see langword="null"/> when the reading failed.</param>
/// <param name="Timestamp">By the clock of the watch.</param>
/// <param name="Fault">Why it failed.</param>
internal readonly record struct ChannelReading(Energy? Energy, long Timestamp, string? Fault);

/// <summary>One channel while it is watched.</summary>
/// <param name="name">The device's name, clean.</param>
/// <param name="note">What its figure is, such as <c>measured</c>.</param>
/// <param name="read">Reads it.</param>
/// <param name="time">The clock of the watch.</param>
internal sealed class WatchedChannel(string name, string note, Func<CancellationToken, Task<ChannelReading>> read, TimeProvider time)
{
    private ChannelReading _last;

    public string Name => name;

    public string Note => note;

    public PowerSeries Power { get; } = new();

    /// <summary>Why there is no power now; <see langword="null"/> when there is, or when there was no interval yet.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the first value, from which on there are differences.</summary>
    public async Task BeginAsync(CancellationToken cancelled)
    {
        _last = await read(cancelled).ConfigureAwait(false);
        Fault = _last.Fault;
    }

    /// <summary>Ends an interval.</summary>
    public async Task SampleAsync(CancellationToken cancelled)
    {
        var now = await read(cancelled).ConfigureAwait(false);
        Power.Add(Between(_last, now));
        (_last, Fault) = (now, now.Fault);
    }

    /// <summary>Mean power; none when one of the readings failed, or when a counter went backwards, which means nothing.</summary>
    private Power? Between(ChannelReading from, ChannelReading to)
    {
        var elapsed = time.GetElapsedTime(from.Timestamp, to.Timestamp);
        return from.Energy is { } before && to.Energy is { } after && after >= before && elapsed > TimeSpan.Zero ? (after - before) / elapsed : null;
    }
}
