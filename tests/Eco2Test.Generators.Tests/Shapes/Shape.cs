namespace Eco2Test.Generators.Tests.Shapes;

/// <summary>A shape of a tracked method and its calls, as code.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Declarations">Types, in which <c>[Track]</c> stands for the attribute.</param>
/// <param name="Run">Statements that call the method.</param>
public sealed record Shape(string Name, string Declarations, string Run)
{
    /// <summary>In how many windows the bodies run that call <c>Probe.In</c>.</summary>
    public int Windows { get; init; } = 1;

    /// <summary>How many bodies run outside of all windows.</summary>
    public int Outside { get; init; }

    /// <summary>What stands before everything else in its file.</summary>
    public string Defines { get; init; } = "";

    /// <summary>Whether its twin needs generated code too, since it would not compile without.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether it needs a compiler that knows C# 14.</summary>
    public bool NeedsCSharp14 { get; init; }

    /// <summary>The file with the attribute, or that of its twin.</summary>
    public string Write(string space, bool tracked) => $$"""
        {{Defines}}
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Diagnostics.CodeAnalysis;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;
        using Eco2Test.Generators.Tests.Shapes;
        namespace {{space}}
        {
        {{Declarations.Replace("[Track]", Attribute(tracked), StringComparison.Ordinal)}}
        public static partial class Run
        {
            public static async Task Main()
            {
                await Task.CompletedTask;
        {{Run}}
            }
        }
        }
        """;

    public override string ToString() => Name;

    private string Attribute(bool tracked) => tracked ? "[global::Eco2Test.TrackEmissions]"
        : IsExact ? "[global::Eco2Test.TrackEmissions(Enabled = false)]"
        : "";
}
