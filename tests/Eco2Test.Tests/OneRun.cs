namespace Eco2Test.Tests;

/// <summary>Tests in the one run that a process has: one after the other, and its results go to a folder of their own.</summary>
[CollectionDefinition(Name)]
public sealed class OneRun : ICollectionFixture<OneRun>
{
    public const string Name = "One run";

    static OneRun() => Environment.SetEnvironmentVariable("ECO2TEST_RESULTS", Directory.CreateTempSubdirectory("eco2test-run").FullName);
}
