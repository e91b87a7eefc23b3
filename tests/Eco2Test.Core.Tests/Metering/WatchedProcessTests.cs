using System.Diagnostics;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>A run of a process that somebody else works in.</summary>
[Collection(RealClocks.Name)]
public sealed class WatchedProcessTests
{
    [Fact]
    public void What_another_process_spends_while_a_window_is_open_is_the_windows_to_the_last_bit_and_nothing_is_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a shell that burns");
        using var folder = new TempFolder();
        const string Burn = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"echo ready; read next; {Burn}; echo done; read end"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadLine().ShouldBe("ready");
        var settings = new RunSettings { KeepsJournal = false, Region = "FR", ResultsFolder = folder["results"] };
        using var run = RunStart.Watching(new RunIdentity("Shell", null, null, "benchmark"), settings, process.Id);
        using var clock = new OutsideProcessClock(process.Id);

        var before = clock.ProcessCpuTime;
        var window = run.Open(new WindowRequest { Id = "burn", DisplayName = "burn", Kind = WindowKind.Method }, parent: null);
        process.StandardInput.WriteLine();
        process.StandardOutput.ReadLine().ShouldBe("done");
        var after = clock.ProcessCpuTime;
        var measurement = run.Close(window, TestOutcome.Unknown).Measurement;

        // Nothing of it is given back as the background of a test host.
        measurement.CpuTime.ShouldBeInRange(after - before - TimeSpan.FromMicroseconds(1), clock.ProcessCpuTime - before + TimeSpan.FromMicroseconds(1));
        measurement.Energy.ShouldBeGreaterThan(Energy.Zero);
        Directory.Exists(folder["results"]).ShouldBeFalse();
        process.StandardInput.Close();
        process.WaitForExit();
    }

    [Fact]
    public void This_process_is_watched_by_its_own_clock()
    {
        var machine = RunMachine.This(null, EnvironmentVariables.OfThisProcess, TimeProvider.System);

        machine.Watching(Environment.ProcessId).Clock.ShouldBeSameAs(machine.Clock);
        machine.Watching(Environment.ProcessId).BackgroundShare.ShouldBe(0);
        machine.BackgroundShare.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_attribute_comes_before_the_environment_and_what_it_gets_wrong_is_its_own()
    {
        var environment = new EnvironmentVariables(name => name == "ECO2TEST_REGION" ? "DE" : name == "ECO2TEST_PUE" ? "1.1" : null);

        var settings = RunSettings.Read(environment, _ => null, attribute: ("[Here]", name => name switch { "Region" => "FR", "Pue" => "much", _ => null }));

        settings.Region.ShouldBe("FR");
        settings.Pue.ShouldBeNull();
        settings.Problems.ShouldHaveSingleItem().ShouldContain("Pue of [Here]");
    }
}
