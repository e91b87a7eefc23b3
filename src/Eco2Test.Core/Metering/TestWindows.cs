using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Eco2Test.Budgets;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>The windows of the tests of a run, by what their framework identifies them with.</summary>
internal sealed class TestWindows
{
    private readonly TrackingRun _run;
    private readonly ConcurrentDictionary<object, TrackingWindow> _open = new();
    private readonly ConcurrentDictionary<object, int> _counts = new();
    private readonly HandedAttachments? _handed;
    private readonly ConcurrentDictionary<string, bool> _methods = new(StringComparer.Ordinal);
    private readonly TestCategories _categories = new();

    public TestWindows(TrackingRun run)
    {
        _run = run;
        _handed = run.Settings.HasCollector ? new HandedAttachments(run.Folder, run.Session) : null;
    }

    /// <summary>Opens the window of a test: a root, whatever flow its framework runs it in.</summary>
    public TrackingWindow Open(TrackedRow? row, Type testClass, MethodInfo method, object? key, string? displayName)
    {
        var window = _run.Open(Request(row, testClass, method, key, displayName), parent: null);
        if (key is not null)
        {
            _open[key] = window;
        }
        else
        {
            EscapedExceptions.Watch();
        }

        return window;
    }

    /// <summary>Whether any test of a method had a window that is its own to pay.</summary>
    public bool HadWindow(string method) => _methods.ContainsKey(method);

    /// <summary>Closes it; <see langword="null"/> when the test is not tracked.</summary>
    public ClosedTest? Close(object? key, TestOutcome outcome)
    {
        var window = key is null ? Ambient.Flow : _open.TryRemove(key, out var opened) ? opened : null;
        Ambient.Flow = null;
        if (window is null)
        {
            return null;
        }

        if (key is null && outcome == TestOutcome.Unknown)
        {
            outcome = EscapedExceptions.OutcomeOf(window);
        }

        var closed = _run.Close(window, outcome);
        if (window.Request.Exempt)
        {
            return null;
        }

        var test = Result(window, closed, outcome);
        if (key is null)
        {
            HandOver(window.Request.Id, outcome == TestOutcome.Failed || test.Failure is not null, test.Attachment);
        }

        return test;
    }

    /// <summary>A framework that gives no key has no place for an attachment either: the collector attaches it.</summary>
    private void HandOver(string id, bool failed, byte[] attachment)
    {
        try
        {
            _handed?.Give(id, failed, attachment);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _run.Notice(DiagnosticCodes.JournalFault, $"What is to be attached to tests cannot be written: {FaultText.Of(fault)}");
        }
    }

    private ClosedTest Result(TrackingWindow window, ClosedWindow closed, TestOutcome outcome)
    {
        // A budget, its own or that of a method which it called, never replaces a test's own failure.
        var exceeded = closed.Budget.Fails ? closed.Budget.Message : window.FailureInside;
        var failure = outcome != TestOutcome.Failed ? exceeded : null;
        return new ClosedTest(
            ReportJson.Write(_run.Attachment(closed)),
            Line(closed, window.FailureInside),
            failure,
            content => _run.Folder.WriteAttachment(_run.Session, window.Seq, WindowAttachment.FileName, content));
    }

    /// <summary><c>eco2test: 12.3 J (cpu 12, gpu 0, ram 0.3 J; 8–18 J modeled) 151 µg CO2e [FR] 1.2 s</c></summary>
    private string Line(ClosedWindow closed, string? failureInside)
    {
        var measured = closed.Measurement;
        var line = $"eco2test: {measured.Energy} (cpu {measured.Cpu}, gpu {measured.Gpu}, ram {measured.Ram}; "
            + $"{QuantityText.WriteRange(measured.EnergyLow.Joules, measured.EnergyHigh.Joules, QuantityText.Energy)} {measured.Provenance.ToString().ToLowerInvariant()}) "
            + $"{measured.Emissions} CO2e [{closed.Intensity.Key}] {QuantityText.Digits(measured.Duration.TotalSeconds)} s";
        foreach (var more in new[] { closed.Budget.Message, failureInside, _run.JournalFault })
        {
            line += more is null ? "" : "\n" + more;
        }

        return line;
    }

    private WindowRequest Request(TrackedRow? row, Type testClass, MethodInfo method, object? key, string? displayName)
    {
        var id = Id(testClass, method, key, displayName);
        var request = new WindowRequest { Id = id, DisplayName = displayName ?? id, Kind = WindowKind.Test, Exempt = row is not { Enabled: true } };
        if (row is null || request.Exempt)
        {
            return request;
        }

        _methods.TryAdd(TestName.MethodOf(testClass.ToString(), method.Name), true);
        var complete = row.Complete(request with
        {
            Attempt = key is string ? _counts.AddOrUpdate(key, 1, static (_, count) => count + 1) : 1,
            Categories = _categories.Of(testClass, method),
        });

        // A budget that is stated and cannot be read is a problem of its own; the default does not hide it.
        return complete with
        {
            EnergyBudget = row.EnergyBudget is null && _run.Settings.EnergyBudget is { } energy ? new EnergyBudget(energy) : complete.EnergyBudget,
            EmissionsBudget = row.EmissionsBudget is null && _run.Settings.EmissionsBudget is { } emissions ? new EmissionsBudget(emissions) : complete.EmissionsBudget,
        };
    }

    /// <summary>
    /// Class, method and arguments. A framework that displays them is believed; one that gives nothing has its rows
    /// numbered in the order in which they run.
    /// </summary>
    private string Id(Type testClass, MethodInfo method, object? key, string? displayName)
    {
        // As the class writes itself, not its full name: that of a generic class names the versions of assemblies.
        // Two fixtures of one class with other arguments are two classes.
        var className = testClass.ToString();
        if (displayName?.StartsWith(className + "(", StringComparison.Ordinal) == true
            && displayName.LastIndexOf($").{method.Name}", StringComparison.Ordinal) is > 0 and var end)
        {
            className = displayName[..(end + 1)];
        }

        var name = $"{TestName.ClassOf(className)}.{method.Name}";
        if (method.GetParameters().Length == 0)
        {
            return name;
        }

        if (key is null)
        {
            var row = _counts.AddOrUpdate(name, 1, static (_, count) => count + 1);
            return string.Create(CultureInfo.InvariantCulture, $"{name}#{row}");
        }

        return name + TestName.ArgumentsOf(className, method.Name, displayName ?? "");
    }
}

/// <summary>What a hook does with a test that has ended.</summary>
/// <param name="Attachment">The attachment, JSON in UTF-8.</param>
/// <param name="Line">One line for the test's output.</param>
/// <param name="Failure">Why the test must fail; <see langword="null"/> when it must not.</param>
/// <param name="WriteAttachment">Writes the attachment to a file and returns its path.</param>
internal sealed record ClosedTest(byte[] Attachment, string Line, string? Failure, Func<byte[], string> WriteAttachment);
