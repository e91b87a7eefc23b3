using System.ComponentModel;
using System.Runtime.CompilerServices;
using Eco2Test.Metering;

namespace Eco2Test.Runtime;

/// <summary>
/// One tracked method, in a static field beside the wrappers of its calls. A fault of the tracker is a notice in the
/// report; it never reaches the method or its caller.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MethodTracker
{
    private readonly Type _carrier;
    private readonly string _row;
    private readonly string _target;
    private WindowRequest? _request;
    private bool _isResolved;
    private bool _isOff;

    /// <summary>Starts nothing: the first call does.</summary>
    /// <param name="carrier">A type of the assembly in whose table the row is.</param>
    /// <param name="row">The target of the row: the method's own, or that of what it has the attribute from.</param>
    /// <param name="target">The method, as <see cref="TrackedMethod.Target"/> names it.</param>
    public MethodTracker(Type carrier, string row, string target) => (_carrier, _row, _target) = (carrier, row, target);

    /// <summary>Opens a window around a call. Inside a window of the same method it opens none: recursion is one window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MethodScope Enter() => _isOff ? default : Open();

    internal TrackingWindow? OpenWindow() => Open().Window;

    private MethodScope Open()
    {
        try
        {
            if (!_isResolved)
            {
                Resolve();
            }

            if (_request is not { } request)
            {
                return default;
            }

            var flow = Ambient.Flow;
            if (Around(flow, request.Method!) is { } same)
            {
                return new MethodScope(this, window: null, flow, same);
            }

            var window = Ambient.StartRun().Open(request, TrackingWindow.Current);
            Ambient.Flow = window;
            return new MethodScope(this, window, flow, window);
        }
        catch (Exception fault)
        {
            _isOff = true;
            Report(fault, "which is not tracked from here on");
            return default;
        }
    }

    /// <summary>The open window of the same method that the flow is in.</summary>
    private static TrackingWindow? Around(TrackingWindow? flow, string method)
    {
        for (var window = flow; window is not null; window = window.Parent)
        {
            if (window.Account.IsOpen && string.Equals(window.Request.Method, method, StringComparison.Ordinal))
            {
                return window;
            }
        }

        return null;
    }

    /// <summary>Looks up, once, what is asked for; two threads find the same.</summary>
    private void Resolve()
    {
        RegisterTable(_carrier);
        if (Ambient.TableOf(_carrier.Assembly)?.Find(_row) is { Enabled: true } row && !Ambient.StartRun().Settings.Skip)
        {
            var id = Id(_target);
            _request = row.Complete(new WindowRequest { Id = id, DisplayName = id, Kind = WindowKind.Method }) with { Method = _target };
        }

        _isOff = _request is null;
        _isResolved = true;
    }

    /// <summary>The table of a library is registered when its first method runs, which is after this. Compiled ahead of time, all are when the program starts.</summary>
    private static void RegisterTable(Type carrier)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            RuntimeHelpers.RunModuleConstructor(carrier.Module.ModuleHandle);
        }
    }

    /// <summary><c>Shop.Model.Fit(Int32)</c>, and <c>Shop.Model.Fit</c> of one without parameters, as tests are called.</summary>
    private static string Id(string target)
    {
        var name = target.Replace('+', '.');
        return name.EndsWith("()", StringComparison.Ordinal) ? name[..^2] : name;
    }

    internal static void Report(Exception fault, string consequence = "whose call is not in the report") =>
        Ambient.Run?.Notice(DiagnosticCodes.TrackerFault, $"The tracker failed at a method, {consequence}: {fault.GetType().Name}: {fault.Message}");
}
