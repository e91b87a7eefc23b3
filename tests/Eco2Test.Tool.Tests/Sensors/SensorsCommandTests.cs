using System.Text.Json;
using System.Text.RegularExpressions;
using Eco2Test.Sensors;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Tool.Tests;

public sealed class SensorsCommandTests
{
    private const string Hostile = "\u001b[31mGPU\u0007\r\n\u202eevil\u0000 \u009b2J";

    private readonly FakeWorld _world = new();

    [Fact]
    public void I_see_all_that_a_machine_has_and_what_it_lacks()
    {
        _world.Sensors = Full();
        _world.Problems = ["ECO2010: the environment variable ECO2TEST_CPU_POWER: 'much' has no unit"];

        var run = ToolRun.On(_world.Surroundings, "sensors");

        run.ExitCode.ShouldBe(0, run.Error);
        Approved.Matches(run.Output, "Sensors.of-a-full-machine");
    }

    [Fact]
    public void I_see_which_models_stand_in_for_sensors()
    {
        var text = ToolRun.On(_world.Surroundings, "sensors").Output;

        Approved.Matches(text, "Sensors.of-a-bare-machine");
    }

    [Fact]
    public void The_machine_of_this_very_process_can_be_shown()
    {
        var run = ToolRun.Of("sensors");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith("Processor: ");
        run.Output.ShouldContain("\nModeled\n  CPU\n");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Every_culture_gives_the_same(string format)
    {
        _world.Sensors = Full();

        InCulture.Run("de-DE", () => ToolRun.On(_world.Surroundings, "sensors", "--format", format)).Output
            .ShouldBe(ToolRun.On(_world.Surroundings, "sensors", "--format", format).Output);
    }

    [Fact]
    public void No_line_is_wider_than_the_terminal_and_no_name_is_broken()
    {
        const string Long = "NVIDIA RTX 6000 Ada Generation Workstation Edition with a very long name that goes on and on to the end";
        _world.Sensors = new SensorSet { Gpus = [new FakeSensor(Long, EnergyDomain.Gpu), new FakeSensor("NVIDIA GeForce RTX 4090 Laptop GPU", EnergyDomain.Gpu)] };

        var lines = ToolRun.On(_world.Surroundings, "sensors").Output.Split('\n');

        lines.Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
        lines.ShouldContain("  NVIDIA GeForce RTX 4090 Laptop GPU");
        lines.ShouldContain(line => line.StartsWith("  NVIDIA RTX 6000 Ada") && line.Contains("...") && line.EndsWith("to the end"));
    }

    [Fact]
    public void Devices_of_one_name_are_numbered()
    {
        _world.Sensors = new SensorSet { Gpus = [new FakeSensor("H100", EnergyDomain.Gpu), new FakeSensor("A2", EnergyDomain.Gpu), new FakeSensor("H100", EnergyDomain.Gpu)] };

        var names = ToolRun.On(_world.Surroundings, "sensors").Output.Split('\n').Where(line => line.Contains("H100") || line.Contains("A2"));

        names.ShouldBe(["  H100, 1 of 2", "  A2", "  H100, 2 of 2"]);
        new SensorWatch(_world.Machine, _world.Time).Channels.Take(3).Select(channel => channel.Name).ShouldBe(["H100, 1 of 2", "A2", "H100, 2 of 2"]);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void What_drivers_write_cannot_drive_the_terminal(string format)
    {
        _world.CpuName = Hostile;
        _world.Problems = [Hostile];
        _world.Sensors = new SensorSet
        {
            Packages = [new FakeSensor(Hostile, EnergyDomain.Package, Hostile) { Fault = Hostile, Remark = Hostile }.Giving([null])],
            Gpus = [new FakeSensor(Hostile, EnergyDomain.Gpu) { Details = new GpuDetails { DriverVersion = Hostile }, Reason = Hostile }],
            NotAdded = [new EnergyChannel(Hostile, Hostile, EnergyDomain.Core, Provenance.Measured, TimeSpan.Zero) { ContainedIn = Hostile }],
            Missing = [new MissingSensor(Hostile, Hostile, Hostile)],
        };

        var output = ToolRun.On(_world.Surroundings, "sensors", "--format", format).Output;

        output.Where(letter => letter != '\n' && (char.IsControl(letter) || letter == '\u202e')).ShouldBeEmpty();
        output.ShouldContain("evil");
    }

    [Fact]
    public void JSON_says_the_same_with_units_in_its_names()
    {
        _world.Sensors = Full();

        using var json = JsonDocument.Parse(ToolRun.On(_world.Surroundings, "sensors", "--format", "json").Output);

        var root = json.RootElement;
        root.GetProperty("processor").GetProperty("availableCpus").GetDouble().ShouldBe(1.5);
        root.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("domain").GetString()).ShouldBe(["package", "dram", "gpu", "gpu"]);
        var gpu = root.GetProperty("channels")[2];
        gpu.GetProperty("provenance").GetString().ShouldBe("measured");
        gpu.GetProperty("state").GetString().ShouldBe("works");
        gpu.GetProperty("updatePeriodMilliseconds").GetDouble().ShouldBe(100);
        gpu.GetProperty("uncertaintyPercent").GetDouble().ShouldBe(5);
        gpu.GetProperty("gpu").GetProperty("powerLimitWatts").GetDouble().ShouldBe(700);
        gpu.GetProperty("gpu").GetProperty("sharing").GetProperty("processCount").GetInt32().ShouldBe(2);
        var lost = root.GetProperty("channels")[3];
        lost.GetProperty("state").GetString().ShouldBe("faulted");
        lost.GetProperty("fault").GetString().ShouldBe("the GPU is lost (it fell off the bus)");
        lost.GetProperty("uncertaintyPercent").ValueKind.ShouldBe(JsonValueKind.Null);
        root.GetProperty("notAdded")[0].GetProperty("containedIn").GetString().ShouldBe("package-0");
        root.GetProperty("cpuModel").GetProperty("isInUse").GetBoolean().ShouldBeFalse();
        root.GetProperty("cpuModel").GetProperty("idleWattsPerCpu").GetProperty("high").GetDouble().ShouldBe(4);
        root.GetProperty("missing")[0].GetProperty("isDenied").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void JSON_names_neither_the_machine_nor_its_user()
    {
        var json = ToolRun.Of("sensors", "--format", "json").Output;

        json.ShouldContain("\"processor\"");
        json.ShouldNotMatch($@"(?i)\b{Regex.Escape(Environment.MachineName)}\b");
        json.ShouldNotContain(Environment.CurrentDirectory);
        json.ShouldNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void A_figure_that_is_none_is_not_shown(double value)
    {
        _world.Sensors = new SensorSet
        {
            Gpus =
            [
                new FakeSensor("gpu", EnergyDomain.Gpu)
                {
                    Channel = new("gpu", "fake", EnergyDomain.Gpu, Provenance.Measured, TimeSpan.FromTicks(-1)) { Uncertainty = value },
                    Details = new GpuDetails { TemperatureCelsius = double.IsFinite(value) ? null : value },
                },
            ],
        };

        using var json = JsonDocument.Parse(ToolRun.On(_world.Surroundings, "sensors", "--format", "json").Output);
        var channel = json.RootElement.GetProperty("channels")[0];
        channel.GetProperty("uncertaintyPercent").ValueKind.ShouldBe(JsonValueKind.Null);
        channel.GetProperty("updatePeriodMilliseconds").ValueKind.ShouldBe(JsonValueKind.Null);
        channel.GetProperty("gpu").GetProperty("temperatureCelsius").ValueKind.ShouldBe(JsonValueKind.Null);
        ToolRun.On(_world.Surroundings, "sensors").Output.ShouldContain("off by       not known: the device does not say");
    }

    [Fact]
    public async Task A_GPU_that_does_not_answer_hides_none_of_the_others()
    {
        var (hangs, works) = (new FakeSensor("GPU that hangs", EnergyDomain.Gpu), new FakeSensor("package-0", EnergyDomain.Package));
        hangs.Answers.Reset();
        _world.Sensors = new SensorSet { Packages = [works], Gpus = [hangs] };

        var running = Task.Run(() => ToolRun.On(_world.Surroundings, "sensors"));
        await _world.Time.PassAsync(TimeSpan.FromSeconds(5));
        var run = await running.WaitAsync(TimeSpan.FromMinutes(1));
        hangs.Answers.Set();

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("state        works");
        run.Output.ShouldContain("state        does not answer: the driver was asked for a reading and has not");
        hangs.Readings.ShouldBe(1);
    }

    [Fact]
    public async Task A_driver_that_hangs_on_whose_a_GPU_is_does_not_hide_that_it_can_be_read()
    {
        var gpu = new FakeSensor("gpu", EnergyDomain.Gpu);
        gpu.Shares.Reset();
        _world.Sensors = new SensorSet { Gpus = [gpu] };

        var running = Task.Run(() => ToolRun.On(_world.Surroundings, "sensors", "--format", "json"));
        await gpu.IsAskedForProcesses.Task;
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, _world.Time.PassAsync(TimeSpan.FromSeconds(5)));
        }

        gpu.Shares.Set();
        (await running).Output.ShouldContain("\"state\": \"works\"");
        (await running).Output.ShouldContain("the driver does not answer within 5 s");
    }

    [Fact]
    public async Task A_search_that_never_ends_is_said()
    {
        _world.IsFound.Reset();

        var running = Task.Run(() => ToolRun.On(_world.Surroundings, "sensors"));
        await _world.Time.PassAsync(TimeSpan.FromSeconds(30));
        var run = await running.WaitAsync(TimeSpan.FromMinutes(1));
        _world.IsFound.Set();

        run.ShouldBeWrongInput("ECO4007", "within 30 s", "nvidia-smi");
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sensors --for 1s", "'--for' says how to watch: it needs --watch")]
    [InlineData("sensors --interval 1s", "'--interval' says how to watch: it needs --watch")]
    [InlineData("sensors --watch --format json", "has no JSON")]
    [InlineData("sensors --watch --interval 1", "'1' is not a time; write a number with its unit, such as 500ms")]
    [InlineData("sensors --watch --interval 1,5s", "'1,5s' is not a time")]
    [InlineData("sensors --watch --interval -1s", "'-1s'")]
    [InlineData("sensors --watch --interval 1day", "'1day' is not a time")]
    [InlineData("sensors --watch --interval 99ms", "from 100 ms to 1 h")]
    [InlineData("sensors --watch --for 99999999999999999999h", "is not a time")]
    [InlineData("sensors --watch --for 0s", "from 100 ms to 720 h")]
    [InlineData("sensors --format xml", "xml")]
    public void Wrong_arguments_are_said(string args, string says) =>
        ToolRun.On(_world.Surroundings, args.Split(' ')).ShouldBeWrongInput("ECO4000", says, "eco2test sensors --help");

    /// <summary>A machine with something of every kind.</summary>
    private static SensorSet Full() => new()
    {
        Packages =
        [
            new FakeSensor("package-0", EnergyDomain.Package)
            {
                Channel = new("package-0", "powercap", EnergyDomain.Package, Provenance.Measured, TimeSpan.FromMilliseconds(1)),
                Remark = "12 s were lost when the machine slept",
            },
        ],
        Memory = [new FakeSensor("dram-0", EnergyDomain.Dram) { Channel = new("dram-0", "powercap", EnergyDomain.Dram, Provenance.Measured, TimeSpan.FromMilliseconds(1)) }],
        Gpus =
        [
            new FakeSensor("NVIDIA H100 80GB HBM3", EnergyDomain.Gpu)
            {
                Channel = new("NVIDIA H100 80GB HBM3", "nvml-energy-counter", EnergyDomain.Gpu, Provenance.Measured, TimeSpan.FromMilliseconds(100)) { Uncertainty = 0.05 },
                Details = new GpuDetails
                {
                    Power = Power.FromWatts(312.4), PowerLimit = Power.FromWatts(700), TemperatureCelsius = 54, DriverVersion = "550.54.15",
                    MemoryBytes = 80L << 30, MemoryUsedBytes = 12L << 30, IsPartitioned = true,
                },
                Processes = [new GpuProcess(4711, 0.5), new GpuProcess(4712, null)],
            },
            new FakeSensor("Tesla K80", EnergyDomain.Gpu)
            {
                Channel = new("Tesla K80", "nvml-power", EnergyDomain.Gpu, Provenance.Measured, TimeSpan.FromSeconds(1)) { IsSampledPower = true },
                Fault = "the GPU is lost (it fell off the bus)",
                Reason = "no permission",
            }.Giving([null]),
        ],
        NotAdded = [new EnergyChannel("package-0 core", "powercap", EnergyDomain.Core, Provenance.Measured, TimeSpan.FromMilliseconds(1)) { ContainedIn = "package-0" }],
        Missing =
        [
            new MissingSensor("Platform counter", "The counter of the board is there, but this user may not read it.", "Run as root, or let an administrator give the group read access.") { IsDenied = true },
            new MissingSensor("AMD GPU", "No AMD GPU was found.", null),
        ],
    };
}
