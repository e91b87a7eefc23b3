using System.Globalization;
using Eco2Test.Sensors;
using Eco2Test.TestKit;
using Eco2Test.Units;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Eco2Test.Tool.Tests;

public sealed class SensorWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>A test that waits longer for what it drives fails instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly FakeWorld _world = new();

    [Fact]
    public async Task Where_output_is_redirected_each_interval_is_a_line()
    {
        _world.Sensors = new SensorSet
        {
            Packages = [new FakeSensor("package-0", EnergyDomain.Package).Giving(100, 110, 135.5)],
            Memory = [new FakeSensor("dram-0", EnergyDomain.Dram).Giving(7, 9, 11)],
        };

        var run = await WatchAsync(intervals: 2, "--for", "2s");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe(
            """
            1.0 s  package-0 (measured): 10 W; dram-0 (measured): 2 W
            2.0 s  package-0 (measured): 25.5 W; dram-0 (measured): 2 W

            """.ReplaceLineEndings(Environment.NewLine));
    }

    [Fact]
    public async Task It_ends_when_its_time_is_over_even_inside_an_interval()
    {
        var running = Task.Run(() => ToolRun.On(_world.Surroundings, "sensors", "--watch", "--interval", "1s", "--for", "1.5s"));
        await _world.Time.PassAsync(Second);
        await _world.Time.PassAsync(Second / 2);

        (await running.WaitAsync(Patience)).Output.Split('\n').Select(line => line.Split(' ')[0]).ShouldBe(["1.0", "1.5", ""]);
    }

    [Fact]
    public async Task A_timer_that_rings_late_delays_no_later_interval()
    {
        var running = Task.Run(() => ToolRun.On(_world.Surroundings, "sensors", "--watch", "--for", "5s"));
        await WaitsForAsync(Second);
        _world.Time.Advance(2.5 * Second);
        await _world.Time.PassAsync(0.5 * Second);
        await _world.Time.PassAsync(Second);
        await _world.Time.PassAsync(Second);

        (await running.WaitAsync(Patience)).Output.Split('\n').Select(line => line.Split(' ')[0]).ShouldBe(["2.5", "3.0", "4.0", "5.0", ""]);
    }

    [Fact]
    public async Task A_channel_that_faults_says_why_and_goes_on_when_it_can()
    {
        var gpu = new FakeSensor("GPU", EnergyDomain.Gpu) { Fault = "the GPU is lost" }.Giving(0, 50, null, 70, 100);
        _world.Sensors = new SensorSet { Packages = [new FakeSensor("package-0", EnergyDomain.Package).Giving(1, 2, 3, 4, 5)], Gpus = [gpu] };

        var lines = (await WatchAsync(intervals: 4, "--for", "4s")).Output.Split('\n');

        lines[0].ShouldContain("GPU (measured): 50 W");
        lines[1].ShouldContain("GPU (measured): the GPU is lost");
        lines[2].ShouldContain("GPU (measured): not known");
        lines[3].ShouldContain("GPU (measured): 30 W");
        lines.SkipLast(1).ShouldAllBe(line => line.Contains("package-0 (measured): 1 W"));
    }

    [Fact]
    public async Task A_counter_that_goes_backwards_gives_no_power()
    {
        _world.Sensors = new SensorSet { Packages = [new FakeSensor("package-0", EnergyDomain.Package).Giving(100, 5, 12)] };

        var lines = (await WatchAsync(intervals: 2, "--for", "2s")).Output.Split('\n');

        lines[0].ShouldContain("package-0 (measured): not known");
        lines[1].ShouldContain("package-0 (measured): 7 W");
    }

    [Fact]
    public async Task A_GPU_that_hangs_stops_none_of_the_others_and_is_not_asked_again()
    {
        var gpu = new FakeSensor("GPU", EnergyDomain.Gpu);
        gpu.Answers.Reset();
        _world.Sensors = new SensorSet { Packages = [new FakeSensor("package-0", EnergyDomain.Package).Giving(0, 10, 20)], Gpus = [gpu] };

        var running = Task.Run(() => ToolRun.On(_world.Surroundings, "sensors", "--watch", "--interval", "3s", "--for", "6s"));
        foreach (var passes in new[] { 2, 3, 3 })
        {
            // The first reading is waited for; after it, only the intervals are.
            await _world.Time.PassAsync(passes * Second);
        }

        var lines = (await running.WaitAsync(Patience)).Output.Split('\n');
        gpu.Readings.ShouldBe(1);
        gpu.Answers.Set();
        lines[0].ShouldStartWith("3.0 s  package-0 (measured): 2 W; GPU (measured): does not answer");
        lines[1].ShouldStartWith("6.0 s  package-0 (measured): 3.33 W; GPU (measured): does not answer");
    }

    [Fact]
    public async Task Without_a_counter_the_model_gives_the_power_of_this_process()
    {
        _world.ResidentBytes = 2L << 30;

        var running = Task.Run(() => ToolRun.On(_world.Surroundings, "sensors", "--watch", "--for", "1s"));
        await WaitsForAsync(Second);
        _world.ProcessCpuTime += 0.5 * Second;
        _world.Time.Advance(Second);

        // 1.5 CPUs at 1 W idle, and half a CPU at 2 W more; 2 GiB at 0.375 W.
        (await running.WaitAsync(Patience)).Output.TrimEnd().ShouldBe("1.0 s  CPU, for this process alone (modeled): 2.5 W; Memory, of this process alone (modeled): 0.75 W");
    }

    [Fact]
    public async Task Where_the_system_counts_all_processes_the_model_gives_the_power_of_the_machine()
    {
        _world.MachineCpuTime = TimeSpan.FromHours(9);
        _world.CpuContainsMemory = true;

        var running = Task.Run(() => ToolRun.On(_world.Surroundings, "sensors", "--watch", "--for", "1s"));
        await WaitsForAsync(Second);
        _world.MachineCpuTime += 1.5 * Second;
        _world.Time.Advance(Second);

        (await running.WaitAsync(Patience)).Output.TrimEnd().ShouldBe("1.0 s  CPU (modeled): 5 W");
    }

    [Fact]
    public async Task On_a_terminal_power_is_drawn_in_place()
    {
        _world.Sensors = new SensorSet
        {
            Packages = [new FakeSensor("package-0", EnergyDomain.Package).Giving(0, 10, 30, 40, 120)],
            Memory = [new FakeSensor("dram-0", EnergyDomain.Dram) { Fault = "permission was taken away" }.Giving(0, 2, null)],
            Gpus = [new FakeSensor("[bold]NVIDIA\u001b[2J H100[/]", EnergyDomain.Gpu).Giving(0, 700)],
        };

        Approved.Matches(await DrawAsync(intervals: 4, hasBlocks: true), "SensorWatch.picture");
    }

    [Fact]
    public async Task Letters_stand_in_where_a_terminal_has_no_blocks()
    {
        _world.Sensors = new SensorSet { Packages = [new FakeSensor("package-0", EnergyDomain.Package).Giving(0, 10, 30, 40, 120)] };

        var picture = await DrawAsync(intervals: 4, hasBlocks: false);

        picture.ShouldContain(" _._#");
        picture.ShouldAllBe(letter => char.IsAscii(letter));
    }

    [Fact]
    public async Task Cancelling_ends_it_as_if_nothing_were_wrong()
    {
        using var cancelled = new CancellationTokenSource();
        var output = new StringWriter();
        var watch = new SensorWatch(_world.Machine, _world.Time);

        var running = new WatchLoop(watch, _world.Time, Second, length: null).RunAsync(new Terminal(output, TextWriter.Null, 80), cancelled.Token);
        await _world.Time.PassAsync(Second);
        await WaitsForAsync(Second);
        await cancelled.CancelAsync();
        await running.WaitAsync(Patience);

        output.ToString().ShouldStartWith("1.0 s");
    }

    [Fact]
    public async Task It_ends_when_nobody_reads_any_more()
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, 80) { OpenEndless = () => new ClosedPipe() };

        var running = new WatchLoop(new SensorWatch(_world.Machine, _world.Time), _world.Time, Second, length: null).RunAsync(terminal, CancellationToken.None);
        await _world.Time.PassAsync(Second);

        await running.WaitAsync(Patience);
        running.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Cancelling_waits_for_no_driver()
    {
        using var cancelled = new CancellationTokenSource();
        var gpu = new FakeSensor("GPU", EnergyDomain.Gpu);
        gpu.Answers.Reset();
        _world.Sensors = new SensorSet { Gpus = [gpu] };
        var watch = new SensorWatch(_world.Machine, _world.Time);

        var running = new WatchLoop(watch, _world.Time, Second, length: null).RunAsync(new Terminal(TextWriter.Null, TextWriter.Null, 80), cancelled.Token);
        await cancelled.CancelAsync();

        await running.WaitAsync(Patience);
        gpu.Answers.Set();
        running.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Theory]
    [InlineData("", 3, "   ")]
    [InlineData("1", 3, "  _")]
    [InlineData("0 0 0", 3, "___")]
    [InlineData("100 100.1 100", 3, "___")]
    [InlineData("0 1 2 3 4 5 6 7", 8, "_.,-~=+#")]
    [InlineData("9 0 7", 2, "_#")]
    [InlineData("0 - 7", 4, " _ #")]
    [InlineData("0 7", 0, "")]
    [InlineData("0 7", -5, "")]
    public void A_sparkline_shows_the_last_values_that_fit(string watts, int columns, string picture) =>
        Sparkline.Write([.. watts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Watts)], columns, hasBlocks: false).ShouldBe(picture);

    [Fact]
    public void A_series_keeps_its_least_and_its_most_but_not_every_value()
    {
        var series = new PowerSeries();
        foreach (var watts in Enumerable.Range(0, 10_000))
        {
            series.Add(Power.FromWatts(watts));
        }

        series.Add(null);

        (series.Current, series.Lowest, series.Highest).ShouldBe((null, Power.FromWatts(0), Power.FromWatts(9_999)));
        series.Last.Count.ShouldBe(200);
    }

    private static Power? Watts(string text) => text == "-" ? null : Power.FromWatts(double.Parse(text, CultureInfo.InvariantCulture));

    private async Task<ToolRun> WatchAsync(int intervals, params string[] args)
    {
        var running = Task.Run(() => ToolRun.On(_world.Surroundings, ["sensors", "--watch", .. args]));
        for (var i = 0; i < intervals; i++)
        {
            await _world.Time.PassAsync(Second);
        }

        return await running.WaitAsync(Patience);
    }

    /// <summary>What is on the screen at the end.</summary>
    private async Task<string> DrawAsync(int intervals, bool hasBlocks)
    {
        var console = new TestConsole().Width(80);
        var running = new WatchLoop(new SensorWatch(_world.Machine, _world.Time), _world.Time, Second, intervals * Second)
            .RunAsync(new Terminal(TextWriter.Null, TextWriter.Null, 80) { Live = () => console, HasBlocks = hasBlocks }, CancellationToken.None);
        for (var i = 0; i < intervals; i++)
        {
            await _world.Time.PassAsync(Second);
        }

        await running.WaitAsync(Patience);
        return console.Output[console.Output.LastIndexOf("Power, every", StringComparison.Ordinal)..].Replace("\r", "");
    }

    private Task WaitsForAsync(TimeSpan time) => _world.Time.WaitAsync(time);

    private sealed class ClosedPipe : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("Broken pipe");
    }
}
