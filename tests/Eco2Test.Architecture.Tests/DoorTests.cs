using Mono.Cecil;

namespace Eco2Test.Architecture.Tests;

/// <summary>
/// The environment, the clock, the file system and processes are reached through a few files that do nothing else, so
/// that everything behind them can be tested with a made-up world. Paths are below <c>src</c>.
/// </summary>
public sealed class DoorTests
{
    private static readonly string[] Environment = ["Eco2Test.BenchmarkDotNet/StartupHook.cs", "Eco2Test.Core/Hardware/EnvironmentVariables.cs", "Eco2Test.MSBuild/LoggerWithoutCore.cs"];

    private static readonly string[] Clock = ["Eco2Test.Core/Metering/RunStart.cs", "Eco2Test.Tool/Surroundings.cs"];

    private static readonly string[] FileSystem =
    [
        "Eco2Test.BenchmarkDotNet/IterationFile.cs",
        "Eco2Test.Carbon.Live/AnswerCache.cs",
        "Eco2Test.Collector/TestAssembly.cs",
        "Eco2Test.Core/Hardware/SystemFiles.cs",
        "Eco2Test.Core/Metering/Builds/CompilerSpanFolder.cs",
        "Eco2Test.Core/Metering/UserFile.cs",
        "Eco2Test.Core/Reports/AbandonedJournals.cs",
        "Eco2Test.Core/Reports/BuildSamplesFile.cs",
        "Eco2Test.Core/Reports/JournalReader.cs",
        "Eco2Test.Core/Reports/KeptReports.cs",
        "Eco2Test.Core/Reports/ResultsFolder.cs",
        "Eco2Test.Core/Sensors/Linux/ControlGroupFolder.cs",
        "Eco2Test.Core/Sensors/Linux/LinuxProcessClock.cs",
        "Eco2Test.Core/Settings/FilesAbove.cs",
        "Eco2Test.MSBuild/LoggerWithoutCore.cs",
        "Eco2Test.Tool/Inventory/InventoryFile.cs",
        "Eco2Test.TestingPlatform/ReportArtifact.cs",
        "Eco2Test/Tracking/EmissionsFile.cs",
        "Eco2Test.Tool/Experiments/SummaryFiles.cs",
        "Eco2Test.Tool/Carbon/IntensityFile.cs",
        "Eco2Test.Tool/Builds/SamplesFiles.cs",
        "Eco2Test.Tool/Reports/ReportFiles.cs",
        "Eco2Test.Tool/Reports/ReportOutput.cs",
        "Eco2Test.Tool/Runs/BuildLogger.cs",
        "Eco2Test.Tool/Runs/CommandOutput.cs",
        "Eco2Test.Tool/Runs/CommandSearch.cs",
        "Eco2Test.Tool/Runs/ContainedReports.cs",
        "Eco2Test.Tool/Setup/BuildSetup.cs",
        "Eco2Test.Tool/Terminal.cs",
        "Eco2Test.Tool/TextFile.cs",
    ];

    private static readonly string[] Processes =
    [
        "Eco2Test.BenchmarkDotNet/BenchmarkProcess.cs",
        "Eco2Test.Core/Metering/RunMachine.cs",
        "Eco2Test.Core/Reports/AbandonedJournals.cs",
        "Eco2Test.Core/Sensors/OutsideProcessClock.cs",
        "Eco2Test.Core/Sensors/PortableProcessClock.cs",
        "Eco2Test.Core/Sensors/Processes/PortableProcessTable.cs",
        "Eco2Test.Tool/Runs/ChildCommand.cs",
    ];

    private static readonly string[] Network = ["Eco2Test.Carbon.Live/ServiceClient.cs"];

    [Fact]
    public void Environment_variables_are_read_at_their_door() =>
        Uses(called => Is(called, "System.Environment") && called.Name.Contains("EnvironmentVariable", StringComparison.Ordinal))
            .ShouldBeAt(Environment);

    [Fact]
    public void The_time_of_day_is_read_at_its_door() =>
        Uses(called => Is(called, "System.DateTime", "System.DateTimeOffset") && called.Name is "get_Now" or "get_UtcNow" or "get_Today"
            || Is(called, "System.TimeProvider") && called.Name == "get_System")
            .ShouldBeAt(Clock);

    [Fact]
    public void Files_are_opened_at_their_door() =>
        Uses(called => Is(called, "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileStream", "System.IO.DriveInfo")
            || Is(called, "System.IO.StreamReader", "System.IO.StreamWriter") && called is { Name: ".ctor", Parameters: [{ ParameterType.FullName: "System.String" }, ..] })
            .ShouldBeAt(FileSystem);

    [Fact]
    public void Processes_are_looked_at_and_started_at_their_door() =>
        Uses(called => Is(called, "System.Diagnostics.Process")).ShouldBeAt(Processes);

    [Fact]
    public void The_network_is_reached_at_its_door() =>
        Uses(called => called.Name == ".ctor" && Is(called, "System.Net.Http.HttpClient", "System.Net.Http.SocketsHttpHandler", "System.Net.Http.HttpClientHandler", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient"))
            .ShouldBeAt(Network);

    private static bool Is(MethodReference called, params string[] types) => types.Contains(called.DeclaringType.FullName);

    private static CallsOfTheWorld Uses(Func<MethodReference, bool> isDoor) => new(
        from call in Product.Calls
        where isDoor(call.Called)
        select (call.File, $"{call.Called.DeclaringType.Name}.{call.Called.Name}"));

    private sealed record CallsOfTheWorld(IEnumerable<(string File, string Member)> Calls)
    {
        public void ShouldBeAt(string[] door) =>
            Calls.Where(call => !door.Contains(call.File))
                .Select(call => $"{call.File} uses {call.Member}")
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ShouldBeEmpty();
    }
}
