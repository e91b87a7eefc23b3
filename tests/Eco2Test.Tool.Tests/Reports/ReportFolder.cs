using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

/// <summary>A folder of test results that is gone after the test.</summary>
internal sealed class ReportFolder : IDisposable
{
    public ReportFolder() => Path = Directory.CreateTempSubdirectory("eco2test-").FullName;

    public string Path { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a report; the path.</summary>
    public string Add(string name, EmissionsReport? report = null) => AddText(name, ReportJson.Write(report ?? SampleReports.Shop()));

    /// <summary>Writes any text; the path.</summary>
    public string AddText(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
