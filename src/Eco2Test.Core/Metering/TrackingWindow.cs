using System.Collections.ObjectModel;
using Eco2Test.Metering;

namespace Eco2Test;

/// <summary>A stretch of work that is being measured, from <see cref="Start"/> to <see cref="Stop"/>. Windows nest: one includes those inside it.</summary>
/// <remarks>In this namespace, and not in that of its folder, because users meet it beside the attribute.</remarks>
public sealed class TrackingWindow : IDisposable
{
    // Made at the first value: most windows record none. The account, which nobody else locks, is its gate.
    private Dictionary<string, double>? _metrics;

    internal TrackingWindow(TrackingRun run, TrackingWindow? parent, WindowRequest request, int seq, LedgerAccount account)
    {
        (Run, Parent, Request, Seq, Account) = (run, parent, request, seq, account);
    }

    /// <summary>The innermost open window of this flow of execution: in a tracked test, that of the test. <see langword="null"/> where nothing is tracked.</summary>
    public static TrackingWindow? Current
    {
        get
        {
            var window = Ambient.Flow;
            while (window is { Account.IsOpen: false })
            {
                window = window.Parent;
            }

            return window is { Request.Exempt: false } ? window : null;
        }
    }

    internal TrackingRun Run { get; }

    internal TrackingWindow? Parent { get; }

    /// <summary>What it was opened with. Until it closes it can be given another name.</summary>
    internal WindowRequest Request { get; set; }

    internal int Seq { get; }

    internal LedgerAccount Account { get; }

    /// <summary>The window whose account includes this one's: the nearest that was open when it opened.</summary>
    internal TrackingWindow? Including
    {
        get
        {
            var outer = Account.Parent is null ? null : Parent;
            while (outer is not null && !ReferenceEquals(outer.Account, Account.Parent))
            {
                outer = outer.Parent;
            }

            return outer;
        }
    }

    internal DateTimeOffset StartedAt { get; init; }

    internal long StartTimestamp { get; init; }

    /// <summary>The exception that was thrown last while it was carried, where that is watched.</summary>
    internal Exception? LastThrown { get; set; }

    /// <summary>What the first method inside it that exceeded its budget has to say.</summary>
    internal string? FailureInside { get; set; }

    /// <summary>The outermost window that includes it; itself when none does.</summary>
    internal TrackingWindow Root
    {
        get
        {
            var root = this;
            while (root.Including is { } outer)
            {
                root = outer;
            }

            return root;
        }
    }

    /// <summary>What ran beside it, where it is a root in which there is a budget; else <see langword="null"/>.</summary>
    internal WindowNeighbours? Neighbours { get; set; }

    /// <summary>How many runs of repeated work it holds; none when it repeats nothing.</summary>
    internal int Runs { get; set; }

    /// <summary>How many runs its figures are of.</summary>
    internal int Count => Math.Max(1, Runs);

    /// <summary>Time since it started.</summary>
    internal TimeSpan Elapsed => Run.TimeSince(StartTimestamp);

    /// <summary>The sum that it is added to when it closes, where there are very many of its kind.</summary>
    internal WindowSum? Sum { get; set; }

    /// <summary>The number of its row in the report.</summary>
    internal int ReportedSeq => Sum?.Seq ?? Seq;

    /// <summary>What cuts it into parts when it closes, where that is known then only.</summary>
    internal WindowParts? Parts { get; set; }

    /// <summary>What closing it gave; <see langword="null"/> while it is open.</summary>
    internal ClosedWindow? Closed { get; set; }

    /// <summary>Starts a window inside the current one, for work that carries no attribute.</summary>
    /// <param name="name">What it is called in the report.</param>
    public static TrackingWindow Start(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var run = Ambient.StartRun();
        var parent = Current;
        var window = run.Open(new WindowRequest { Id = name, DisplayName = name, Kind = WindowKind.Method }, parent);
        Ambient.Flow = window;
        return window;
    }

    /// <summary>
    /// Registers, for all windows of this process, what waits for work that was started on a GPU, such as
    /// <c>() => torch.cuda.synchronize()</c>. It is called before a window closes in which a GPU may have been used: without it,
    /// work that is still running is booked on whoever comes next.
    /// </summary>
    /// <returns>Takes the registration back when it is disposed.</returns>
    public static IDisposable SynchronizeWith(Action synchronize)
    {
        ArgumentNullException.ThrowIfNull(synchronize);
        return new GpuSynchronizer(synchronize);
    }

    /// <summary>
    /// Runs work that is too short to be measured again and again inside this window, until <paramref name="atLeast"/> is
    /// over. The window's figures are those of all runs; <see cref="Measurement.Count"/> says how many, and a budget is that
    /// of one.
    /// </summary>
    /// <returns>How many runs there were: at least one.</returns>
    public int Repeat(TimeSpan atLeast, Action run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var repetition = new Repetition(this, atLeast);
        do
        {
            run();
        }
        while (repetition.GoesOn());
        return Count;
    }

    /// <summary>As <see cref="Repeat"/>, for work that is awaited.</summary>
    public async Task<int> RepeatAsync(TimeSpan atLeast, Func<Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var repetition = new Repetition(this, atLeast);
        do
        {
            await run().ConfigureAwait(false);
        }
        while (repetition.GoesOn());
        return Count;
    }

    /// <summary>Ends the window. What it measured never changes; stopping again gives the same.</summary>
    public Measurement Stop()
    {
        if (ReferenceEquals(Ambient.Flow, this))
        {
            Ambient.Flow = Parent;
        }

        return Run.Close(this, TestOutcome.Unknown).Measurement;
    }

    /// <summary>Records a value with the window, such as the accuracy of the model that it trained; a second value of a name replaces the first.</summary>
    /// <exception cref="ArgumentException">The name is empty, or the value is not a finite number.</exception>
    public void Record(string name, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"The metric '{name}' must be a finite number, not {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}.", nameof(value));
        }

        lock (Account)
        {
            (_metrics ??= new(StringComparer.Ordinal))[name] = value;
        }
    }

    /// <summary>As <see cref="Stop"/>.</summary>
    public void Dispose() => Stop();

    internal IReadOnlyDictionary<string, double> Metrics()
    {
        lock (Account)
        {
            return _metrics is null ? ReadOnlyDictionary<string, double>.Empty : new Dictionary<string, double>(_metrics, StringComparer.Ordinal);
        }
    }
}
