using System.Runtime.CompilerServices;

namespace Eco2Test.Tests;

/// <summary>Tests in the one run that a process has: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneRun
{
    public const string Name = "One run";

    /// <summary>Its results go to a folder of their own, whichever test starts it.</summary>
    [ModuleInitializer]
    internal static void SetResults() => Environment.SetEnvironmentVariable("ECO2TEST_RESULTS", Directory.CreateTempSubdirectory("eco2test-run").FullName);
}
