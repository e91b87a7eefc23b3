using System.Globalization;
using Eco2Test.Core.Tests;
using Eco2Test.Core.Tests.Metering;
using Eco2Test.Cost;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Sensors;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Tests.Tracking;

/// <summary>Trackers on a machine that stands still until a test moves it: a CPU second costs 2 J.</summary>
public sealed class EmissionsTrackerTests : IDisposable
{
    private readonly FakeRun _run = new(new RunSettings { Region = "FR" });
    private readonly TempFolder _folder = new();

    private string FilePath => _folder["emission.csv"];

    [Fact]
    public void What_was_used_between_start_and_stop_is_the_trackers_and_the_report_is_conserved()
    {
        Work(1);
        var tracker = Tracker().Start();
        Work(3);

        var result = tracker.Stop();

        result.Energy.Joules.ShouldBe(6, 1e-9);
        result.Emissions.Grams.ShouldBe(6 / 3.6e6 * 44.18, 1e-12);
        result.Duration.ShouldBe(TimeSpan.FromSeconds(3));
        (result.Measurement.EnergyLow.Joules, result.Measurement.EnergyHigh.Joules).ShouldBe((3, 9));
        result.Measurement.Provenance.ShouldBe(Provenance.Modeled);
        result.Intensity.Source.ShouldBe("EMBER");
        (result.Id, result.Processes, result.FileProblem).ShouldBe((tracker.Id, TrackedProcesses.Current, null));
        Work(2);
        _run.Run.Sample(journal: true);
        var report = _run.Report();
        report.Windows.Single().Id.ShouldBe("sentiment");
        report.Windows.Single().Energy.Joules.ShouldBe(result.Energy.Joules, 1e-12);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void Stopping_again_gives_the_same_and_consumption_stays_readable()
    {
        var tracker = Tracker().Start();
        Work(1);
        tracker.Consumption.Energy.Joules.ShouldBe(2, 0.03);
        var result = tracker.Stop();
        Work(5);

        tracker.Stop().ShouldBe(result);
        tracker.Consumption.ShouldBe(result.Measurement);
        tracker.Dispose();
        Rows().Count.ShouldBe(1);
    }

    [Fact]
    public void A_tracker_that_was_never_started_says_so_and_one_that_was_is_not_started_again()
    {
        Should.Throw<InvalidOperationException>(() => Tracker().Stop()).Message.ShouldContain("call Start");
        Should.Throw<InvalidOperationException>(() => Tracker().Consumption);
        Should.Throw<InvalidOperationException>(() => Tracker().NewEpoch(("loss", 1)));
        Tracker().Dispose();
        using var tracker = Tracker().Start();
        Should.Throw<InvalidOperationException>(tracker.Start);
    }

    [Fact]
    public void Region_pue_and_emission_level_price_the_trackers_window()
    {
        var tracker = Tracker(options => options with { Region = "DE", Pue = 1.5, EmissionLevel = CarbonIntensity.FromGramsPerKilowattHour(240.56) }).Start();
        tracker.EmissionLevel.GramsPerKilowattHour.ShouldBe(240.56);
        Work(1);

        var result = tracker.Stop();

        result.Emissions.Grams.ShouldBe(2 / 3.6e6 * 1.5 * 240.56, 1e-12);
        (result.Intensity.Region, result.Intensity.Pue, result.Intensity.Source).ShouldBe(("DE", 1.5, "set by the user"));
        var report = _run.Report();
        report.Windows.Single().EmissionsGrams.ShouldBe(result.Emissions.Grams, 1e-15);
        FakeRun.ShouldBeConserved(report);
        var row = Rows().Single();
        (row[6], row[11]).ShouldBe((PythonNumber.Write(2 / 3.6e6 * 1.5), "DE (set to 240.56 g/kWh, PUE 1.5)"), "the file's energy contains the PUE");
    }

    [Fact]
    public void A_tracker_inside_another_is_part_of_it_and_keeps_its_own_price()
    {
        using var outer = Tracker(options => options with { ProjectName = "outer" }).Start();
        Work(1);
        var inner = Tracker(options => options with { ProjectName = "inner", EmissionLevel = CarbonIntensity.FromGramsPerKilowattHour(1000) }).Start();
        Work(2);
        var inside = inner.Stop();
        Work(1);
        var all = outer.Stop();

        inside.Energy.Joules.ShouldBe(4, 1e-9);
        inside.Emissions.Grams.ShouldBe(4 / 3600.0, 1e-12);
        all.Energy.Joules.ShouldBe(8, 1e-9);
        FakeRun.ShouldBeConserved(_run.Report());
    }

    [Fact]
    public void Epochs_are_windows_inside_the_tracker_with_their_parameters_and_rows()
    {
        var tracker = Tracker();
        tracker.StartTraining(startEpoch: 3);
        Work(1);
        tracker.NewEpoch(("loss", 0.5), ("optimizer", "adam"));
        Work(2);
        tracker.NewEpoch(new Dictionary<string, object> { ["loss"] = 1 });
        Work(4);
        tracker.StopTraining();
        Work(1);

        var result = tracker.Stop();

        result.Epochs.Select(epoch => (epoch.Number, Math.Round(epoch.Measurement.Energy.Joules, 6))).ShouldBe([(3, 2.0), (4, 4.0)]);
        result.Epochs[0].Parameters.ShouldBe(new Dictionary<string, object> { ["loss"] = 0.5, ["optimizer"] = "adam" });
        result.Energy.Joules.ShouldBe(16, 1e-9);
        var rows = Rows();
        rows.Select(row => row[3]).ShouldBe(["epoch: 3, loss: 0.5, optimizer: adam, ", "epoch: 4, loss: 1, ", "N/A"]);
        Sum(rows, 5).ShouldBe(8, 1e-9);
        Sum(rows, 6).ShouldBe(16 / 3.6e6, 1e-15);
        var report = _run.Report();
        report.Windows.Select(window => window.Id).ShouldBe(["sentiment: epoch 3", "sentiment: epoch 4", "sentiment: after the last epoch", "sentiment"]);
        report.Windows[0].Metrics.ShouldBe(new Dictionary<string, double> { ["loss"] = 0.5 });
        report.Windows.Take(3).ShouldAllBe(window => window.Parent == report.Windows[3].Seq);
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void Rows_of_periods_are_differences_that_add_up_to_the_whole()
    {
        var tracker = Tracker(options => options with { MeasurePeriod = TimeSpan.FromHours(1), ElectricityPrice = "0.25 EUR/kWh" }).Start();
        for (var i = 0; i < 5; i++)
        {
            Work(1800);
            _run.Machine.Idle(1800);
            tracker.Tick();
            tracker.Tick();
        }

        Work(60);
        var result = tracker.Stop();

        var rows = Rows();
        rows.Count.ShouldBe(6, "a row for each period, however often it was looked at, and the last");
        rows.Take(5).ShouldAllBe(row => row[6] == PythonNumber.Write(3600 / 3.6e6) && row[5] == "3600.0");
        Sum(rows, 5).ShouldBe(result.Duration.TotalSeconds, 1e-6);
        Sum(rows, 6).ShouldBe(result.Energy.KilowattHours, 1e-12);
        Sum(rows, 7).ShouldBe(result.Emissions.Grams / 1000, 1e-12);
        Sum(rows, 12).ShouldBe(result.Cost!.Amount, 1e-12);
        rows.Select(row => row[0]).Distinct().ShouldBe([tracker.Id]);
        var summary = EmissionsTracker.Summary(FilePath);
        summary.All.Energy.Joules.ShouldBe(result.Energy.Joules, 1e-6);
        summary.Projects.Single().Name.ShouldBe("sentiment");
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    public void A_clock_that_is_set_neither_delays_a_row_nor_adds_one(int days)
    {
        var tracker = Tracker(options => options with { MeasurePeriod = TimeSpan.FromHours(1) }).Start();
        _run.Machine.ClockJump = TimeSpan.FromDays(days);
        tracker.Tick();
        File.Exists(FilePath).ShouldBeFalse();

        Work(3600);
        tracker.Tick();
        tracker.Tick();

        Rows().Count.ShouldBe(1);
        tracker.Stop().Duration.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void What_closing_would_give_back_is_in_no_row_of_a_period()
    {
        // A host that waits uses a little of a CPU, which is nobody's work.
        var tracker = Tracker(options => options with { MeasurePeriod = TimeSpan.FromSeconds(10) }).Start();
        for (var i = 0; i < 6; i++)
        {
            _run.Machine.WorkOutsideOfFlow(0.05);
            _run.Machine.Idle(10);
            tracker.Tick();
        }

        tracker.Stop().Energy.Joules.ShouldBe(0, 1e-12);
        Rows().ShouldAllBe(row => Math.Abs(double.Parse(row[6], CultureInfo.InvariantCulture)) < 1e-15);
    }

    [Fact]
    public void Energy_costs_what_it_costs_at_the_time_at_which_it_is_used()
    {
        // The machine's hour is one o'clock at night, UTC.
        var tracker = Tracker(options => options with { Pue = 2, ElectricityPrice = "00:00-02:00 0.10 EUR/kWh | 02:00-24:00 0.30 EUR/kWh @ UTC" }).Start();
        Work(3600);
        tracker.Cost!.Amount.ShouldBe(0.002 * 2 * 0.10, 1e-9);
        tracker.Tick();
        Work(3600);

        var result = tracker.Stop();

        var cost = result.Cost.ShouldNotBeNull();
        cost.Amount.ShouldBe(0.002 * 2 * (0.10 + 0.30), 1e-9);
        (cost.LowAmount, cost.HighAmount).ShouldBe((cost.Amount * 0.5, cost.Amount * 1.5));
        (cost.Tariff.Currency, cost.Tariff.Zone).ShouldBe(("EUR", "UTC"));
    }

    [Fact]
    public void A_price_of_the_run_is_the_trackers_too()
    {
        ElectricityTariff.Read("0.20 USD/kWh", out var tariff).ShouldBeNull();
        using var run = new FakeRun(new RunSettings { Region = "FR", ElectricityPrice = tariff });
        var tracker = new EmissionsTracker(new() { FileName = null }, () => run.Run).Start();
        run.Work(3600, TrackingWindow.Current);

        var result = tracker.Stop();

        result.Cost.ShouldNotBeNull().Amount.ShouldBe(0.002 * 0.20, 1e-12);
        run.Report().Windows.Single().CostAmount!.Value.ShouldBe(0.002 * 0.20, 1e-12);
        result.FilePath.ShouldBeNull();
    }

    [Fact]
    public void A_file_with_other_columns_is_left_as_it_is_and_said_and_the_program_goes_on()
    {
        File.WriteAllText(FilePath, "a,b\n1,2\n");
        var tracker = Tracker().Start();
        Work(1);

        var result = tracker.Stop();

        result.Energy.Joules.ShouldBe(2, 1e-9);
        result.RowsNotWritten.ShouldBe(1);
        result.FileProblem.ShouldNotBeNull().ShouldContain("has other columns, and is left as it is: 'a,b'");
        File.ReadAllText(FilePath).ShouldBe("a,b\n1,2\n");
        _run.Run.Sample(journal: true);
        var notice = _run.Report().Notices.Single(notice => notice.Code == "ECO2033").Message;
        notice.ShouldContain("'emission.csv': it has other columns");
        notice.ShouldNotContain(_folder.Path);
    }

    [Fact]
    public void Rows_that_could_not_be_written_are_kept_for_the_next_try()
    {
        Directory.CreateDirectory(FilePath);
        var tracker = Tracker();
        tracker.StartTraining();
        Work(1);
        tracker.NewEpoch(("loss", 1));
        tracker.FileProblem.ShouldNotBeNull();
        tracker.Stop().RowsNotWritten.ShouldBe(2);
        Directory.Delete(FilePath);

        var result = tracker.Stop();

        (result.RowsNotWritten, result.FileProblem).ShouldBe((0, null));
        Rows().Count.ShouldBe(2);
    }

    [Fact]
    public void All_processes_of_a_machine_without_counters_are_their_busy_seconds_times_the_models_power()
    {
        _run.Machine.MachineCpuTime = TimeSpan.FromSeconds(100);
        _run.Run.Sample(journal: true);
        var tracker = Tracker(options => options with { Processes = TrackedProcesses.All }).Start();
        Work(3);
        _run.Machine.MachineCpuTime += TimeSpan.FromSeconds(3 + 4);

        var result = tracker.Stop();

        result.Processes.ShouldBe(TrackedProcesses.All);
        result.Energy.Joules.ShouldBe((3 + 4) * 2, 1e-9, "7 busy seconds of 2 W");
        result.Measurement.CpuTime.TotalSeconds.ShouldBe(7, 1e-9);
        (result.Measurement.EnergyLow < result.Energy && result.Energy < result.Measurement.EnergyHigh).ShouldBeTrue();
        var report = _run.Report();
        report.Windows.Single().Energy.Joules.ShouldBe(6, 1e-9, "in the report the window is what this process used");
        FakeRun.ShouldBeConserved(report);
    }

    [Fact]
    public void All_processes_of_a_machine_with_counters_are_what_they_counted_above_idle()
    {
        var package = new FakeCounter();
        using var run = new FakeRun(new FakeMachine { MachineCpuTime = TimeSpan.Zero }, new SensorSet { Packages = [package] }, new RunSettings { Region = "FR" });
        Step(seconds: 10, joules: 100, own: 0, others: 0);
        var tracker = new EmissionsTracker(new() { FileName = null, Processes = TrackedProcesses.All }, () => run.Run).Start();
        Step(seconds: 10, joules: 100 + 60, own: 4, others: 8);

        var result = tracker.Stop();

        result.Energy.Joules.ShouldBe(60, 1e-6, "above the 10 W of a machine that does nothing, whoever used it");
        result.Measurement.Provenance.ShouldBe(Provenance.Modeled, "memory is");
        run.Report().Windows.Single().Energy.Joules.ShouldBeLessThan(60);
        FakeRun.ShouldBeConserved(run.Report());

        void Step(double seconds, double joules, double own, double others)
        {
            for (var i = 0; i < 100; i++)
            {
                package.Count(joules / 100);
                run.Work(own / 100, TrackingWindow.Current);
                run.Machine.Idle((seconds - own) / 100);
                run.Machine.MachineCpuTime += TimeSpan.FromSeconds((own + others) / 100);
                run.Run.Sample(journal: false);
            }
        }
    }

    [Fact]
    public void Where_the_system_does_not_tell_of_others_that_is_said_and_never_taken_for_all()
    {
        var tracker = Tracker(options => options with { Processes = TrackedProcesses.All }).Start();
        Work(1);

        tracker.Stop().Processes.ShouldBe(TrackedProcesses.Current);
        _run.Report().Notices.ShouldContain(notice => notice.Code == "ECO2034" && notice.Message.Contains("this system does not tell"));
    }

    [Theory]
    [InlineData("ProjectName")]
    [InlineData("Region")]
    [InlineData("Pue")]
    [InlineData("EmissionLevel")]
    [InlineData("MeasurePeriod")]
    [InlineData("ElectricityPrice")]
    public void An_option_that_is_none_is_said_before_any_work_is_done(string option)
    {
        var options = new EmissionsTrackerOptions();
        options = option switch
        {
            "ProjectName" => options with { ProjectName = " " },
            "Region" => options with { Region = "Frnace" },
            "Pue" => options with { Pue = 0.5 },
            "EmissionLevel" => options with { EmissionLevel = CarbonIntensity.FromGramsPerKilowattHour(-1) },
            "MeasurePeriod" => options with { MeasurePeriod = TimeSpan.Zero },
            _ => options with { ElectricityPrice = "25 cents" },
        };
        var hasRun = false;

        Should.Throw<ArgumentException>(() => EmissionsTracker.Track(options, () => hasRun = true)).Message.ShouldStartWith(option + ": ");
        hasRun.ShouldBeFalse();
    }

    [Fact]
    public void Rows_are_the_same_in_every_culture()
    {
        InCulture.Run("de-DE", () =>
        {
            var tracker = Tracker(options => options with { ElectricityPrice = "0.5 EUR/kWh" });
            tracker.StartTraining();
            Work(1.5);
            tracker.NewEpoch(("loss", 0.25));
            return tracker.Stop();
        });

        var row = Rows()[0];
        (row[3], row[5], row[6], row[12]).ShouldBe(("epoch: 1, loss: 0.25, ", "1.5", PythonNumber.Write(3 / 3.6e6), PythonNumber.Write(3 / 3.6e6 * 0.5)));
        row[4].ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$");
        row[8].ShouldBe("Fake CPU/1 device(s), modeled: fake");
        row[9].ShouldBe(" 0 device(s)");
    }

    public void Dispose()
    {
        Ambient.Flow = null;
        _run.Dispose();
        _folder.Dispose();
    }

    private EmissionsTracker Tracker(Func<EmissionsTrackerOptions, EmissionsTrackerOptions>? more = null)
    {
        var options = new EmissionsTrackerOptions { ProjectName = "sentiment", FileName = FilePath };
        return new EmissionsTracker(more is null ? options : more(options), () => _run.Run);
    }

    /// <summary>Work that flows with the innermost window.</summary>
    private void Work(double seconds) => _run.Work(seconds, TrackingWindow.Current);

    private List<IReadOnlyList<string>> Rows() => [.. CsvText.Records(File.ReadAllText(FilePath)).Skip(1).Select(record => record.Fields)];

    private static double Sum(IEnumerable<IReadOnlyList<string>> rows, int column) => rows.Sum(row => double.Parse(row[column], CultureInfo.InvariantCulture));
}
