using System.Diagnostics;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors.Processes;

[Collection(RealClocks.Name)]
public sealed class PortableProcessTableTests
{
    [Fact]
    public void The_root_is_found_and_followed_and_a_process_without_a_name_that_builds_have_is_not()
    {
        using var own = Process.GetCurrentProcess();
        using var table = new PortableProcessTable(own.Id);

        var all = table.Read(lookForAll: true);

        all.ShouldContain(reading => reading.Id == own.Id && reading.CpuTime > TimeSpan.Zero && reading.ResidentBytes > 0 && reading.Parent == 0);
        all.ShouldAllBe(reading => reading.CpuTimeOfEnded == TimeSpan.Zero);
        table.CommandLine(own.Id).ShouldBe([own.ProcessName]);
        table.CommandLine(int.MaxValue).ShouldBeEmpty();
        table.Follow([own.Id, int.MaxValue]);
        table.Read(lookForAll: false).ShouldHaveSingleItem().Id.ShouldBe(own.Id);
        table.Follow([]);
        table.Read(lookForAll: false).ShouldBeEmpty();
        table.SeesTrees.ShouldBeFalse();
    }

    [Fact]
    public void What_started_later_and_has_a_name_that_builds_have_counts_as_a_child()
    {
        using var own = Process.GetCurrentProcess();
        using var started = Process.Start(new ProcessStartInfo("dotnet", ["help"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        using var table = new PortableProcessTable(own.Id);
        var seen = table.Read(lookForAll: true).FirstOrDefault(reading => reading.Id == started.Id);
        started.StandardOutput.ReadToEnd();
        started.WaitForExit();

        seen.Parent.ShouldBe(own.Id);
        table.Read(lookForAll: true).ShouldNotContain(reading => reading.Id == started.Id);
    }
}
