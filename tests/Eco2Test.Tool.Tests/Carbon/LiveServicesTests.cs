using Eco2Test.Carbon;
using Eco2Test.Carbon.Live.Tests;
using Eco2Test.Reports;
using Eco2Test.TestKit;
using Microsoft.AspNetCore.Http;

namespace Eco2Test.Tool.Tests;

/// <summary>
/// The whole way from the command line to a service and back, for each service: the account and the service's address stand in
/// the environment, and the service is one on this machine.
/// </summary>
public abstract class LiveServicesTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    private protected abstract Script Script { get; }

    private protected abstract string Kind { get; }

    /// <summary>What stands in for the source where it cannot tell, g/kWh.</summary>
    private protected abstract double TableGrams { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_report_is_priced_by_the_hours_in_which_it_ran_and_again_from_what_was_kept()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(History(stage));
        var file = AddReport();

        var run = await RunAsync(stage, ["price", file, .. Source]);

        run.ExitCode.ShouldBe(0, run.Error);
        var (report, price) = Read(file);
        price.Kind.ShouldBe(Kind);
        price.Zone.ShouldBe(Script.ZoneName);
        price.FallbackJoules.ShouldBe(0);
        price.Notices.ShouldBeEmpty();
        var (before, after) = (report.Timeline!.TrackedJoules[0] + report.Timeline.UntrackedJoules[0], report.Timeline.TrackedJoules[1] + report.Timeline.UntrackedJoules[1]);
        price.EmissionsGrams.ShouldBe(((before * 30) + (after * 60)) / 3.6e6, 1e-12);
        (report.Windows.Where(window => window.Parent is null).Sum(window => price.WindowGrams[window.Seq]) + price.UntrackedGrams).ShouldBe(price.EmissionsGrams, 1e-12);
        report.Totals.ShouldBe(SampleReports.Timed().Totals);

        var asked = stage.Questions.Count;
        asked.ShouldBeGreaterThan(0);
        stage.Answers(Answers.Status(500));
        (await RunAsync(stage, ["price", file, .. Source])).ExitCode.ShouldBe(0);

        stage.Questions.Count.ShouldBe(asked);
        Read(file).Price.EmissionsGrams.ShouldBe(price.EmissionsGrams);
    }

    [Fact]
    public async Task A_forecast_tells_when_to_run()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Tells(Forecast(stage));

        var run = await RunAsync(stage, ["when", "--duration", "1h", "--within", "4h", .. Source]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("Start now         Fri 21 19:15  Fri 21 20:15");
        run.Output.ShouldContain("Flexible start    Fri 21 21:00  Fri 21 22:00");
        run.Output.ShouldContain($"({Kind}, ");
        run.Output.Contains(" %", StringComparison.Ordinal).ShouldBe(Kind == "average");
        run.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Theory]
    [InlineData(401, "Invalid auth-token")]
    [InlineData(403, "Access denied")]
    [InlineData(404, "no such zone")]
    [InlineData(429, "slow down")]
    [InlineData(500, "<html>")]
    [InlineData(200, "Access denied")]
    public async Task Where_the_service_refuses_the_table_of_the_same_kind_stands_in_and_that_is_said(int status, string body)
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Status(status, body));
        var file = AddReport();

        var run = await RunAsync(stage, ["price", file, .. Source]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain($"{DiagnosticCodes.IntensityRemark}: {Script.Name} could not tell: ");
        run.Output.ShouldContain(DiagnosticCodes.PricedByTable);
        var (_, price) = Read(file);
        (price.Kind, price.SourceJoules).ShouldBe((Kind, 0));
        price.GramsPerKilowattHour.ShouldBe(TableGrams, 1e-9);
        price.Stretches.ShouldAllBe(stretch => stretch.Known == "table");
    }

    [Fact]
    public async Task What_must_not_be_guessed_fails_where_the_service_refuses()
    {
        await using var stage = await Stage.SetAsync(Script);
        stage.Answers(Answers.Status(503, "maintenance"));
        var file = AddReport();
        var before = await File.ReadAllTextAsync(file);

        (await RunAsync(stage, ["price", file, "--strict", .. Source])).ShouldBeWrongInput("ECO4014", Script.Name, "503: maintenance");
        (await RunAsync(stage, ["when", "--duration", "1h", .. Source])).ShouldBeWrongInput("ECO4014", Script.Name, "503: maintenance");

        (await File.ReadAllTextAsync(file)).ShouldBe(before);
    }

    [Fact]
    public async Task No_credential_is_in_what_the_command_prints_nor_in_any_file()
    {
        await using var stage = await Stage.SetAsync(Script);
        var seen = new List<string>();
        foreach (var answer in (Func<HttpContext, Task>[])[Parrot(200), Parrot(400), Parrot(401), Parrot(403), Parrot(404), Parrot(500), Told(stage, History(stage)), Told(stage, Forecast(stage))])
        {
            stage.Answers(answer);
            var file = AddReport();
            foreach (var args in (string[][])
            [
                ["price", file, .. Source], ["price", file, "--format", "json", .. Source], ["price", file, "--strict", .. Source],
                ["when", "--duration", "1h", "--within", "4h", .. Source], ["when", "--duration", "1h", "--within", "4h", "--format", "json", .. Source],
                ["report", file, "--format", "md,json", "--out", _folder.At("out")],
            ])
            {
                var run = await RunAsync(stage, args);
                run.ExitCode.ShouldBeOneOf([0, 2], run.Error);
                seen.AddRange([run.Output, run.Error]);
            }

            foreach (var written in Files(_folder.Path).Concat(Files(stage.Folder)))
            {
                seen.AddRange([written, await File.ReadAllTextAsync(written)]);
            }
        }

        Files(stage.Folder).ShouldNotBeEmpty("answers were kept");
        Script.Secrets.Where(secret => seen.Exists(text => Letters(text).Contains(Letters(secret), StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
        Script.Secrets.ShouldAllBe(secret => stage.Service.Headers.Any(header => header.Contains(secret)) || Script.IsInsideAnother(secret));
    }

    private string[] Source => ["--intensity", Script.Name, "--region", Script.Region, .. Script.Zone is { } zone ? ["--zone", zone] : Array.Empty<string>()];

    /// <summary>30 g/kWh until 18:00 and 60 from then on.</summary>
    private Value[] History(Stage stage) => Each(stage, -(int)(TimeSpan.FromHours(4) / Script.Step), 0, at => at.Hour < 18 ? 30 : 60);

    /// <summary>Least from 21:00 to 22:00.</summary>
    private Value[] Forecast(Stage stage) => [.. Each(stage, 0, (int)(TimeSpan.FromHours(6) / Script.Step), at => at.Hour == 21 ? 100 : 300).Select(value => value with { IsEstimated = true })];

    private static Value[] Each(Stage stage, int from, int to, Func<DateTimeOffset, double> grams) =>
        [.. Enumerable.Range(from, to - from).Select(step => stage.Value(step, grams(stage.At(step))))];

    /// <summary>A run from 17:56:53 to 18:02:23, which is in two intervals.</summary>
    private string AddReport()
    {
        var report = SampleReports.Timed();
        var later = new DateTimeOffset(2025, 11, 21, 17, 55, 0, TimeSpan.Zero) - report.Timeline!.StartedAt;
        return _folder.Add("A.eco2test.json", report with
        {
            Run = report.Run with { StartedAt = report.Run.StartedAt + later },
            Timeline = report.Timeline with { StartedAt = report.Timeline.StartedAt + later },
            Windows = [.. report.Windows.Select(window => window with { StartedAt = window.StartedAt + later })],
        });
    }

    private static (EmissionsReport Report, ReportPrice Price) Read(string file)
    {
        var report = ReportJson.Read(File.ReadAllText(file));
        return (report, report.Prices!.Single());
    }

    /// <summary>The command waits for its answers, so that it has a thread of its own beside the service's.</summary>
    private static Task<ToolRun> RunAsync(Stage stage, string[] args) => Task.Run(() => ToolRun.On(
        new Surroundings(() => throw new InvalidOperationException("no machine is looked at"), stage.Time)
        {
            OpenIntensity = (source, zone) => IntensitySources.Open(source, zone, stage.Environment, stage.Time),
        },
        args));

    private Func<HttpContext, Task> Told(Stage stage, Value[] values) => context => Answers.Json(stage.Script.Body(context.Request.Path, values))(context);

    /// <summary>A service that sends back all that it was sent.</summary>
    private Func<HttpContext, Task> Parrot(int status) => context =>
    {
        var headers = string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        return Answers.Status(status, $"{headers}\n{string.Join('\n', Script.Secrets)}")(context);
    };

    private static string[] Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));
}

public sealed class ElectricityMapsCommandTests : LiveServicesTests
{
    private protected override Script Script => new ElectricityMapsScript();

    private protected override string Kind => "average";

    private protected override double TableGrams => RegionCatalog.Default.Find("FR")!.Intensity.GramsPerKilowattHour;
}

public sealed class WattTimeCommandTests : LiveServicesTests
{
    private protected override Script Script => new WattTimeScript();

    private protected override string Kind => "marginal";

    private protected override double TableGrams => MarginalIntensity.Of(RegionCatalog.Default.Find("US-CA")!)!.Intensity.GramsPerKilowattHour;
}

public sealed class UkCarbonIntensityCommandTests : LiveServicesTests
{
    private protected override Script Script => new UkScript();

    private protected override string Kind => "average";

    private protected override double TableGrams => RegionCatalog.Default.Find("GB")!.Intensity.GramsPerKilowattHour;
}
