namespace Eco2Test.Reports;

/// <summary>
/// Says where the energy of a run went by time, from the books that its journal has at least once a second: what a window,
/// or nobody, used between two books is spread evenly over the time between them, and a stretch that straddles intervals is
/// split by time. Nothing is computed twice, so that sums over intervals are those of the report. Time is that of the
/// books, which no change of the system's clock moves.
/// </summary>
/// <param name="runStartedAt">The start of the process, from which the books count their time.</param>
internal sealed class EnergyTimeline(DateTimeOffset runStartedAt)
{
    /// <summary>Five minutes, the finest that sources of intensity have: hours and halves of them are multiples.</summary>
    public const double IntervalSeconds = 300;

    // What lasts longer is no run, but a damaged journal, whose intervals would fill the memory.
    private const double LongestSeconds = 366 * 86_400.0;

    private readonly DateTimeOffset _startedAt = Aligned(runStartedAt);
    private readonly double _runStart = (runStartedAt - Aligned(runStartedAt)).TotalSeconds;
    private readonly Dictionary<int, Account> _windows = [];
    private readonly Account _untracked = new();
    private List<Account> _open = [];

    // Seconds since the start of the first interval, up to which everything is booked.
    private double _until = (runStartedAt - Aligned(runStartedAt)).TotalSeconds;
    private bool _isImpossible = runStartedAt > DateTimeOffset.MaxValue.AddSeconds(-LongestSeconds - IntervalSeconds);

    /// <summary>Books what was used since the last call.</summary>
    /// <param name="books">The sums of this moment, and the windows that are open.</param>
    /// <param name="closed">The windows that closed since the last books, and the sums of many that have grown.</param>
    public void Add(JournalEntry books, IReadOnlyList<ReportWindow> closed)
    {
        var seconds = books.DurationSeconds ?? 0;
        _isImpossible |= seconds > LongestSeconds;
        if (_isImpossible)
        {
            return;
        }

        var (from, to) = (_until, Math.Max(_until, _runStart + seconds));
        List<Account> changed = [.. _open];
        foreach (var account in _open)
        {
            account.OpenJoules = 0;
        }

        foreach (var window in closed)
        {
            var account = Of(window);
            if (window.Sampled)
            {
                Move(account, window, to, isOfUntracked: window.Parent is null);
                continue;
            }

            account.ClosedJoules = window.Energy.Joules;
            changed.Add(account);
        }

        _open = [];
        foreach (var window in books.Open ?? [])
        {
            // Several of one number are windows of one sum.
            var account = Of(window);
            account.OpenJoules += window.Energy.Joules;
            changed.Add(account);
            _open.Add(account);
        }

        foreach (var account in changed)
        {
            // Nothing was spent on a window before it started, unless the system's clock says so.
            var started = account.IsNew ? Math.Clamp(account.StartedAt, from, to) : from;
            account.Book(account.ClosedJoules + account.OpenJoules, started, to);
        }

        _untracked.Book(books.Totals!.UntrackedJoules, from, to);
        _until = to;
    }

    /// <summary>
    /// What was cut out of samples has been booked as untracked while the test ran: it is moved where it was, evenly over the
    /// time of the test. A part of another window has been booked as that.
    /// </summary>
    private void Move(Account account, ReportWindow window, double to, bool isOfUntracked)
    {
        var started = Math.Clamp(account.StartedAt, 0, to);
        var ended = Math.Clamp(account.StartedAt + window.DurationSeconds, started, to);
        account.Book(window.Energy.Joules, started, ended);
        if (isOfUntracked)
        {
            _untracked.Book(_untracked.Booked - window.Energy.Joules, started, ended);
        }
    }

    /// <summary>
    /// Adds the energy by time to a report whose windows and totals are complete. What the last books did not have (windows
    /// that closed after them, in a process that was killed) is in the last interval.
    /// </summary>
    public EmissionsReport Complete(EmissionsReport report)
    {
        if (_isImpossible)
        {
            return report;
        }

        var tracked = new double[IntervalBefore(_until) + 1];
        var windows = new List<ReportWindow>(report.Windows.Count);
        foreach (var window in report.Windows)
        {
            var account = Of(window);
            account.Book(window.Energy.Joules, _until, _until);
            if (window.Parent is null)
            {
                account.AddTo(tracked);
            }

            windows.Add(account.Timeline(SecondsOf(window)) is { } timeline ? window with { Timeline = timeline } : window);
        }

        var untracked = new double[tracked.Length];
        _untracked.Book(report.Totals.UntrackedJoules, _until, _until);
        _untracked.AddTo(untracked);
        return report with
        {
            Windows = windows,
            Timeline = new ReportTimeline { StartedAt = _startedAt, IntervalSeconds = IntervalSeconds, TrackedJoules = tracked, UntrackedJoules = untracked },
        };
    }

    private Account Of(ReportWindow window)
    {
        if (!_windows.TryGetValue(window.Seq, out var account))
        {
            _windows[window.Seq] = account = new Account { StartedAt = SecondsOf(window) };
        }

        return account;
    }

    private double SecondsOf(ReportWindow window) => (window.StartedAt - _startedAt).TotalSeconds;

    private static DateTimeOffset Aligned(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.FromSeconds(IntervalSeconds).Ticks));
    }

    private static int IntervalOf(double seconds) => (int)Math.Floor(seconds / IntervalSeconds);

    /// <summary>The interval that ends with the moment, or has it inside.</summary>
    private static int IntervalBefore(double seconds) => Math.Max(0, (int)Math.Ceiling(seconds / IntervalSeconds) - 1);

    /// <summary>What one window, or nobody, used, interval by interval. Most windows are in one interval only.</summary>
    private sealed class Account
    {
        private int _first = -1;
        private double _joules;
        private List<double>? _later;

        /// <summary>Seconds from the start of the first interval, as the system's clock says.</summary>
        public double StartedAt { get; init; }

        /// <summary>All that is booked.</summary>
        public double Booked { get; private set; }

        /// <summary>Of the window when it had closed, or of those of a sum that had.</summary>
        public double ClosedJoules { get; set; }

        /// <summary>Of the windows of this number that are open.</summary>
        public double OpenJoules { get; set; }

        public bool IsNew => _first < 0;

        /// <summary>Books what <paramref name="joules"/> is more, or less, than what is booked already.</summary>
        public void Book(double joules, double from, double to)
        {
            var difference = joules - Booked;
            Booked = joules;
            var (rest, last) = (difference, IntervalBefore(to));
            for (var i = Math.Min(IntervalOf(from), last); i < last; i++)
            {
                var part = difference * ((((i + 1) * IntervalSeconds) - Math.Max(from, i * IntervalSeconds)) / (to - from));
                Add(i, part);
                rest -= part;
            }

            Add(last, rest);
        }

        public void AddTo(double[] sums)
        {
            if (_first >= 0)
            {
                sums[_first] += _joules;
            }

            for (var i = 0; i < (_later?.Count ?? 0); i++)
            {
                sums[_first + 1 + i] += _later![i];
            }
        }

        /// <summary><see langword="null"/> when all is in the interval in which it started.</summary>
        /// <param name="startedAt">When, as the report has it: of a sum, that may be another window than was seen first.</param>
        public ReportWindowTimeline? Timeline(double startedAt) =>
            _first < 0 || (_later is null && Math.Floor(startedAt / IntervalSeconds) == _first) ? null
            : new ReportWindowTimeline { First = _first, Joules = [_joules, .. _later ?? []] };

        private void Add(int interval, double joules)
        {
            if (joules == 0)
            {
                return;
            }

            if (_first < 0)
            {
                _first = interval;
            }

            if (interval < _first)
            {
                // What moves away from before the first that anything was booked in.
                _later = [.. Enumerable.Repeat(0.0, _first - interval - 1), _joules, .. _later ?? []];
                (_first, _joules) = (interval, joules);
                return;
            }

            if (interval == _first)
            {
                _joules += joules;
                return;
            }

            _later ??= [];
            while (_later.Count < interval - _first)
            {
                _later.Add(0);
            }

            _later[interval - _first - 1] += joules;
        }
    }
}
