using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What runs the tests of a project.</summary>
public enum Runner
{
    VSTest,
    TestingPlatform,
}

/// <summary>How one version of a test framework, under one runner, writes the suite, and what it cannot do.</summary>
/// <param name="name">The framework.</param>
/// <param name="version">Its version.</param>
/// <param name="runner">What runs it.</param>
public abstract class Framework(string name, string version, Runner runner)
{
    /// <summary>Names its logs.</summary>
    public string Name => $"{name}-{version}-{runner}";

    /// <summary>Its version.</summary>
    public string Version => version;

    /// <summary>What runs it.</summary>
    public Runner Runner => runner;

    /// <summary>Whether it also runs what takes long: one version of each framework does.</summary>
    public virtual bool IsReference => false;

    /// <summary>What its project file has beside the rest.</summary>
    public abstract string Project { get; }

    /// <summary>The attribute list of a test, without the closing bracket.</summary>
    public abstract string Test { get; }

    /// <summary>The attribute list of a test with the rows 1, 2 and 3, without the closing bracket.</summary>
    public virtual string Rows => RowsOf("1", "2", "3");

    /// <summary>The attribute list of a test that is skipped, without the closing bracket.</summary>
    public abstract string Skip { get; }

    /// <summary>The attributes of a test in the category <c>slow</c>.</summary>
    public abstract string Category { get; }

    /// <summary>What the report has of these.</summary>
    public virtual string[] Categories => ["slow"];

    /// <summary>The attribute list of a test with three attempts, without the closing bracket; <see langword="null"/> where there is no such thing.</summary>
    public virtual string? Retry => null;

    /// <summary>How an attempt fails.</summary>
    public virtual string Fail => """throw new OwnFault("again")""";

    /// <summary>The attribute list of a test that is given half a second, without the closing bracket; <see langword="null"/> where there is no such thing.</summary>
    public virtual string? Timeout => null;

    /// <summary>Whether such a test is given a token.</summary>
    public virtual string TimeoutParameter => "";

    /// <summary>The token, after a comma, where it is seen.</summary>
    public virtual string TimeoutToken => TimeoutParameter.Length > 0 ? ", token" : "";

    /// <summary>Whether the body of a test that is out of its time, and the hook behind it, may go on when the run has ended.</summary>
    public virtual bool BodyMayOutliveTheRun => false;

    /// <summary>Whether tests of one class may have the same name.</summary>
    public virtual bool HasOverloads => true;

    /// <summary>The attribute list of a test whose rows come from <c>Numbers</c> or <c>NumbersOnly</c>, without the closing bracket.</summary>
    public abstract string Thousands { get; }

    /// <summary>The attributes of a class whose tests are those of its base.</summary>
    public virtual string Inherits => "";

    /// <summary>The attributes of a class whose tests run when no other does.</summary>
    public abstract string Sequential { get; }

    /// <summary>The attributes of a class that runs beside others.</summary>
    public abstract string Parallel { get; }

    /// <summary>Files that only this framework needs, each after its <c>#file</c> line; among them a class with fixtures.</summary>
    public abstract string Files { get; }

    /// <summary>Whether a test can print.</summary>
    public virtual bool CanPrint => true;

    /// <summary>The windows of kind fixture that it lets us see; of others the energy is untracked.</summary>
    public virtual string[] Fixtures => [];

    /// <summary>Whether the report of the run is made as the run ends.</summary>
    public virtual bool ReportsItself => true;

    /// <summary>Whether the summary of the run is seen in the terminal.</summary>
    public bool ShowsSummary => runner == Runner.VSTest;

    /// <summary>What <c>dotnet test</c> is asked for beside the rest.</summary>
    public virtual string[] Options => [];

    /// <summary>What makes <c>dotnet test</c> run these tests only.</summary>
    public virtual string[] Filter(string testClass, params string[] methods) =>
        ["--filter", string.Join('|', methods.Select(method => $"FullyQualifiedName~{testClass}.{method}"))];

    /// <summary>The suite as this framework writes it.</summary>
    public TestProject Suite(string eco2TestVersion)
    {
        var text = Text("Suite.txt") + (IsReference ? "\n" + Text("Durations.txt") : "") + "\n" + Files;
        var project = TestProject.Parse(Only(HasOverloads, "overloads", Only(Timeout is not null, "timeout", Only(Retry is not null, "retry", text)))
            .Replace("$Eco2TestVersion$", eco2TestVersion)
            .Replace("$Project$", Project)
            .Replace("$Test$", Test)
            .Replace("$Rows$", Rows)
            .Replace("$RowsOfText$", RowsOf("\"a\"", "\"b\""))
            .Replace("$RowsOfNumbers$", RowsOf("1", "2"))
            .Replace("$Skip$", Skip)
            .Replace("$Category$", Category)
            .Replace("$Retry$", Retry)
            .Replace("$Fail$", Fail)
            .Replace("$Timeout$", Timeout)
            .Replace("$TimeoutParameter$", TimeoutParameter)
            .Replace("$TimeoutToken$", TimeoutToken)
            .Replace("$Thousands$", Thousands)
            .Replace("$Inherits$", Inherits)
            .Replace("$Sequential$", Sequential)
            .Replace("$Parallel$", Parallel));
        return runner == Runner.VSTest ? project : project.With("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
    }

    /// <summary>The attribute list of a test with these rows, without the closing bracket.</summary>
    protected abstract string RowsOf(params string[] rows);

    private static string Text(string file)
    {
        using var text = new StreamReader(typeof(Framework).Assembly.GetManifestResourceStream(file)!);
        return text.ReadToEnd();
    }

    /// <summary>What stands between two marks is for frameworks that have such a thing.</summary>
    private static string Only(bool has, string mark, string text)
    {
        var parts = text.Split($"    //{mark}\n");
        return has ? string.Concat(parts) : parts[0] + parts[2];
    }
}
