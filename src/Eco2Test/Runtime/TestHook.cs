using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Runtime;

/// <summary>
/// What the generated hooks call around each test. Neither method throws: a fault of the tracker is a notice in the
/// report, never the outcome of a test.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TestHook
{
    /// <summary>Opens the window of a test that is about to run.</summary>
    /// <param name="testAssembly">The assembly that the hook was generated into.</param>
    /// <param name="testClass">The class that runs, which may inherit the method.</param>
    /// <param name="method">The test method.</param>
    /// <param name="key">What the framework identifies this very test (and row) by.</param>
    /// <param name="displayName">What the framework displays; <see langword="null"/> when it does not say.</param>
    /// <param name="categories">Its categories, and its traits as <c>Name=value</c>; read when the test is tracked.</param>
    /// <param name="attempt">Which attempt it is, from 1; 0 when the framework does not count them.</param>
    public static void Enter(Assembly testAssembly, Type testClass, MethodInfo method, object key, string? displayName, IEnumerable<string> categories, int attempt)
    {
        try
        {
            if (Ambient.TableOf(testAssembly) is { } table)
            {
                Enter(testAssembly, table.Methods.Of(testClass, method), key, displayName, categories, attempt);
            }
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    /// <summary>As above, for a framework that gives class and method only.</summary>
    /// <param name="testAssembly">The assembly that the hook was generated into.</param>
    /// <param name="testClass">The class that runs, which may inherit the method.</param>
    /// <param name="method">The test method.</param>
    /// <param name="categories">Reads its categories and traits, once.</param>
    /// <param name="limit">Reads the time that it is given, once: one that exceeds it may never be told to exit, and is closed when another one begins.</param>
    public static void Enter(
        Assembly testAssembly, Type testClass, MethodInfo method, Func<Type, MethodInfo, IEnumerable<string>> categories, Func<MethodInfo, TimeSpan?> limit)
    {
        try
        {
            if (Ambient.TableOf(testAssembly) is { } table)
            {
                var test = table.Methods.Of(testClass, method);
                var mayTake = test.Row is { Enabled: true } ? test.LimitBy(limit) : null;
                var begin = Stopwatch.GetTimestamp();
                Enter(
                    testAssembly, test, key: null, displayName: null, Categories(test, categories), attempt: 0,
                    mayTake is { } time ? () => Stopwatch.GetElapsedTime(begin) > time : null);
            }
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    /// <summary>As above, for a framework that gives names only.</summary>
    /// <param name="testAssembly">The assembly that the hook was generated into.</param>
    /// <param name="testClass">The full name of the class that runs.</param>
    /// <param name="method">The name of the test method.</param>
    /// <param name="arguments">What it is called with, which tells overloads apart; <see langword="null"/>: nothing.</param>
    /// <param name="key">What the framework identifies this very test (and row) by.</param>
    /// <param name="displayName">What the framework displays; <see langword="null"/> when it does not say.</param>
    /// <param name="categories">Reads its categories, once for a method.</param>
    /// <param name="attempt">Which attempt it is, from 1; 0 when the framework does not count them.</param>
    /// <param name="hasEnded">Whether it has failed since: a test that may never be told to exit is asked when another one begins.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A test assembly is found by reflection by its framework too; it is not trimmed.")]
    public static void Enter(
        Assembly testAssembly, string testClass, string method, object?[]? arguments, object key, string? displayName,
        Func<Type, MethodInfo, IEnumerable<string>> categories, int attempt, Func<bool> hasEnded)
    {
        try
        {
            if (Ambient.TableOf(testAssembly) is { } table && testAssembly.GetType(testClass) is { } type && table.Methods.Find(type, method, arguments) is { } found)
            {
                var test = table.Methods.Of(type, found);
                Enter(testAssembly, test, key, displayName, Categories(test, categories), attempt, hasEnded);
            }
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    /// <summary>As above, for a framework that gives the class, and of the method its name and the types of its parameters.</summary>
    /// <param name="testAssembly">The assembly that the hook was generated into.</param>
    /// <param name="testClass">The class that runs, which may inherit the method.</param>
    /// <param name="method">The name of the test method.</param>
    /// <param name="parameters">The types of its parameters, which tell overloads apart.</param>
    /// <param name="key">What the framework identifies this very test (and row) by.</param>
    /// <param name="displayName">What the framework displays; <see langword="null"/> when it does not say.</param>
    /// <param name="categories">Its categories; read when the test is tracked.</param>
    /// <param name="attempt">Which attempt it is, from 1; 0 when the framework does not count them.</param>
    public static void Enter(
        Assembly testAssembly, Type testClass, string method, Type[] parameters, object key, string? displayName, IEnumerable<string> categories, int attempt)
    {
        try
        {
            if (Ambient.TableOf(testAssembly) is { } table && table.Methods.Find(testClass, method, parameters) is { } found)
            {
                Enter(testAssembly, table.Methods.Of(testClass, found), key, displayName, categories, attempt);
            }
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    /// <summary>Opens the window of what is set up or torn down once for several tests.</summary>
    /// <param name="testAssembly">The assembly that the hook was generated into.</param>
    /// <param name="fixture">The class that runs.</param>
    /// <param name="method">The name of the method that sets up or tears down.</param>
    /// <param name="isOfNamespace">Whether it is for the tests of a namespace, and not for those of the class.</param>
    /// <param name="key">What the framework identifies it by.</param>
    public static void EnterFixture(Assembly testAssembly, Type fixture, string method, bool isOfNamespace, object key)
    {
        try
        {
            if (Ambient.TableOf(testAssembly) is { } table && RunOf(testAssembly) is { } run)
            {
                Ambient.Flow = run.Tests.OpenFixture(table.FindFixture(fixture, isOfNamespace), $"{fixture.ToString().Replace('+', '.')}.{method}", key);
            }
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    /// <summary>Closes the window of what was set up or torn down.</summary>
    /// <param name="key">What <c>EnterFixture</c> was given.</param>
    /// <param name="failed">Whether it failed.</param>
    public static void ExitFixture(object key, bool failed) => Exit(key, failed ? TestOutcome.Failed : TestOutcome.Passed);

    /// <summary>Closes the window that was opened under <paramref name="key"/>.</summary>
    /// <param name="key">What <c>Enter</c> was given.</param>
    /// <param name="outcome">What became of the test; <see cref="TestOutcome.Unknown"/> when the framework does not say.</param>
    /// <returns>What to attach, print and fail with; <see langword="null"/> for a test that is not tracked.</returns>
    public static TestHookResult? Exit(object? key, TestOutcome outcome)
    {
        try
        {
            return Ambient.Run?.Tests.Close(key, outcome) is { } test ? new TestHookResult(test) : null;
        }
        catch (Exception fault)
        {
            Report(fault);
            return null;
        }
    }

    private static void Enter(Assembly testAssembly, TestMethod test, object? key, string? displayName, IEnumerable<string> categories, int attempt, Func<bool>? hasEnded = null)
    {
        if (RunOf(testAssembly) is { } run)
        {
            Ambient.Flow = run.Tests.Open(test, key, displayName, categories, attempt, hasEnded);
        }
    }

    private static TrackingRun? RunOf(Assembly testAssembly)
    {
        var run = Ambient.StartRun(() => RunStart.OfTests(testAssembly));
        return run.Settings.Skip ? null : run;
    }

    private static IReadOnlyList<string> Categories(TestMethod test, Func<Type, MethodInfo, IEnumerable<string>> read) =>
        test.Row is { Enabled: true } ? test.CategoriesBy(read) : [];

    private static void Report(Exception fault) =>
        Ambient.Run?.Notice(DiagnosticCodes.TrackerFault, $"The tracker failed at a test, which is not in the report: {FaultText.Of(fault)}");
}
