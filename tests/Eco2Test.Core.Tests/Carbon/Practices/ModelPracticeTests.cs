using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Carbon.Practices;

public sealed class ModelPracticeTests
{
    [Fact]
    public void The_front_is_what_nothing_beats_and_the_others_say_by_what()
    {
        var models = Of(Model("small", 10, 0.8), Model("large", 1_000, 0.95), Model("wasteful", 2_000, 0.9), Model("poor", 20, 0.7));

        models.Metric.ShouldBe("accuracy");
        models.LessIsBetter.ShouldBe(false);
        models.KnownBy.ShouldBe("name");
        models.Ranked.Select(model => (model.Id, model.OnFront, model.DominatedBy)).ShouldBe(
            [("small", true, null), ("poor", false, "small"), ("large", true, null), ("wasteful", false, "large")]);
        models.Ranked.Select(model => model.EnergyFactor).ShouldBe([1, 2, 100, 200]);
        models.Ranked[2].MetricDifference!.Value.ShouldBe(0.15, 1e-12);
    }

    [Fact]
    public void A_loss_is_better_when_it_is_less()
    {
        var models = Of(Model("a", 1, 0.9, "val_loss"), Model("b", 2, 0.3, "val_loss"), Model("c", 3, 0.5, "val_loss"));

        models.LessIsBetter.ShouldBe(true);
        models.Ranked.Select(model => model.OnFront).ShouldBe([true, true, false]);
        models.Ranked[2].DominatedBy.ShouldBe("b");
    }

    [Fact]
    public void Equals_are_both_on_the_front() =>
        Of(Model("a", 1, 0.9), Model("b", 1, 0.9), Model("c", 1, 0.8)).Ranked.Select(model => model.OnFront).ShouldBe([true, true, false]);

    [Fact]
    public void Bounds_that_overlap_do_not_tell_apart()
    {
        // Bounds are 0.6 to 1.5 of the energy.
        var models = Of(Model("a", 10, 0.8), Model("b", 12, 0.9), Model("c", 100, 0.95), Model("d", 110, 0.9));

        models.Ranked.Select(model => string.Join(',', model.NotToldApart)).ShouldBe(["b", "a", "", "c"]);
        models.Ranked[3].DominatedBy.ShouldBe("b");
    }

    [Fact]
    public void The_front_holds_for_any_models() => Gen.Select(Gen.Int[1, 6], Gen.Int[0, 5]).Array[1, 15].Sample(
        points =>
        {
            var ranked = Of([.. points.Select((point, i) => Model($"m{i}", point.Item1, point.Item2, seq: i + 1))]).Ranked;
            foreach (var model in ranked)
            {
                var beating = ranked.Where(other => Beats(other, model)).Select(other => other.Id).ToList();
                model.OnFront.ShouldBe(beating.Count == 0);
                (model.DominatedBy is { } by ? beating.Contains(by) && ranked.Single(other => other.Id == by).OnFront : model.OnFront).ShouldBeTrue();
            }
        },
        iter: 1_000);

    [Fact]
    public void What_was_repeated_counts_as_one_run()
    {
        var model = Of(Model("a", 100, 0.9) with { Count = 50 }, Model("b", 4, 0.9)).Ranked[0];

        model.ShouldSatisfyAllConditions(
            () => model.Id.ShouldBe("a"), () => model.Count.ShouldBe(50), () => model.Joules.ShouldBe(2), () => model.LowJoules.ShouldBe(1.2, 1e-12),
            () => model.HighJoules.ShouldBe(3), () => model.DurationSeconds.ShouldBe(0.02));
    }

    [Fact]
    public void Windows_of_one_id_are_one_model_by_their_mean()
    {
        var model = Of(Model("a", 2, 0.8), Model("a", 4, 0.9)).Ranked.ShouldHaveSingleItem();

        model.Count.ShouldBe(2);
        model.Joules.ShouldBe(3);
        model.Metrics["accuracy"].ShouldBe(0.85, 1e-12);
    }

    [Fact]
    public void A_retry_counts_with_the_attempt_that_passed_and_says_what_the_others_used()
    {
        var models = Of(Model("a", 7, 0.2) with { Outcome = TestOutcome.Failed }, Model("a", 5, 0.9) with { Attempt = 2 });
        var model = models.Ranked.ShouldHaveSingleItem();

        model.Joules.ShouldBe(5);
        model.Metrics["accuracy"].ShouldBe(0.9);
        model.OtherAttemptsJoules.ShouldBe(7);
        models.Notes.ShouldContain(note => note.StartsWith("Retried tests"));
    }

    [Fact]
    public void What_cannot_be_compared_says_why()
    {
        var models = Of(
            Model("fine", 1, 0.9),
            Model("failed", 1, 0.9) with { Outcome = TestOutcome.Failed },
            Model("skipped", 1, 0.9) with { Outcome = TestOutcome.Skipped },
            Model("short", 1, 0.9) with { Quality = MeasurementQuality.BelowResolution },
            Model("cut", 1, 0.9) with { Quality = MeasurementQuality.Incomplete },
            Model("nothing", 0, 0.9),
            Model("infinite", double.PositiveInfinity, 0.9),
            Model("silent", 1, 0.9, "bytes"),
            Model("odd", 1, double.NaN));

        models.Ranked.Select(model => model.Id).ShouldBe(["fine"]);
        models.Unranked.ToDictionary(model => model.Id, model => model.Reason!.Split(':')[0]).ShouldBe(
            new Dictionary<string, string>
            {
                ["failed"] = "the test failed", ["skipped"] = "the test was skipped", ["short"] = "below resolution", ["cut"] = "incomplete",
                ["nothing"] = "it has no energy", ["infinite"] = "it has no energy", ["silent"] = "it did not record 'accuracy'", ["odd"] = "it did not record 'accuracy'",
            },
            ignoreOrder: true);
    }

    [Fact]
    public void A_part_is_not_compared_with_its_whole()
    {
        var report = SampleReports.Of(Model("whole", 9, 0.9) with { Seq = 1 }, SampleReports.Window(2, "between", 5) with { Parent = 1 }, Model("part", 4, 0.9) with { Seq = 3, Parent = 2 });

        ModelPractice.Of(report)[0].Unranked.ShouldHaveSingleItem().Reason.ShouldBe("it is inside 'whole', which is compared");
    }

    [Fact]
    public void A_metric_of_which_it_is_not_known_what_is_better_ranks_nothing()
    {
        var models = Of(Model("a", 1, 3, "widgets"), Model("b", 2, 4, "widgets"));

        models.Metric.ShouldBeNull();
        models.Ranked.ShouldAllBe(model => !model.OnFront && model.DominatedBy == null);
        models.Notes[0].ShouldContain("--metric widgets:more (or :less)");
    }

    [Fact]
    public void Which_way_is_better_can_be_set_and_a_report_remembers_it()
    {
        var report = SampleReports.Of(Model("a", 1, 3, "widgets"), Model("b", 2, 4, "widgets"));
        var set = ModelPractice.Of(report, MetricChoice.Parse("widgets:more"));

        set[0].KnownBy.ShouldBe("set");
        set[0].Ranked.ShouldAllBe(model => model.OnFront);
        var saved = report with { Practices = FourPractices.Of(report, DevicePerformance.None(), MetricChoice.Parse("widgets:less")) };
        ModelPractice.Of(saved)[0].Ranked.Select(model => model.OnFront).ShouldBe([true, false]);
    }

    [Fact]
    public void Without_any_metric_they_stand_side_by_side_by_energy()
    {
        var models = Of(SampleReports.Test("b", 2) with { Comparison = "c" }, SampleReports.Test("a", 1, seq: 2) with { Comparison = "c" });

        models.Ranked.Select(model => model.Id).ShouldBe(["a", "b"]);
        models.Notes[0].ShouldStartWith("No metric was recorded");
    }

    [Fact]
    public void Each_label_is_a_comparison_and_windows_without_one_are_in_none() =>
        ModelPractice.Of(SampleReports.Of(
            Model("a", 1, 1) with { Comparison = "first" }, SampleReports.Test("x", 1, seq: 2), Model("b", 1, 1) with { Comparison = "second", Seq = 3 }))
            .Select(comparison => comparison.Label).ShouldBe(["first", "second"]);

    [Theory]
    [InlineData("accuracy", false)]
    [InlineData("top5Accuracy", false)]
    [InlineData("macro-F1", false)]
    [InlineData("validationLoss", true)]
    [InlineData("VALIDATION_LOSS", true)]
    [InlineData("test RMSE", true)]
    [InlineData("bytes", true)]
    [InlineData("widgets", null)]
    [InlineData("accuracy_loss", null)]
    [InlineData("closeness", null)]
    [InlineData("throughput:less", true)]
    [InlineData("error:more", false)]
    public void Which_way_is_better_is_known_by_the_words_of_a_name_or_said(string text, bool? lessIsBetter) =>
        MetricChoice.Parse(text).LessIsBetter.ShouldBe(lessIsBetter);

    private static bool Beats(ReportContender one, ReportContender other) =>
        one.Joules <= other.Joules && one.Metrics["accuracy"] >= other.Metrics["accuracy"]
        && (one.Joules < other.Joules || one.Metrics["accuracy"] > other.Metrics["accuracy"]);

    private static ReportComparison Of(params ReportWindow[] windows) =>
        ModelPractice.Of(SampleReports.Of([.. windows.Select((window, i) => window with { Seq = i + 1 })])).ShouldHaveSingleItem();

    private static ReportWindow Model(string id, double joules, double value, string metric = "accuracy", int seq = 1) =>
        SampleReports.Test(id, joules, seq: seq) with { Comparison = "models", Metrics = new Dictionary<string, double> { [metric] = value } };
}
