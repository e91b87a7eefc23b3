using System.Collections.Concurrent;
using System.Globalization;
using Eco2Test.Budgets;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>The windows of the tests of a run, by what their framework identifies them with.</summary>
internal sealed class TestWindows
{
    private readonly TrackingRun _run;
    private readonly EscapedExceptions _escaped = new();
    private readonly HandedAttachments? _handed;
    private readonly ConcurrentDictionary<string, bool> _methods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<object, OpenTest> _open = new();
    private readonly ConcurrentDictionary<object, OpenTest> _ended = new();
    private readonly ConcurrentDictionary<string, int> _rows = new();
    private readonly ConcurrentDictionary<string, TestAttempts> _attempts = new();

    public TestWindows(TrackingRun run)
    {
        _run = run;
        _handed = run.Settings.HasCollector ? new HandedAttachments(run.Folder, run.Session) : null;
    }

    /// <summary>Opens the window of a test: a root, whatever flow its framework runs it in.</summary>
    /// <param name="method">The method and its class.</param>
    /// <param name="key">What the framework identifies this very test (and row) by; <see langword="null"/> when it has nothing.</param>
    /// <param name="displayName">What the framework displays; <see langword="null"/> when it does not say.</param>
    /// <param name="categories">Traits and categories; read when the test is tracked.</param>
    /// <param name="attempt">Which attempt it is, from 1; 0 when the framework does not count them.</param>
    /// <param name="hasEnded">Whether it has failed since or is out of its time, where the framework may not tell.</param>
    public TrackingWindow Open(TestMethod method, object? key, string? displayName, IEnumerable<string> categories, int attempt, Func<bool>? hasEnded = null)
    {
        CloseEnded();
        var id = Id(method, key, displayName);
        var request = new WindowRequest { Id = id, DisplayName = displayName ?? id, Kind = WindowKind.Test, Exempt = true };
        TestAttempts? attempts = null;
        if (method.Row is { Enabled: true } row)
        {
            _methods.TryAdd(method.Name, true);
            attempts = AttemptsOf(key, id, attempt);
            request = Complete(row, request with { Exempt = false, Attempt = Math.Max(attempt, attempts?.Begin() ?? 1), Categories = [.. categories] });
        }

        var window = _run.Open(request, parent: null);
        if (key is null)
        {
            _escaped.Watch();
        }

        Keep(key ?? window, new(window, attempts, hasEnded));
        return window;
    }

    /// <summary>Whether any test of a method had a window that is its own to pay.</summary>
    public bool HadWindow(string method) => _methods.ContainsKey(method);

    /// <summary>Opens the window of what tests share; <see langword="null"/> when it is not tracked.</summary>
    public TrackingWindow? OpenFixture(TrackedRow? row, string id, object key)
    {
        if (row is not { Enabled: true })
        {
            return null;
        }

        var window = _run.Open(new WindowRequest { Id = id, DisplayName = id, Kind = WindowKind.Fixture, Region = row.Region }, parent: null);
        Keep(key, new(window, null));
        return window;
    }

    /// <summary>Those that have failed, and of which nothing more may be heard, no longer share what others spend.</summary>
    private void CloseEnded()
    {
        foreach (var (key, test) in _open)
        {
            if (test.HasEnded?.Invoke() == true && _open.TryRemove(key, out _))
            {
                _run.Close(test.Window, TestOutcome.Failed);
                _ended[key] = test;
            }
        }
    }

    /// <summary>A framework that forgot to end a test, and begins one with the same key, ends it now.</summary>
    private void Keep(object key, OpenTest test)
    {
        if (_open.TryRemove(key, out var left))
        {
            _run.Close(left.Window, TestOutcome.Unknown);
        }

        _open[key] = test;
    }

    /// <summary>Closes it; <see langword="null"/> when the test is not tracked.</summary>
    public ClosedTest? Close(object? key, TestOutcome outcome)
    {
        var test = key is null ? TakeCarried() : Take(key);
        Ambient.Flow = null;
        if (test is not { Window: var window })
        {
            return null;
        }

        if (key is null && outcome == TestOutcome.Unknown)
        {
            outcome = EscapedExceptions.OutcomeOf(window);
        }

        var closed = _run.Close(window, outcome);
        if (window.Request is not { Exempt: false, Kind: WindowKind.Test })
        {
            return null;
        }

        var result = Result(window, closed, outcome, test.Attempts?.End(closed.Measurement));
        if (key is null && _handed is { } handed && result.Attachment is { } attachment)
        {
            HandOver(handed, window.Request.Id, outcome == TestOutcome.Failed || result.Failure is not null, attachment);
        }

        return result;
    }

    /// <summary>
    /// A framework that gives no key has no place for an attachment either: the collector attaches it. Rows that failed are told
    /// apart by their order; where that is not known it has none rather than that of another.
    /// </summary>
    private void HandOver(HandedAttachments handed, string id, bool failed, byte[] attachment)
    {
        if (failed && HandedAttachments.IsRow(id) && _escaped.HasTestWithoutWindow())
        {
            _run.Notice(DiagnosticCodes.AttachmentsUnmatched, "A test failed before it was measured, as by its constructor: rows that failed after it have no attachment. All are in the report.");
            return;
        }

        try
        {
            handed.Give(id, failed, attachment);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _run.Notice(DiagnosticCodes.JournalFault, $"What is to be attached to tests cannot be written: {FaultText.Of(fault)}");
        }
    }

    private OpenTest? Take(object key) => _open.TryRemove(key, out var test) || _ended.TryRemove(key, out test) ? test : null;

    /// <summary>Of a framework that has no keys: that of the flow, whatever a test has left open in it.</summary>
    private OpenTest? TakeCarried()
    {
        for (var window = Ambient.Flow; window is not null; window = window.Parent)
        {
            if (Take(window) is { } test)
            {
                return test;
            }
        }

        return null;
    }

    /// <summary>Those of the test before it are its own if the framework says that it is not the first, or if it has the key of one that ran.</summary>
    private TestAttempts? AttemptsOf(object? key, string id, int attempt) => (attempt, key) switch
    {
        (1, _) => _attempts[id] = new(),
        ( > 1, _) => _attempts.GetOrAdd(id, static _ => new()),
        (_, string known) => _attempts.GetOrAdd(known, static _ => new()),
        _ => null,
    };

    private ClosedTest Result(TrackingWindow window, ClosedWindow closed, TestOutcome outcome, ReportAttempts? attempts)
    {
        // A budget, its own or that of a method which it called, never replaces a test's own failure.
        var exceeded = closed.Budget.Fails ? closed.Budget.Message : window.FailureInside;
        var failure = outcome != TestOutcome.Failed ? exceeded : null;
        return new ClosedTest(
            _run.Settings.Attachments ? new(() => ReportJson.Write(_run.Attachment(closed) with { Attempts = attempts })) : null,
            Line(closed, attempts, window.FailureInside),
            failure,
            content => _run.Folder.WriteAttachment(_run.Session, window.Seq, WindowAttachment.FileName, content));
    }

    /// <summary><c>eco2test: 12.3 J (cpu 12, gpu 0, ram 0.3 J; 8–18 J modeled) 151 µg CO2e [FR] 1.2 s</c></summary>
    private string Line(ClosedWindow closed, ReportAttempts? attempts, string? failureInside)
    {
        var measured = closed.Measurement;
        var line = $"eco2test: {measured.Energy} (cpu {measured.Cpu}, gpu {measured.Gpu}, ram {measured.Ram}; "
            + $"{QuantityText.WriteRange(measured.EnergyLow.Joules, measured.EnergyHigh.Joules, QuantityText.Energy)} {measured.Provenance.ToString().ToLowerInvariant()}) "
            + $"{measured.Emissions} CO2e [{closed.Intensity.Key}] {QuantityText.Digits(measured.Duration.TotalSeconds)} s";
        if (attempts is not null)
        {
            line += string.Create(CultureInfo.InvariantCulture, $"; {attempts.Count} attempts: {Energy.FromJoules(attempts.EnergyJoules)} ")
                + $"({QuantityText.WriteRange(attempts.LowJoules, attempts.HighJoules, QuantityText.Energy)}) {Emissions.FromGrams(attempts.EmissionsGrams)} CO2e in all";
        }

        foreach (var more in new[] { closed.Budget.Message ?? closed.Overlap, failureInside, _run.JournalFault })
        {
            line += more is null ? "" : "\n" + more;
        }

        return line;
    }

    private WindowRequest Complete(TrackedRow row, WindowRequest request)
    {
        var complete = row.Complete(request);

        // A budget that is stated and cannot be read is a problem of its own; the default does not hide it.
        return complete with
        {
            EnergyBudget = row.EnergyBudget is null && _run.Settings.EnergyBudget is { } energy ? new EnergyBudget(energy) : complete.EnergyBudget,
            EmissionsBudget = row.EmissionsBudget is null && _run.Settings.EmissionsBudget is { } emissions ? new EmissionsBudget(emissions) : complete.EmissionsBudget,
            Problem = string.Join('\n', Loosened(row, request.Id).Prepend(complete.Problem).OfType<string>()) is { Length: > 0 } problem ? problem : null,
        };
    }

    /// <summary>What an attribute says that a settings file has locked tighter.</summary>
    private IEnumerable<string> Loosened(TrackedRow row, string id) =>
        from locked in _run.Settings.Locked
        let stated = locked.Property switch { "EnergyBudget" => row.EnergyBudget, "EmissionsBudget" => row.EmissionsBudget, "Region" => row.Region, _ => null }
        where stated is not null
        let problem = locked.Problem(stated)
        where problem is not null
        select $"{DiagnosticCodes.SettingLocked}: {locked.Property} of {id}: {problem}";

    /// <summary>
    /// Class, method and arguments. A framework that displays them is believed; one that gives nothing has its rows
    /// numbered in the order in which they run.
    /// </summary>
    private string Id(TestMethod method, object? key, string? displayName)
    {
        // Two fixtures of one class with other arguments are two classes.
        var (className, name, id) = (method.ClassName, method.Method.Name, method.Id);
        if (displayName?.StartsWith(className + "(", StringComparison.Ordinal) == true
            && displayName.LastIndexOf($").{name}", StringComparison.Ordinal) is > 0 and var end)
        {
            className = displayName[..(end + 1)];
            id = $"{TestName.ClassOf(className)}.{name}";
        }

        if (!method.HasRows)
        {
            return id;
        }

        if (key is null)
        {
            var row = _rows.AddOrUpdate(id, 1, static (_, count) => count + 1);
            return string.Create(CultureInfo.InvariantCulture, $"{id}#{row}");
        }

        return id + TestName.ArgumentsOf(className, name, displayName ?? "");
    }

    private sealed record OpenTest(TrackingWindow Window, TestAttempts? Attempts, Func<bool>? HasEnded = null);
}

/// <summary>What a hook does with a test that has ended.</summary>
/// <param name="Content">Makes the attachment, which costs more than the rest where nobody takes it; <see langword="null"/> when none is wanted.</param>
/// <param name="Line">One line for the test's output.</param>
/// <param name="Failure">Why the test must fail; <see langword="null"/> when it must not.</param>
/// <param name="WriteAttachment">Writes the attachment to a file and returns its path.</param>
internal sealed record ClosedTest(Lazy<byte[]>? Content, string Line, string? Failure, Func<byte[], string> WriteAttachment)
{
    /// <summary>The attachment, JSON in UTF-8; <see langword="null"/> when none is wanted.</summary>
    public byte[]? Attachment => Content?.Value;
}
