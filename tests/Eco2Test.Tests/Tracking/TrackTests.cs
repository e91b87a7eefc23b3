using Eco2Test.Core.Tests;

namespace Eco2Test.Tests.Tracking;

/// <summary>Work with a tracker around it, in the one run that a process has.</summary>
[Collection(OneRun.Name)]
public sealed class TrackTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private EmissionsTrackerOptions Options => new() { ProjectName = "track", FileName = _folder["emission.csv"], Region = "FR" };

    [Fact]
    public void Work_is_run_once_and_measured()
    {
        var runs = 0;

        var result = EmissionsTracker.Track(Options, () => runs += Spin());

        runs.ShouldBe(1);
        result.Energy.Joules.ShouldBeGreaterThan(0);
        (result.Intensity.Region, result.FileProblem, result.RowsNotWritten).ShouldBe(("FR", null, 0));
        EmissionsTracker.Summary(_folder["emission.csv"]).All.Energy.Joules.ShouldBe(result.Energy.Joules, 1e-9);
    }

    [Fact]
    public async Task Work_that_is_awaited_flows_with_the_tracker_and_leaves_no_window_behind()
    {
        var before = TrackingWindow.Current;

        var result = await EmissionsTracker.TrackAsync(Options, async () =>
        {
            await Task.Yield();
            TrackingWindow.Current.ShouldNotBeNull();
            await Task.Run(Spin);
        });

        result.Energy.Joules.ShouldBeGreaterThan(0);
        TrackingWindow.Current.ShouldBe(before);
    }

    [Fact]
    public void An_exception_of_the_work_passes_as_it_is_and_what_was_used_is_in_the_file()
    {
        var thrown = Should.Throw<InvalidOperationException>(() => EmissionsTracker.Track(Options, Fail));

        thrown.Message.ShouldBe("mine");
        thrown.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Fail));
        EmissionsTracker.Summary(_folder["emission.csv"]).All.Rows.ShouldBe(1);
    }

    [Fact]
    public async Task So_does_one_of_work_that_is_awaited_also_where_the_file_cannot_be_written()
    {
        Directory.CreateDirectory(_folder["emission.csv"]);

        (await Should.ThrowAsync<InvalidOperationException>(() => EmissionsTracker.TrackAsync(Options, async () =>
        {
            await Task.Yield();
            Fail();
        }))).Message.ShouldBe("mine");
    }

    [Fact]
    public void The_devices_of_this_machine_say_how_they_are_known()
    {
        var devices = EmissionsTracker.AvailableDevices();

        devices.ShouldContain(device => device.Kind == "CPU" && device.Detail.Length > 0 && device.Source.Length > 0);
        devices.ShouldContain(device => device.Kind == "RAM" && device.Name.EndsWith(" GB"));
        devices[0].ToString().ShouldStartWith("CPU ");
    }

    [Fact]
    public void A_summary_is_written_in_the_form_of_eco2ai()
    {
        EmissionsTracker.Track(Options, () => Spin());

        EmissionsTracker.Summary(_folder["emission.csv"], writeTo: _folder["summary.csv"]);

        var lines = File.ReadAllLines(_folder["summary.csv"]);
        lines[0].ShouldBe(",project_name,total duration(s),total power_consumption(kWh),total CO2_emissions(kg),total electricity cost");
        lines.Skip(1).Select(line => line.Split(',')[1]).ShouldBe(["track", "All the projects"]);
    }

    public void Dispose() => _folder.Dispose();

    private static void Fail() => throw new InvalidOperationException("mine");

    private static int Spin()
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.ElapsedMilliseconds < 20;)
        {
        }

        return 1;
    }
}
