using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.TestKit;
using Eco2Test.TestKit.Acceptance;
using Eco2Test.Units;

namespace Eco2Test.Tool.Tests;

/// <summary>A binary log that <c>dotnet build -bl</c> made of two projects without packages, once for all tests.</summary>
public sealed class TinyBuild : IAsyncLifetime
{
    /// <summary>Where it was built.</summary>
    internal ReportFolder Folder { get; } = new();

    /// <summary>The log.</summary>
    internal string Log => Folder.At("repository/build.binlog");

    /// <summary>When it was built.</summary>
    internal (DateTimeOffset From, DateTimeOffset To) Time { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Folder.AddText("repository/Directory.Build.props", "<Project />");
        Folder.AddText("repository/App/App.proj", """<Project><Target Name="Build"><MSBuild Projects="../Lib/Lib.proj" Properties="TargetFramework=net10.0" /></Target></Project>""");
        Folder.AddText("repository/Lib/Lib.proj", """<Project><Target Name="Build"><Exec Command="dotnet --version" /></Target></Project>""");
        var from = DateTimeOffset.UtcNow;
        var build = await new DotnetCommand(nameof(TinyBuild), Folder.At("repository")).RunAsync(["build", "App/App.proj", "-bl:build.binlog", "-m:1"]);
        build.ExitCode.ShouldBe(0, build.ToString());
        Time = (from, DateTimeOffset.UtcNow);
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Copies the log to a folder of its own, with samples and their report where they are asked for.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="samples">Path of the samples without extension; <see langword="null"/>: none.</param>
    /// <param name="later">How long after the build they were taken.</param>
    internal string CopyTo(ReportFolder folder, string? samples = "build", TimeSpan later = default)
    {
        var log = folder.At("build.binlog");
        File.Copy(Log, log);
        if (samples is not null)
        {
            Sample(folder.At(samples + BuildSamplesFile.Extension), Time.From + later, Time.To + later);
            folder.Add(samples + ResultsFolder.ReportExtension, Measured(Time.From + later, Time.To + later));
        }

        return log;
    }

    /// <summary>The report of the wrapper: one window, of the whole command.</summary>
    internal static EmissionsReport Measured(DateTimeOffset from, DateTimeOffset to)
    {
        var shop = SampleReports.Of(SampleReports.Window(1, "dotnet build App/App.proj", 100, 2) with { Kind = WindowKind.Build, StartedAt = from, DurationSeconds = (to - from).TotalSeconds, CpuSeconds = (to - from).TotalSeconds });
        return shop with
        {
            Run = shop.Run with { Kind = "command", Project = "dotnet build", TargetFramework = null, StartedAt = from, DurationSeconds = (to - from).TotalSeconds },
            Build = new ReportBuild { Mode = "nodes=1 reuse=off compiler=none server=off graph=off", Succeeded = true },
        };
    }

    /// <summary>A process that is busy for nine tenths of all the time: 20 J for each second of its CPU.</summary>
    private static void Sample(string path, DateTimeOffset from, DateTimeOffset to)
    {
        using var file = new BuildSamplesFile(path);
        for (var at = from; at <= to.AddMilliseconds(100); at = at.AddMilliseconds(50))
        {
            var cpu = (at - from) * 0.9;
            var energy = Energy.FromJoules(cpu.TotalSeconds * 20);
            file.Add(new BuildSample(at, [new BuildProcessUse(100, 0, BuildProcessRole.Entry, cpu)], new ActiveUse(BoundedEnergy.Exact(energy), default, default, cpu.TotalSeconds)));
        }
    }
}
