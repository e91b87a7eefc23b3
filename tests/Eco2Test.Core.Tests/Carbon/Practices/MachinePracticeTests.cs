using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Carbon.Practices;

public sealed class MachinePracticeTests
{
    private const string Own = "AMD EPYC 7763 64-Core Processor";

    [Fact]
    public void Without_a_speed_a_processor_is_compared_core_by_core_at_equal_time_with_bounds_that_tell_nothing_better()
    {
        var cpu = Cpu(Run(Own));
        var xeon = cpu.Others.Single(device => device.Name == "Xeon Gold 6148");

        cpu.Own!.DesignWatts.ShouldBe(280.0 / 64);
        xeon.DesignWatts.ShouldBe(150.0 / 20);
        xeon.BreakEvenSpeed.ShouldBe(7.5 / 4.375, 1e-12);
        xeon.Joules.ShouldBe(cpu.Joules * 7.5 / 4.375, 1e-9);
        xeon.Provenance.ShouldBe(Provenance.Assumed);
        xeon.Speed.ShouldBeNull();
        xeon.LowJoules.ShouldBe(cpu.Joules / 5, 1e-9);
        xeon.HighJoules.ShouldBe(xeon.Joules * 5, 1e-9);
        cpu.Others.ShouldAllBe(device => device.LowJoules < cpu.Joules && device.HighJoules > cpu.Joules);
    }

    [Fact]
    public void A_speed_makes_the_figure_real_and_its_bounds_narrow()
    {
        var cpu = Cpu(Run(Own), DevicePerformance.Parse("device,speed,source\nAMD EPYC 7763,400,our loop\nXeon Gold 6148,800,\"our loop, again\"\n"));
        var xeon = cpu.Others[0];

        xeon.Name.ShouldBe("Xeon Gold 6148");
        xeon.Speed.ShouldBe(2);
        xeon.SpeedSource.ShouldBe("our loop, again");
        xeon.Provenance.ShouldBe(Provenance.Modeled);
        xeon.Joules.ShouldBe(cpu.Joules * 7.5 / 4.375 / 2, 1e-9);
        xeon.LowJoules.ShouldBe(xeon.Joules * 0.8, 1e-9);
        xeon.HighJoules.ShouldBe(xeon.Joules * 1.25, 1e-9);
        cpu.Others.Count(device => device.Speed is not null).ShouldBe(1);
    }

    [Fact]
    public void At_its_break_even_speed_a_device_uses_the_same()
    {
        var cpu = Cpu(Run(Own), DevicePerformance.Parse($"device,speed,source\nAMD EPYC 7763,1,s\nXeon Gold 6148,{7.5 / 4.375:R},s\n"));

        cpu.Others[0].Factor.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Only_processors_of_the_same_kind_are_set_beside_each_other()
    {
        Cpu(Run(Own)).Others.ShouldAllBe(device => device.Name.Contains("EPYC") || device.Name.Contains("Xeon"));
        Cpu(Run("Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz")).Others.ShouldAllBe(device => !device.Name.Contains("EPYC") && !device.Name.Contains("Xeon"));
    }

    [Fact]
    public void Gpus_are_compared_board_by_board_and_tpus_are_none()
    {
        var gpu = Gpu(Run(Own, "NVIDIA H100 80GB HBM3"));

        gpu.Own!.DesignWatts.ShouldBe(700);
        gpu.Joules.ShouldBe(900);
        gpu.Others.Single(device => device.Name == "NVIDIA L4").Joules.ShouldBe(900 * 72.0 / 700, 1e-9);
        gpu.Others.Single(device => device.Name == "NVIDIA A40").Source.ShouldEndWith("not verified");
        gpu.Others.ShouldNotContain(device => device.Name.Contains("TPU"));
        gpu.Others.ShouldNotContain(device => device.Name == gpu.Own.Name);
    }

    [Theory]
    [InlineData("AMD EPYC", "'AMD EPYC'")]
    [InlineData("", "of the run's own device")]
    public void A_processor_that_is_not_known_has_no_figures_and_the_reason(string model, string says)
    {
        var cpu = Cpu(Run(model));

        cpu.Own.ShouldBeNull();
        cpu.Others.ShouldBeEmpty();
        cpu.Reason!.ShouldContain(says);
    }

    [Fact]
    public void Gpus_of_several_kinds_or_without_work_have_the_reason()
    {
        Gpu(Run(Own)).Reason.ShouldBe("The report does not name the device.");
        Gpu(Run(Own, "NVIDIA L4", "NVIDIA A40")).Reason!.ShouldContain("NVIDIA L4, NVIDIA A40");
        Gpu(SampleReports.Shop()).Reason.ShouldBe("No window used energy of a GPU.");
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("")]
    public void A_table_of_speeds_is_read_the_same_in_every_culture(string culture) => InCulture.Run(culture, () =>
        Cpu(Run(Own), DevicePerformance.Parse("device,speed,source\r\nAMD EPYC 7763,0.5,a\r\nXeon Gold 6148,1.25,b\r\n")).Others[0].Speed).ShouldBe(2.5);

    [Theory]
    [InlineData("", "its first line is ''")]
    [InlineData("name,speed\nA,1", "must be 'device,speed,source'")]
    [InlineData("device,speed,source\n", "it has no device")]
    [InlineData("device,speed,source\nAMD EPYC 7763,1", "line 2 must have the three fields")]
    [InlineData("device,speed,source\nAMD EPYC 7763,1, ", "line 2 must have the three fields")]
    [InlineData("device,speed,source\n\nAbacus,1,s", "line 3: there is no processor 'Abacus'")]
    [InlineData("device,speed,source\nAMD EPYC 7763,0,s", "line 2: the speed '0' must be a number above zero")]
    [InlineData("device,speed,source\nAMD EPYC 7763,fast,s", "the speed 'fast'")]
    [InlineData("device,speed,source\nAMD EPYC 7763,1e999,s", "the speed '1e999'")]
    [InlineData("device,speed,source\nAMD EPYC 7763,1,s\namd epyc 7763,2,s", "line 3: the device 'AMD EPYC 7763' has a line already")]
    public void What_is_wrong_with_a_table_of_speeds_is_said(string csv, string says) =>
        Should.Throw<FormatException>(() => DevicePerformance.Parse(csv)).Message.ShouldContain(says);

    [Fact]
    public void The_speed_of_the_runs_own_device_must_be_given() =>
        Should.Throw<FormatException>(() => Cpu(Run(Own), DevicePerformance.Parse("device,speed,source\nXeon Gold 6148,2,s")))
            .Message.ShouldContain("not how fast 'AMD EPYC 7763' is");

    private static ReportMachine Cpu(EmissionsReport report, DevicePerformance? performance = null) => Of(report, performance)[0];

    private static ReportMachine Gpu(EmissionsReport report) => Of(report, null)[1];

    private static IReadOnlyList<ReportMachine> Of(EmissionsReport report, DevicePerformance? performance) =>
        MachinePractice.Of(RunFigures.Of(report), report.Testbed, performance ?? DevicePerformance.None());

    private static EmissionsReport Run(string cpu, params string[] gpus)
    {
        var window = SampleReports.Test("A", 1_000);
        var report = SampleReports.Of(window with { Energy = window.Energy with { CpuJoules = 100, GpuJoules = 900 } });
        return report with { Testbed = report.Testbed with { CpuModel = cpu, Gpus = gpus } };
    }
}
