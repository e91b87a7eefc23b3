using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class InventoryCommandTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text", "")]
    [InlineData("text", "de-DE")]
    [InlineData("md", "")]
    [InlineData("md", "de-DE")]
    [InlineData("csv", "")]
    [InlineData("csv", "de-DE")]
    public void A_year_is_written_the_same_in_every_culture(string format, string culture)
    {
        AddYear();
        var terms = AddTerms();

        var run = InCulture.Run(culture, () => ToolRun.Of("inventory", _folder.At("reports"), "--year", "2026", "--contracts", terms, "--confirm", terms, "--format", format));

        run.ExitCode.ShouldBe(0, run.Error);
        Approved.Matches(run.Output.ReplaceLineEndings("\n"), $"Inventory.{format}");
    }

    [Fact]
    public void What_reports_say_is_added_up_and_nothing_else()
    {
        AddYear();

        var inventory = Inventory();

        inventory.Runs.ShouldBe(5);
        inventory.Rows.Select(row => (row.Place, row.Ownership, row.Runs)).ShouldBe(
            [("FR", "hosted", 1), ("FR", "owned", 2), ("US-VA", "self-hosted", 1), ("WORLD (assumed)", "unknown", 1)]);
        var owned = inventory.Rows[1].Figures;
        owned.DeviceKilowattHours.ShouldBe(3, 1e-9);
        owned.BuildingKilowattHours.ShouldBe(3, 1e-9);
        owned.LocationGrams.ShouldBe(3 * 44.18, 1e-9);
        (owned.LowDeviceKilowattHours, owned.HighDeviceKilowattHours).ShouldBe((1.8, 4.5));
        owned.EmbodiedGrams.ShouldBe(8);
        (owned.EmbodiedRuns, inventory.Rows[0].Figures.EmbodiedGrams).ShouldBe((1, null));
        inventory.Total.LocationGrams.ShouldBe(inventory.Rows.Sum(row => row.Figures.LocationGrams), 1e-9);
    }

    [Fact]
    public void A_direct_factor_has_no_upstream_and_a_lifecycle_is_divided_only_by_a_mix()
    {
        AddYear();

        var bare = Inventory();
        bare.Rows[2].ShouldSatisfyAllConditions(
            direct => direct.Figures.DirectGrams!.Value.ShouldBe(450, 1e-9),
            direct => direct.Figures.UpstreamGrams.ShouldBeNull(),
            direct => direct.Figures.UndividedGrams.ShouldBeNull());
        bare.Rows[1].Figures.ShouldSatisfyAllConditions(
            lifecycle => lifecycle.DirectGrams.ShouldBeNull(),
            lifecycle => lifecycle.UpstreamGrams.ShouldBeNull(),
            lifecycle => lifecycle.UndividedGrams.ShouldBe(lifecycle.LocationGrams));
        bare.Notices.Select(notice => notice.About).ShouldBe(["assumed", "basis", "upstream-missing", "undivided", "residual-mix", "scope-missing", "embodied-missing", "embodied-method"]);

        // Half coal, half wind: 380 of 415.5 g/kWh come from burning.
        var mixed = Inventory("--contracts", AddText("""{ "schema": "eco2test-inventory/v1", "mixes": [{ "place": "France", "source": "made up", "shares": { "coal": 0.5, "wind": 0.5 } }] }"""));
        var divided = mixed.Rows[1].Figures;
        divided.DirectGrams!.Value.ShouldBe(3 * 44.18 * 380 / 415.5, 1e-9);
        (divided.DirectGrams.Value + divided.UpstreamGrams!.Value).ShouldBe(divided.LocationGrams, 1e-9);
        divided.MarketGrams.ShouldBe(divided.DirectGrams.Value, 1e-9, "market-based figures are of generation");
        divided.UndividedGrams.ShouldBeNull();
        mixed.Rows[2].ShouldBe(bare.Rows[2] with { Factors = mixed.Rows[2].Factors }, "a mix of another place changes nothing");
    }

    [Fact]
    public void A_contract_is_for_its_place_its_time_and_the_machines_that_one_buys_electricity_for()
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run("a", "2026-01-31T23:59:59Z", "owned"));
        _folder.Add("b.eco2test.json", InventoryReports.Run("b", "2026-02-01T00:00:00Z", "owned", InventoryReports.France with { Pue = 1.5, PueSource = "set" }));
        _folder.Add("c.eco2test.json", InventoryReports.Run("c", "2026-02-28T23:59:59Z", "hosted"));

        var inventory = Inventory("--contracts", AddText(
            """{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "FR", "gramsPerKilowattHour": 10, "instrument": "supplier's mix", "from": "2026-02-01", "to": "2026-02-28" }] }"""));

        var (hosted, owned) = (inventory.Rows[0], inventory.Rows[1]);
        (owned.MarketMethod, hosted.MarketMethod).ShouldBe(("contract in part", "location-based"));
        owned.Figures.MarketGrams.ShouldBe((1.5 * 44.18) + (1.5 * 1.5 * 10), 1e-9, "the electricity of the building is bought");
        owned.Figures.BuildingKilowattHours.ShouldBe(1.5 + (1.5 * 1.5), 1e-9);
        owned.MarketSource.ShouldContain("supplier's mix (10 g/kWh, 2026-02-01 to 2026-02-28); for the rest");
        hosted.Figures.MarketGrams.ShouldBe(hosted.Figures.LocationGrams);
        inventory.Notices.ShouldContain(notice => notice.About == "contract-not-used" && notice.Message.Contains("FR, hosted"));
    }

    [Fact]
    public void A_contract_can_name_the_machines_that_it_feeds()
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run(ownership: "self-hosted"));

        var row = Inventory("--contracts", AddText(
            """{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "FR", "ownership": ["self-hosted"], "gramsPerKilowattHour": 0, "instrument": "own hydro", "from": "2026-01-01", "to": "2026-12-31" }] }""")).Rows.Single();

        (row.MarketMethod, row.Figures.MarketGrams).ShouldBe(("contract", 0));
    }

    [Theory]
    [InlineData("owned", "2", "3.3", "3.2")]
    [InlineData("leased", "2", "3.3", "3.2")]
    [InlineData("hosted", "3.1", "3.1", "3.1")]
    [InlineData("self-hosted", null, null, null)]
    [InlineData("something else", null, null, null)]
    [InlineData(null, null, null, null)]
    public void A_scope_is_suggested_only_where_the_ownership_tells_it(string? ownership, string? generation, string? upstream, string? embodied)
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run(ownership: ownership));

        var row = Inventory().Rows.Single();

        (row.Scope?.Generation, row.Scope?.Upstream, row.Scope?.Embodied).ShouldBe((generation, upstream, embodied));
        row.ScopeStatus.ShouldBe(generation is null ? "none" : "suggested");
    }

    [Fact]
    public void What_is_suggested_is_confirmed_by_the_user_alone()
    {
        _folder.Add("reports/a.eco2test.json", InventoryReports.Run("a", ownership: "owned"));
        _folder.Add("reports/b.eco2test.json", InventoryReports.Run("b"));
        var file = _folder.At("inventory.json");

        var first = ToolRun.Of("inventory", _folder.At("reports"), "--year", "2026", "--confirm", file, "--format", "json");
        first.Error.ShouldStartWith("Written: ");
        var written = File.ReadAllText(file);
        Read(first).Rows.Select(row => row.ScopeStatus).ShouldBe(["suggested", "none"]);
        Inventory("--confirm", file).Rows.Select(row => row.ScopeStatus).ShouldBe(["suggested", "none"], "nobody has confirmed anything yet");
        File.ReadAllText(file).ShouldBe(written);

        File.WriteAllText(file, written.Replace("\"scope\": null", "\"scope\": \"3.8\"").Replace("false", "true"));
        var confirmed = Inventory("--confirm", file);
        confirmed.Rows.Select(row => (row.ScopeStatus, row.Scope!.Generation)).ShouldBe([("confirmed", "2"), ("confirmed", "3.8")]);
        confirmed.Scopes.Select(scope => (scope.Scope, scope.Status, Math.Round(scope.LocationGrams!.Value, 6))).ShouldBe([("2", "confirmed", 66.27), ("3.8", "confirmed", 66.27)]);
    }

    [Fact]
    public void A_report_that_is_there_twice_is_counted_once_and_the_longer_one_counts()
    {
        var run = InventoryReports.Run("a");
        _folder.Add("a.eco2test.json", run with { Run = run.Run with { DurationSeconds = 1 }, Totals = run.Totals with { UntrackedJoules = 0 } });
        _folder.Add("copy/a.eco2test.json", run);
        _folder.Add("copy/b.eco2test.json", run);

        var inventory = Inventory(_folder.At("a.eco2test.json"));

        inventory.Runs.ShouldBe(1);
        inventory.Total.DeviceKilowattHours.ShouldBe(1.5, 1e-9);
        inventory.Notices.Single(notice => notice.About == "duplicate").Runs.ShouldHaveSingleItem("of a mere copy nothing is said").Path.ShouldBe(_folder.At("a.eco2test.json"));
    }

    [Fact]
    public void What_a_command_contains_is_counted_with_the_command_alone()
    {
        var tests = InventoryReports.Run("a", tracked: 0.25, untracked: 0.25);
        var command = InventoryReports.Run("a");
        var part = new ReportPart { Run = tests.Run, Testbed = tests.Testbed, Method = tests.Method, Totals = tests.Totals, Windows = 1, Name = "Shop.Tests" };
        _folder.Add("tests.eco2test.json", tests);
        _folder.Add("command.eco2test.json", command with { Run = command.Run with { Kind = "command", Project = "dotnet test" }, Build = new ReportBuild { Contains = [part] } });

        var inventory = Inventory();

        inventory.Runs.ShouldBe(1);
        inventory.Total.DeviceKilowattHours.ShouldBe(1.5, 1e-9);
    }

    [Fact]
    public void An_earlier_report_that_was_kept_is_of_another_run_and_so_are_the_jobs_of_a_matrix()
    {
        _folder.Add("Shop_net10.0.eco2test.json", InventoryReports.Run("77.1", "2026-03-14T09:26:53Z"));
        _folder.Add("Shop_net10.0.20260314T092653Z.eco2test.json", InventoryReports.Run("77.1", "2026-03-14T09:20:00Z"));
        var other = InventoryReports.Run("77.1", "2026-03-14T09:26:53Z");
        _folder.Add("Shop_net8.0.eco2test.json", other with { Run = other.Run with { TargetFramework = "net8.0" } });
        _folder.Add("Shop.shard.eco2test.json", other with { Run = other.Run with { Shard = new ReportShard { Index = 2, Count = 2 } } });

        var inventory = Inventory();

        inventory.Runs.ShouldBe(4);
        inventory.Notices.Single(notice => notice.About == "same-identity").Runs.Count.ShouldBe(2);
    }

    [Fact]
    public void Runs_of_other_years_are_left_out()
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run("a", "2025-12-31T23:59:59Z"));
        _folder.Add("b.eco2test.json", InventoryReports.Run("b", "2026-01-01T00:00:00+01:00"));
        _folder.Add("c.eco2test.json", InventoryReports.Run("c", "2025-12-31T23:00:00-02:00"));

        Inventory().Runs.ShouldBe(1, "the year is that of UTC");
        ToolRun.Of("inventory", _folder.Path, "--year", "2024").ShouldBeWrongInput("ECO4030", "no run of 2024", "2 of 2025, 1 of 2026");
    }

    [Fact]
    public void A_run_across_the_end_of_a_year_is_divided_by_when_it_used_its_energy()
    {
        var start = new DateTimeOffset(2025, 12, 31, 23, 30, 0, TimeSpan.Zero);
        var run = InventoryReports.Run("a", "2025-12-31T23:30:00Z", embodied: 8);
        var timeline = new ReportTimeline { StartedAt = start.AddMinutes(-30), IntervalSeconds = 3_600, TrackedJoules = [900_000, 2_700_000], UntrackedJoules = [2_000_000, -200_000] };
        run = run with
        {
            Run = run.Run with { DurationSeconds = 7_200 },
            Timeline = timeline,
            Windows = [run.Windows[0] with { StartedAt = start, Timeline = new ReportWindowTimeline { First = 0, Joules = [900_000, 2_700_000] } }],
        };
        _folder.Add("a.eco2test.json", run);

        var (before, after) = (Inventory(2025), Inventory(2026));

        before.Total.DeviceKilowattHours.ShouldBe(2_900_000 / 3.6e6, 1e-9);
        after.Total.DeviceKilowattHours.ShouldBe(2_500_000 / 3.6e6, 1e-9);
        (before.Total.LocationGrams + after.Total.LocationGrams).ShouldBe(run.Totals.EmissionsGrams, 1e-9);
        (before.Total.EmbodiedGrams!.Value, after.Total.EmbodiedGrams!.Value).ShouldBe((2, 6));
        after.Total.LowDeviceKilowattHours.ShouldBeLessThanOrEqualTo(after.Total.DeviceKilowattHours);
        after.Notices.ShouldContain(notice => notice.About == "divided");
    }

    [Fact]
    public void A_run_across_the_end_of_a_year_that_does_not_say_when_is_of_the_year_in_which_it_started()
    {
        var run = InventoryReports.Run("a", "2025-12-31T23:30:00Z");
        _folder.Add("a.eco2test.json", run with { Run = run.Run with { DurationSeconds = 7_200 } });

        Inventory(2025).Notices.ShouldContain(notice => notice.About == "not-divided");
        ToolRun.Of("inventory", _folder.Path, "--year", "2026").ShouldBeWrongInput("ECO4030", "1 of 2025");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-60, 0)]
    [InlineData(1e300, 0)]
    [InlineData(3_600, int.MaxValue)]
    [InlineData(3_600, int.MinValue)]
    public void A_timeline_that_makes_no_sense_is_refused_and_hides_no_other_run(double interval, int first)
    {
        _folder.Add("a.eco2test.json", WithTimeline(InventoryReports.Run("a", "2025-12-31T23:30:00Z"), interval, first));
        _folder.Add("b.eco2test.json", InventoryReports.Run("b", "2025-06-01T00:00:00Z"));

        var run = ToolRun.Of("inventory", _folder.Path, "--year", "2025", "--format", "json");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("ECO4003");
        Read(run).Runs.ShouldBe(1);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1)]
    public void A_duration_that_makes_no_sense_breaks_nothing(double duration)
    {
        var run = WithTimeline(InventoryReports.Run("a", "2025-12-31T23:30:00Z"), 3_600, 0);
        _folder.Add("a.eco2test.json", run with { Run = run.Run with { DurationSeconds = duration } });
        var last = InventoryReports.Run("b", "9999-12-31T23:59:59Z");
        _folder.Add("b.eco2test.json", last with { Run = last.Run with { DurationSeconds = duration } });

        var run2025 = ToolRun.Of("inventory", _folder.Path, "--year", "2025", "--format", "json");

        run2025.ExitCode.ShouldBe(0, run2025.Error);
        Read(run2025).Runs.ShouldBe(1);
    }

    private static EmissionsReport WithTimeline(EmissionsReport report, double interval, int first) => report with
    {
        Timeline = new ReportTimeline { StartedAt = report.Run.StartedAt, IntervalSeconds = interval, TrackedJoules = [1, 2], UntrackedJoules = [0, 0] },
        Windows = [report.Windows[0] with { Timeline = new ReportWindowTimeline { First = first, Joules = [1, 2] } }],
    };

    [Fact]
    public void A_window_declared_elsewhere_has_its_own_place_and_its_own_PUE_and_untracked_energy_may_be_negative()
    {
        var (here, there) = (InventoryReports.France with { Pue = 1.2, PueSource = "set" }, InventoryReports.Virginia with { Key = "aws:us-east-1", Pue = 1.5, PueSource = "AWS, 2024" });
        ReportWindow[] windows =
        [
            InventoryReports.Priced(SampleReports.Test("A", 3_600_000), here),
            InventoryReports.Priced(SampleReports.Test("B", 7_200_000, seq: 2), there),
            InventoryReports.Priced(SampleReports.Test("B.inside", 1_000_000, seq: 3), there) with { Parent = 2 },
        ];
        var report = InventoryReports.Of(windows[..2], -0.25, here, [here, there]) with { Windows = windows };
        _folder.Add("a.eco2test.json", report);

        var inventory = Inventory();

        inventory.Rows.Select(row => (row.Place, Math.Round(row.Figures.DeviceKilowattHours, 9), Math.Round(row.Figures.BuildingKilowattHours, 9)))
            .ShouldBe([("FR", 0.75, 0.9), ("aws:us-east-1", 2, 3)]);
        inventory.Total.LocationGrams.ShouldBe(report.Totals.EmissionsGrams, 1e-9);
        inventory.Notices.ShouldNotContain(notice => notice.About == "not-conserved");
    }

    [Fact]
    public void A_run_is_counted_where_it_ran_with_all_its_windows_and_not_where_it_was_declared_to_run()
    {
        var (here, there) = (InventoryReports.France, InventoryReports.Virginia);
        ReportWindow[] windows =
        [
            InventoryReports.Priced(SampleReports.Test("A", 3_600_000), here),
            InventoryReports.Priced(SampleReports.Test("B", 7_200_000, seq: 2), there),
            InventoryReports.Priced(SampleReports.Test("B.inside", 1_000_000, seq: 3), there) with { Parent = 2 },
        ];
        var report = InventoryReports.Of(windows[..2], 0.5, here, [here, there]) with { Windows = windows };
        var poland = here with { Key = "PL", Region = "PL", Name = "Poland", GramsPerKilowattHour = 600, Pue = 1.5, PueSource = "set" };
        var asked = ActualPrice.Of(report, poland) with { Key = "electricity-maps PL", PricedAt = DateTimeOffset.UnixEpoch, GramsPerKilowattHour = 1 };
        var marginal = asked with { Key = "watttime PL", Kind = "marginal", PricedAt = null };
        _folder.Add("a.eco2test.json", report with { Prices = [marginal, asked, ActualPrice.Of(report, poland)] });
        _folder.Add("b.eco2test.json", InventoryReports.Run("b"));
        var contract = AddText("""{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "PL", "gramsPerKilowattHour": 100, "instrument": "wind", "from": "2026-01-01", "to": "2026-12-31", "ownership": ["unknown"] }] }""");

        var inventory = Inventory("--contracts", contract);

        inventory.Rows.Select(row => (row.Place, row.Name, row.Assumed, row.Runs)).ShouldBe([("FR", "France", false, 1), ("PL", "Poland", false, 1)]);
        var row = inventory.Rows[1];
        row.Factors.ShouldBe([new InventoryFactor(600, 2024, "EMBER", 1.5, "set")]);
        (row.Figures.DeviceKilowattHours, row.Figures.BuildingKilowattHours).ShouldBe((3.5, 5.25));
        row.Figures.LocationGrams.ShouldBe(3.5 * 1.5 * 600, 1e-9);
        (row.Figures.LowLocationGrams, row.Figures.HighLocationGrams).ShouldBe((row.Figures.LowDeviceKilowattHours * 900, row.Figures.HighDeviceKilowattHours * 900));
        row.Figures.MarketGrams.ShouldBe(525, 1e-9);
        inventory.Notices.Single(notice => notice.About == "ran-elsewhere").Runs.Select(run => run.Path).ShouldBe([_folder.At("a.eco2test.json")]);
        inventory.Notices.ShouldNotContain(notice => notice.About == "not-conserved");
    }

    [Fact]
    public void A_run_across_the_end_of_a_year_has_the_contract_of_each_year()
    {
        var start = new DateTimeOffset(2025, 12, 31, 23, 0, 0, TimeSpan.Zero);
        var run = InventoryReports.Run("a", "2025-12-31T23:00:00Z", "owned");
        _folder.Add("reports/a.eco2test.json", run with
        {
            Run = run.Run with { DurationSeconds = 7_200 },
            Timeline = new ReportTimeline { StartedAt = start, IntervalSeconds = 3_600, TrackedJoules = [1_800_000, 1_800_000], UntrackedJoules = [900_000, 900_000] },
            Windows = [run.Windows[0] with { StartedAt = start, Timeline = new ReportWindowTimeline { First = 0, Joules = [1_800_000, 1_800_000] } }],
        });
        var contracts = AddText(
            """
            { "schema": "eco2test-inventory/v1", "contracts": [
              { "place": "FR", "gramsPerKilowattHour": 10, "instrument": "wind", "from": "2025-01-01", "to": "2025-12-31" },
              { "place": "FR", "gramsPerKilowattHour": 20, "instrument": "hydro", "from": "2026-01-01", "to": "2026-12-31" }] }
            """);

        Inventory(2025, "--contracts", contracts).Total.MarketGrams.ShouldBe(7.5, 1e-9);
        Inventory(2026, "--contracts", contracts).Total.MarketGrams.ShouldBe(15, 1e-9);
    }

    [Fact]
    public void A_terminal_of_80_columns_holds_it()
    {
        AddYear();

        ToolRun.Of("inventory", _folder.At("reports"), "--year", "2026").Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public void A_report_from_before_each_place_had_its_PUE_has_one_for_all()
    {
        var json = JsonNode.Parse(ReportJson.Write(InventoryReports.Run() with { Pue = 1.4 }))!;
        json["intensities"]![0]!.AsObject().Remove("pue");
        json["intensities"]![0]!.AsObject().Remove("pueSource");
        json.AsObject().Remove("sci");
        _folder.AddText("a.eco2test.json", json.ToJsonString());

        Inventory().Total.BuildingKilowattHours.ShouldBe(1.5 * 1.4, 1e-9);
    }

    [Fact]
    public void Runs_that_say_less_than_they_should_are_listed()
    {
        var run = InventoryReports.Run("a");
        _folder.Add("a.eco2test.json", run with
        {
            Notices = [new() { Code = "ECO2024", Message = "cut off" }, new() { Code = "ECO2021", Message = "a sensor" }],
            Windows = [run.Windows[0] with { Quality = MeasurementQuality.BelowResolution }],
            Totals = run.Totals with { EnergyJoules = 1 },
        });
        _folder.AddText("b.0a1b.eco2test.journal", SampleReports.Journal(InventoryReports.Run("b")));

        var inventory = Inventory();

        inventory.Runs.ShouldBe(2);
        inventory.Notices.Where(notice => notice.Runs.Count > 0).Select(notice => (notice.About, notice.Runs.Count))
            .ShouldBe([("incomplete", 2), ("fault", 1), ("not-measurable", 1), ("not-conserved", 1)]);
        inventory.Notices[0].Runs.Select(named => named.Id).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public void A_file_that_cannot_be_read_hides_none_of_the_others_and_the_exit_code_says_that_the_sum_lacks_it()
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run());
        _folder.AddText("b.eco2test.json", "{ \"schema\": \"eco2test/v9\" }");

        var run = ToolRun.Of("inventory", _folder.Path, "--year", "2026", "--format", "json");

        run.ShouldBeWrongInput("ECO4003", "b.eco2test.json", "eco2test/v9");
        Read(run).Runs.ShouldBe(1);
    }

    [Fact]
    public void A_report_that_sums_up_others_is_not_counted_beside_them_and_not_in_their_place()
    {
        EmissionsReport[] parts = [Of("A.Tests"), Of("B.Tests")];
        _folder.Add("reports/A.eco2test.json", parts[0]);
        _folder.Add("reports/all.eco2test.json", Eco2Test.Reporting.ReportMerger.Merge(parts).Report);

        ToolRun.Of("inventory", _folder.At("reports"), "--year", "2026").ShouldBeWrongInput("ECO4032", "all.eco2test.json", "B.Tests (net10.0)", "Give that too");

        _folder.Add("reports/B.eco2test.json", parts[1]);
        Inventory().Runs.ShouldBe(2);

        static EmissionsReport Of(string project) => SampleReports.Shop() with { Run = SampleReports.Shop().Run with { Project = project } };
    }

    [Fact]
    public void A_marginal_price_is_no_part_of_an_inventory()
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run(place: InventoryReports.France with { Kind = "marginal" }));
        _folder.Add("b.eco2test.json", InventoryReports.Run("b"));

        var run = ToolRun.Of("inventory", _folder.Path, "--year", "2026", "--format", "json");

        run.ShouldBeWrongInput("ECO4032", "a.eco2test.json", "marginal");
        Read(run).Runs.ShouldBe(1);
    }

    [Fact]
    public void Software_carbon_intensity_is_in_no_inventory()
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run(embodied: 5) with { FunctionalUnit = "predictions" });

        foreach (var format in new[] { "text", "json", "csv", "md" })
        {
            var output = ToolRun.Of("inventory", _folder.Path, "--year", "2026", "--format", format).Output;
            output.ShouldNotContain("SCI", Case.Sensitive);
            output.ShouldNotContain("predictions");
        }
    }

    [Fact]
    public void Two_thousand_reports_are_added_up_one_by_one()
    {
        for (var i = 0; i < 2_000; i++)
        {
            _folder.Add($"{i % 10}/{i}.eco2test.json", InventoryReports.Run($"run-{i}", ownership: i % 2 == 0 ? "owned" : "hosted"));
        }

        var inventory = Inventory();

        inventory.Runs.ShouldBe(2_000);
        inventory.Rows.Select(row => row.Runs).ShouldBe([1_000, 1_000]);
        inventory.Total.DeviceKilowattHours.ShouldBe(3_000, 1e-6);
    }

    [Fact]
    public void Whatever_runs_there_are_rows_make_the_reports_and_parts_make_rows()
    {
        var run = Gen.Select(Gen.Double[0, 10], Gen.Double[-1, 5], Gen.Int[0, 2], Gen.Int[0, 4], Gen.Double[1, 3]);
        run.Array[1, 20].Sample(drawn =>
        {
            var runs = new InventoryRuns(2026);
            var reports = drawn.Select((one, index) => InventoryReports.Run(
                $"{index}", ownership: Ownerships.All[one.Item4], tracked: one.Item1, untracked: one.Item2,
                place: new[] { InventoryReports.France, InventoryReports.Virginia, InventoryReports.World }[one.Item3] with { Pue = one.Item5, PueSource = "set" })).ToList();
            reports.ForEach(report => runs.Add(report, "path"));

            var inventory = InventoryBuilder.Build(2026, runs, InventoryTerms.None with { Mixes = new Dictionary<string, InventoryMix> { ["FR"] = new("FR", 0.3, "made up") } });

            inventory.Total.LocationGrams.ShouldBe(reports.Sum(report => report.Totals.EmissionsGrams), 1e-6);
            inventory.Total.DeviceKilowattHours.ShouldBe(reports.Sum(report => report.Totals.EnergyJoules) / 3.6e6, 1e-9);
            inventory.Total.BuildingKilowattHours.ShouldBe(reports.Sum(report => report.Totals.EnergyJoules / 3.6e6 * report.Pue), 1e-9);
            foreach (var row in inventory.Rows)
            {
                ((row.Figures.DirectGrams ?? 0) + (row.Figures.UpstreamGrams ?? 0) + (row.Figures.UndividedGrams ?? 0)).ShouldBe(row.Figures.LocationGrams, 1e-6);
            }

            inventory.Scopes.Sum(scope => scope.LocationGrams!.Value).ShouldBe(inventory.Total.LocationGrams, 1e-6);
        }, iter: 200);
    }

    [Fact]
    public void Text_of_reports_stays_text()
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run(place: InventoryReports.France with { Key = "=HYPERLINK(\"http://x\")|\n[31m", Name = "@everyone <b>" }));

        ToolRun.Of("inventory", _folder.Path, "--year", "2026", "--format", "csv").Output.ShouldContain(",\"'=HYPERLINK(\"\"http://x\"\")|\n[31m\",");
        ToolRun.Of("inventory", _folder.Path, "--year", "2026").Output.ShouldNotContain('\u001b');
        ToolRun.Of("inventory", _folder.Path, "--year", "2026", "--format", "md").Output.ShouldNotContain("<b>");
    }

    [Theory]
    [InlineData("{", "cannot be used")]
    [InlineData("null", "JSON value null")]
    [InlineData("""{ "schema": "eco2test/v1" }""", "its schema is 'eco2test/v1', not 'eco2test-inventory/v1'")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contract": [] }""", "contract")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [null] }""", "contracts[0]: it is null")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "FR" }] }""", "gramsPerKilowattHour")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [CONTRACT, CONTRACT] }""", "contracts[1]: it is for the same time and machines of FR as 'x'")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "Frnace", "gramsPerKilowattHour": 1, "instrument": "x", "from": "2026-01-01", "to": "2026-12-31" }] }""", "did you mean 'FR'")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "FR", "gramsPerKilowattHour": -1, "instrument": "x", "from": "2026-01-01", "to": "2026-12-31" }] }""", "-1 g/kWh is no factor")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "FR", "gramsPerKilowattHour": 1, "instrument": " ", "from": "2026-01-01", "to": "2026-12-31" }] }""", "its instrument is empty")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "FR", "gramsPerKilowattHour": 1, "instrument": "x", "from": "2026-12-31", "to": "2026-01-01" }] }""", "it ends before it begins")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "FR", "gramsPerKilowattHour": 1, "instrument": "x", "from": "31.12.2026", "to": "2026-01-01" }] }""", "contracts[0].from")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "contracts": [{ "place": "FR", "ownership": ["ours"], "gramsPerKilowattHour": 1, "instrument": "x", "from": "2026-01-01", "to": "2026-01-01" }] }""", "'ours' is no ownership")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "mixes": [{ "place": "FR", "source": "x", "shares": { "peat": 1 } }] }""", "'peat' is no fuel of the table; write biomass, coal")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "mixes": [{ "place": "FR", "source": "x", "shares": { "coal": 1.5 } }] }""", "1.5 is no share of coal")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "mixes": [{ "place": "FR", "source": "x", "shares": { "coal": 0.5 } }] }""", "its shares make 0.5, not 1")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "mixes": [{ "place": "FR", "source": "x", "shares": {} }] }""", "its shares make 0, not 1")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "mixes": [{ "place": "FR", "source": "x", "shares": { "coal": 1 } }, { "place": "France", "source": "x", "shares": { "coal": 1 } }] }""", "mixes[1]: FR has a mix already")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "scopes": [{ "place": "FR", "ownership": "owned", "scope": "1", "confirmed": true }] }""", "'1' cannot be confirmed; write one of 2, 3.1, 3.8")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "scopes": [{ "place": "FR", "ownership": "unknown", "confirmed": true }] }""", "no scope cannot be confirmed")]
    [InlineData("""{ "schema": "eco2test-inventory/v1", "scopes": [{ "place": "FR", "ownership": "mine", "confirmed": false }] }""", "'mine' is no ownership")]
    public void A_file_of_terms_that_cannot_be_used_is_said_with_its_row(string text, string why)
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run());
        var file = AddText(text.Replace("CONTRACT", """{ "place": "FR", "gramsPerKilowattHour": 1, "instrument": "x", "from": "2026-01-01", "to": "2026-12-31" }"""));

        ToolRun.Of("inventory", _folder.Path, "--year", "2026", "--contracts", file, "--confirm", file).ShouldBeWrongInput("ECO4031", "terms.json", why);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_of_contracts_and_one_that_cannot_be_made_of_scopes()
    {
        _folder.Add("a.eco2test.json", InventoryReports.Run());

        ToolRun.Of("inventory", _folder.Path, "--year", "2026", "--contracts", _folder.At("missing.json")).ShouldBeWrongInput("ECO4031", "missing.json");
        var run = ToolRun.Of("inventory", _folder.Path, "--year", "2026", "--confirm", _folder.At("no/such/folder.json"));
        (run.ExitCode, run.Error.Contains("ECO4006")).ShouldBe((2, true), run.Error);
    }

    [Theory]
    [InlineData("--year", "last", "'last' is no year of an inventory; write one from 2000 to 2100.")]
    [InlineData("--year", "1999", "'1999' is no year of an inventory; write one from 2000 to 2100.")]
    [InlineData("--year", "99999999999", "'99999999999' is no year of an inventory; write one from 2000 to 2100.")]
    [InlineData("--format", "xlsx", "'xlsx'")]
    [InlineData("--contract", "x", "'--contract'")]
    public void Wrong_arguments_are_said(string option, string value, string said) =>
        ToolRun.Of([.. new[] { "inventory", _folder.Path }, .. option == "--year" ? Array.Empty<string>() : ["--year", "2026"], option, value]).ShouldBeWrongInput("ECO4000", said);

    [Fact]
    public void The_year_is_not_guessed() => ToolRun.Of("inventory", _folder.Path).ShouldBeWrongInput("ECO4000", "--year");

    [Fact]
    public void Help_has_examples()
    {
        var help = ToolRun.Of("inventory", "--help");

        (help.ExitCode, help.Output.Contains("eco2test inventory --year 2026 reports --contracts mine.json")).ShouldBe((0, true), help.Output);
    }

    private void AddYear()
    {
        _folder.Add("reports/a.eco2test.json", InventoryReports.Run("a", "2026-01-01T00:00:00Z", "owned", embodied: 8));
        _folder.Add("reports/b.eco2test.json", InventoryReports.Run("b", "2026-05-01T00:00:00Z", "owned"));
        _folder.Add("reports/c.eco2test.json", InventoryReports.Run("c", "2026-06-01T00:00:00Z", "hosted"));
        _folder.Add("reports/d.eco2test.json", InventoryReports.Run("d", "2026-07-01T00:00:00Z", "self-hosted", InventoryReports.Virginia));
        _folder.Add("reports/e.eco2test.json", InventoryReports.Run("e", "2026-12-31T00:00:00Z", null, InventoryReports.World));
    }

    private string AddTerms() => AddText(
        """
        {
          "schema": "eco2test-inventory/v1",
          // As the supplier says.
          "contracts": [{ "place": "FR", "gramsPerKilowattHour": 0, "instrument": "guarantees of origin, hydro", "from": "2026-01-01", "to": "2026-12-31" }],
          "mixes": [{ "place": "FR", "source": "RTE 2024", "shares": { "nuclear": 0.67, "hydro": 0.14, "wind": 0.09, "solar": 0.05, "gas": 0.04, "biomass": 0.01 } }],
          "scopes": [{ "place": "FR", "ownership": "owned", "scope": "2", "confirmed": true }, { "place": "US-VA", "ownership": "self-hosted", "scope": "3.1", "confirmed": true }],
        }
        """);

    private string AddText(string terms) => _folder.AddText("terms.json", terms);

    private Inventory Inventory(params string[] more) => Inventory(2026, more);

    private Inventory Inventory(int year, params string[] more)
    {
        var run = ToolRun.Of(["inventory", _folder.Path, "--year", year.ToString(System.Globalization.CultureInfo.InvariantCulture), "--format", "json", .. more]);
        run.ExitCode.ShouldBe(0, run.Error);
        return Read(run);
    }

    private static Inventory Read(ToolRun run) => JsonSerializer.Deserialize(run.Output, InventoryJsonContext.Readable.Inventory)!;
}
