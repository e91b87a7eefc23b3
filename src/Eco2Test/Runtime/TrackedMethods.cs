using System.ComponentModel;
using System.Reflection;
using Eco2Test.Metering;

namespace Eco2Test.Runtime;

/// <summary>The table of tracked tests and methods of an assembly, filled by its generated module initializer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TrackedMethods
{
    /// <summary>Registers the rows of an assembly. Starts nothing: module initializers also run in processes that run no test.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="holdsTests">Whether the hook of a test framework was generated into it: a process that runs it is a test host.</param>
    public static void Register(Assembly assembly, TrackedMethod[] rows, bool holdsTests) =>
        Ambient.Register(
            assembly,
            new TrackedTable(rows.Select(row => new TrackedRow(
                row.Target, row.Region, row.EnergyBudget, row.EmissionsBudget, row.Comparison, row.Enabled, row.File, row.Line)
            {
                MinimumSeconds = row.MinimumSeconds,
            })),
            holdsTests);
}

/// <summary>One row of the table: what the attributes on a method, a class or the assembly ask for, already merged.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TrackedMethod
{
    /// <summary>
    /// What the row is of: <c>Ns.Outer+Inner`1.Method(Int32,List`1,T[])</c> for a method (metadata names, of parameter types
    /// the simple ones), <c>Ns.Outer+Inner`1</c> for a class, the empty string for the assembly.
    /// </summary>
    public required string Target { get; init; }

    /// <summary>Region, as written.</summary>
    public string? Region { get; init; }

    /// <summary>Energy budget, as written.</summary>
    public string? EnergyBudget { get; init; }

    /// <summary>Emissions budget, as written.</summary>
    public string? EmissionsBudget { get; init; }

    /// <summary>Comparison group.</summary>
    public string? Comparison { get; init; }

    /// <summary>For how long the work is repeated, in seconds; 0: once.</summary>
    public double MinimumSeconds { get; init; }

    /// <summary>Whether it is tracked.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The file, relative to the project.</summary>
    public string? File { get; init; }

    /// <summary>The line of the method's name, from 1.</summary>
    public int Line { get; init; }
}
