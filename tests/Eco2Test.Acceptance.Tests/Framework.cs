using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Acceptance.Tests;

/// <summary>How one test framework writes the suite, and what it cannot do.</summary>
public abstract class Framework
{
    /// <summary>Names its logs.</summary>
    public abstract string Name { get; }

    /// <summary>What its project file has beside the rest.</summary>
    public abstract string Project { get; }

    /// <summary>The attribute list of a test, without the closing bracket.</summary>
    public abstract string Test { get; }

    /// <summary>The attribute list of a test with the rows 1, 2 and 3, without the closing bracket.</summary>
    public abstract string Rows { get; }

    /// <summary>The attributes of a class whose tests run when no other does.</summary>
    public abstract string Sequential { get; }

    /// <summary>The attributes of a class that runs beside others.</summary>
    public abstract string Parallel { get; }

    /// <summary>Files that only this framework needs, each after its <c>#file</c> line.</summary>
    public virtual string Files => "";

    /// <summary>Whether a test can attach files.</summary>
    public virtual bool CanAttach => true;

    /// <summary>The suite as this framework writes it.</summary>
    public TestProject Suite(string eco2TestVersion)
    {
        using var text = new StreamReader(typeof(Framework).Assembly.GetManifestResourceStream("Suite.txt")!);
        return TestProject.Parse(text.ReadToEnd()
            .Replace("$Eco2TestVersion$", eco2TestVersion)
            .Replace("$Project$", Project)
            .Replace("$Test$", Test)
            .Replace("$Rows$", Rows)
            .Replace("$Sequential$", Sequential)
            .Replace("$Parallel$", Parallel)
            + "\n" + Files);
    }
}
