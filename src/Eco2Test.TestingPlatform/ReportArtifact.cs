using Eco2Test.Metering;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.TestHost;

namespace Eco2Test.TestingPlatform;

/// <summary>A file of the report as the session has it.</summary>
internal static class ReportArtifact
{
    /// <summary>In <c>dotnet test</c> only the names of files are seen, so that of the run's says it all.</summary>
    public static SessionFileArtifact Of(SessionUid session, string file, string headline) =>
        new(session, new FileInfo(file), headline, "Energy and emissions of the run. 'eco2test report' on the folder merges those of several projects.");

    /// <summary>A report of the build that made these tests.</summary>
    public static SessionFileArtifact OfBuild(SessionUid session, BuildFile build, string file) =>
        new(session, new FileInfo(file), $"Eco2Test: {build.Name}", "Energy and emissions of the build that these tests are of.");
}
