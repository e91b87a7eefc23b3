using System.ComponentModel;
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
    /// <param name="key">What the framework identifies this very test (and row) by; <see langword="null"/> when it has nothing.</param>
    /// <param name="displayName">What the framework displays; <see langword="null"/> when it does not say.</param>
    public static void Enter(Assembly testAssembly, Type testClass, MethodInfo method, object? key, string? displayName)
    {
        try
        {
            var table = Ambient.TableOf(testAssembly);
            if (table is null)
            {
                return;
            }

            var run = Ambient.StartRun(() => TrackingRun.OfTests(testAssembly));
            if (run.Settings.Skip)
            {
                return;
            }

            Ambient.Flow = run.Tests.Open(table.Find(testClass, method), testClass, method, key, displayName);
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
    /// <param name="key">What the framework identifies this very test (and row) by.</param>
    /// <param name="displayName">What the framework displays; <see langword="null"/> when it does not say.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A test assembly is found by reflection by its framework too; it is not trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
    public static void Enter(Assembly testAssembly, string testClass, string method, object? key, string? displayName)
    {
        try
        {
            const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;
            if (testAssembly.GetType(testClass) is { } type && type.GetMethods(Any).FirstOrDefault(candidate => candidate.Name == method) is { } found)
            {
                Enter(testAssembly, type, found, key, displayName);
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
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A test class is kept by its framework; it is not trimmed.")]
    public static void Enter(Assembly testAssembly, Type testClass, string method, Type[] parameters, object? key, string? displayName)
    {
        try
        {
            const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;
            var named = testClass.GetMethods(Any).Where(candidate => candidate.Name == method).ToList();
            if ((named.Find(candidate => candidate.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameters))
                ?? named.Find(candidate => candidate.GetParameters().Length == parameters.Length)) is { } found)
            {
                Enter(testAssembly, testClass, found, key, displayName);
            }
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

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

    private static void Report(Exception fault) =>
        Ambient.Run?.Notice(DiagnosticCodes.TrackerFault, $"The tracker failed at a test, which is not in the report: {FaultText.Of(fault)}");
}
