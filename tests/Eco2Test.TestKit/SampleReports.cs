using Eco2Test.Reports;

namespace Eco2Test.TestKit;

/// <summary>Reports as a run would make them: their sums are right, whatever windows are put in.</summary>
public static class SampleReports
{
    private const double UntrackedJoules = 88;
    private const double IdleJoules = 70;
    private const double OverheadJoules = 1.5;
    private const double CorrectionJoules = -0.5;
    private const double GramsPerKilowattHour = 44.18;

    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    /// <summary>A small suite: every verdict, every quality, a fixture, methods, one of them very many times, a test that was repeated, a metric and a notice.</summary>
    public static EmissionsReport Shop() => Of(
        Test("Shop.Tests.ModelTests.Trains_the_sentiment_model(rows: 1000)", 412.8, 18.2) with
        {
            Metrics = new Dictionary<string, double> { ["accuracy"] = 0.9132 },
            Budget = new() { EnergyJoules = 200 },
            Verdict = BudgetVerdict.Exceeded,
        },
        Window(2, "Shop.Tests.ModelTests.Tokenizer.Load", 61, 2.5) with { Kind = WindowKind.Method, Parent = 1 },
        Test("Shop.Tests.ModelTests.Fine_tunes_the_head", 96.1, 4.1, 3) with
        {
            Budget = new() { EnergyJoules = 90, EmissionsGrams = 0.01 },
            Verdict = BudgetVerdict.Warned,
            Quality = MeasurementQuality.Overlapped,
        },
        Test("Shop.Tests.SearchTests.Builds_the_index", 22.4, 0.9, 4) with
        {
            Budget = new() { EmissionsGrams = 0.001 },
            Verdict = BudgetVerdict.Kept,
        },
        Test("Shop.Tests.SearchTests.Finds_a_word", 0.0021, 0.0008, 5) with
        {
            Budget = new() { EnergyJoules = 0.001 },
            Verdict = BudgetVerdict.NotMeasurable,
            Quality = MeasurementQuality.BelowResolution,
        },
        Window(6, "Shop.Tests.DatabaseFixture", 7.7, 3.1) with { Kind = WindowKind.Fixture },
        Test("Shop.Tests.SearchTests.Retries", 1.25, 0.2, 7) with { Attempt = 2, Count = 5 },
        Window(8, "Tokenizer.Split", 0.9, 1.2) with
        {
            Kind = WindowKind.Method,
            Count = 30_000,
            Spread = new() { LeastJoules = 21e-6, MostJoules = 4.1e-3, StandardDeviationJoules = 9e-6 },
        })
        with
        {
            Notices =
            [
                new()
                {
                    Code = "ECO2010",
                    Message = "CPU energy is modeled: the RAPL counter is readable by root only (it is a side channel, CVE-2020-8694). "
                        + "To measure, give a group read access by a udev rule: docs/rapl.md.",
                },
            ],
        };

    /// <summary>The small suite as a run that knows when its energy was used: from 09:26 to 09:32, which is in two intervals.</summary>
    public static EmissionsReport Timed()
    {
        var report = Shop();
        var late = report.Windows[0] with { Timeline = new() { First = 0, Joules = [112.8, 300] } };
        return report with
        {
            Run = report.Run with { DurationSeconds = 330 },
            Intensities = [report.Intensities[0] with { Marginal = new() { Region = "FR", GramsPerKilowattHour = 158, Basis = "direct", Year = 2021, Source = "IFI-TWG-3.1" } }],
            Windows = [late, .. report.Windows.Skip(1)],
            Timeline = new()
            {
                StartedAt = Start.AddSeconds(-113), IntervalSeconds = 300,
                TrackedJoules = [report.Totals.TrackedJoules - 300, 300], UntrackedJoules = [60, UntrackedJoules - 60],
            },
        };
    }

    /// <summary>The same, priced by where it ran, and by the hours in which it ran, a part of which nobody knows.</summary>
    public static EmissionsReport Priced()
    {
        var report = Timed();
        var hours = new Carbon.IntensitySeries
        {
            Source = "Electricity Maps v3", Zone = "FR", Kind = Carbon.IntensityKind.Average, Basis = "lifecycle", Boundary = "consumption",
            Points = [new(Start.AddHours(-1), report.Timeline!.StartedAt.AddMinutes(5), Units.CarbonIntensity.FromGramsPerKilowattHour(31.5))],
        };
        var place = Carbon.RegionCatalog.Default.FindPlace("FR")!;
        return report with
        {
            Prices =
            [
                Carbon.ActualPrice.Of(report, new() { Key = "aws:eu-central-1", Region = "DE", Name = "Germany", GramsPerKilowattHour = 342.16, Kind = "average", Basis = "lifecycle", Boundary = "production", Year = 2024, Source = "EMBER", Pue = 1.33, PueSource = "AWS, 2023" }),
                Carbon.TimedPricing.Of(
                    report, new("electricity-maps FR", "FR", "FR", 1, "none") { PricedAt = Start.AddDays(1) }, hours,
                    Carbon.StaticIntensity.Of(place, Carbon.IntensityKind.Average)),
            ],
        };
    }

    /// <summary>A build of two projects, one for two frameworks, with a restore before it.</summary>
    public static EmissionsReport Build()
    {
        const WindowKind Project = WindowKind.Project, Target = WindowKind.Target, Task = WindowKind.Task;
        ReportWindow[] windows =
        [
            Part(2, 1, Project, "Shop.slnx (restore)", "Shop.slnx (restore)", 6),
            Part(3, 2, Target, "Shop.slnx (restore) > Restore", "Restore", 5.5),
            Part(4, 3, Task, "Shop.slnx (restore) > Restore > RestoreTask", "RestoreTask", 5),
            Part(5, 1, Project, "src/Shop.Core/Shop.Core.csproj (net8.0)", "Shop.Core (net8.0)", 20),
            Part(6, 5, Target, "src/Shop.Core/Shop.Core.csproj (net8.0) > CoreCompile", "CoreCompile", 12),
            Part(7, 6, Task, "src/Shop.Core/Shop.Core.csproj (net8.0) > CoreCompile > Csc", "Csc", 11),
            Part(8, 5, Target, "src/Shop.Core/Shop.Core.csproj (net8.0) > (evaluation)", "(evaluation)", 3) with { Count = 2 },
            Part(9, 1, Project, "src/Shop.Core/Shop.Core.csproj (net10.0)", "Shop.Core (net10.0)", 18) with { Quality = MeasurementQuality.Overlapped },
            Part(10, 9, Target, "src/Shop.Core/Shop.Core.csproj (net10.0) > CoreCompile", "CoreCompile", 10),
            Part(11, 10, Task, "src/Shop.Core/Shop.Core.csproj (net10.0) > CoreCompile > Csc", "Csc", 9.5),
            Part(12, 1, Project, "tests/Shop.Tests/Shop.Tests.csproj", "Shop.Tests", 40) with { Outcome = TestOutcome.Failed },
            Part(13, 12, Target, "tests/Shop.Tests/Shop.Tests.csproj > ResolveAssemblyReferences", "ResolveAssemblyReferences", 4),
            Part(14, 13, Task, "tests/Shop.Tests/Shop.Tests.csproj > ResolveAssemblyReferences > ResolveAssemblyReference", "ResolveAssemblyReference", 4),
            Window(1, "Shop.slnx", 100, 12.5) with { Kind = WindowKind.Build, CpuSeconds = 33, Outcome = TestOutcome.Failed },
        ];
        var report = Of(windows);
        return report with
        {
            Run = report.Run with { Project = "Shop.slnx", TargetFramework = null, Kind = "build", DurationSeconds = 12.7 },
            Build = new()
            {
                Mode = "nodes=2 reuse=on compiler=warm server=off graph=off",
                Succeeded = false,
                EngineCpuSeconds = 5.3,
                Processes =
                [
                    new() { Role = "entry", Count = 1, CpuSeconds = 15 },
                    new() { Role = "node", Count = 1, CpuSeconds = 9 },
                    new() { Role = "compilerServer", Count = 1, CpuSeconds = 8.8 },
                    new() { Role = "child", Count = 14, CpuSeconds = 0.2 },
                ],
            },
            Budgets =
            [
                new()
                {
                    Scope = "build", EnergyJoules = 55, Windows = 1, UsedJoules = 100, LowJoules = 60, HighJoules = 150, UsedGrams = 1, LowGrams = 1, HighGrams = 1,
                    Verdict = BudgetVerdict.Exceeded, Message = "ECO3002: the build of Shop.slnx used at least 60 J, over the energy budget of 55 J", Fails = true,
                },
                new()
                {
                    Scope = "project", Pattern = "Shop.Core (net8.0)", EnergyJoules = 30, Windows = 1, UsedJoules = 20, LowJoules = 12, HighJoules = 30,
                    UsedGrams = 1, LowGrams = 1, HighGrams = 1, Verdict = BudgetVerdict.Kept,
                },
            ],
        };

        ReportWindow Part(int seq, int parent, WindowKind kind, string id, string name, double joules) =>
            Window(seq, id, joules, joules / 4) with { Parent = parent, Kind = kind, DisplayName = name, Sampled = true };
    }

    /// <summary>A run in which nothing carried the attribute.</summary>
    public static EmissionsReport Nothing() => Of();

    /// <summary>Many tests, each a little cheaper than the one before.</summary>
    public static EmissionsReport Large(int tests) =>
        Of([.. Enumerable.Range(1, tests).Select(i => Test($"Shop.Tests.LoadTests.Serves_page_{i}", 100.0 / i, 2.0 / i, i))]);

    /// <summary>A test window.</summary>
    public static ReportWindow Test(string id, double joules, double seconds = 1, int seq = 1) => Window(seq, id, joules, seconds);

    /// <summary>A window of which the CPU used what the memory did not.</summary>
    public static ReportWindow Window(int seq, string id, double joules, double seconds = 1) => new()
    {
        Seq = seq,
        Id = id,
        DisplayName = id,
        Kind = WindowKind.Test,
        Outcome = TestOutcome.Passed,
        StartedAt = Start.AddSeconds(seq),
        DurationSeconds = seconds,
        CpuSeconds = seconds * 0.9,
        Energy = new()
        {
            Joules = joules,
            LowJoules = joules * 0.6,
            HighJoules = joules * 1.5,
            CpuJoules = joules * 0.98,
            GpuJoules = 0,
            RamJoules = joules * 0.02,
            SelfJoules = joules,
        },
        EmissionsGrams = Grams(joules),
        LowGrams = Grams(joules * 0.6),
        HighGrams = Grams(joules * 1.5),
        Intensity = "FR",
        Quality = MeasurementQuality.Ok,
    };

    /// <summary>A report of these windows; those with a parent are not counted twice.</summary>
    public static EmissionsReport Of(params IReadOnlyList<ReportWindow> windows)
    {
        var tracked = windows.Where(window => window.Parent is null).Sum(window => window.Energy.Joules);
        return new()
        {
            Tool = new() { Name = "Eco2Test", Version = "0.1.0" },
            Run = new()
            {
                Id = "run-1",
                StartedAt = Start,
                DurationSeconds = 30.1,
                Project = "Shop.Tests",
                TargetFramework = "net10.0",
                Configuration = "Release",
                Kind = "test",
                Commit = "0123456789abcdef0123456789abcdef01234567",
                Branch = "main",
            },
            Testbed = new() { Fingerprint = "f00d", Os = "Debian 13", CpuModel = "AMD EPYC 7763", LogicalProcessors = 4, MemoryBytes = 16_000_000_000 },
            Method = new()
            {
                Cpu = new()
                {
                    Provenance = Provenance.Modeled, Source = "tdp-per-thread", Low = 0.6, High = 1.5,
                    Detail = "AMD EPYC 7763: 280 W for 128 threads, 2.19 W for each of 4.",
                },
                Ram = new() { Provenance = Provenance.Modeled, Source = "watts-per-gigabyte", Low = 0.5, High = 2, Detail = "0.375 W for each GB in use." },
            },
            Intensities =
            [
                new()
                {
                    Key = "FR", Region = "FR", Name = "France", GramsPerKilowattHour = GramsPerKilowattHour, Kind = "average",
                    Basis = "lifecycle", Boundary = "production", Year = 2024, Source = "EMBER",
                },
            ],
            Dataset = new() { Version = "0.1.0", Sha256 = "abc" },
            Totals = new()
            {
                EnergyJoules = tracked + UntrackedJoules,
                TrackedJoules = tracked,
                UntrackedJoules = UntrackedJoules,
                LowJoules = (tracked + UntrackedJoules) * 0.6,
                HighJoules = (tracked + UntrackedJoules) * 1.5,
                CorrectionJoules = CorrectionJoules,
                OverheadJoules = OverheadJoules,
                IdleJoules = IdleJoules,
                EmissionsGrams = Grams(tracked + UntrackedJoules),
                UntrackedGrams = Grams(UntrackedJoules),
                LowGrams = Grams((tracked + UntrackedJoules) * 0.6),
                HighGrams = Grams((tracked + UntrackedJoules) * 1.5),
                Intensity = "FR",
            },
            Windows = windows,
        };
    }

    /// <summary>The journal of a run that was killed while the last of its windows was open.</summary>
    public static string Journal(EmissionsReport report)
    {
        var header = new JournalHeader
        {
            Tool = report.Tool, Run = report.Run, Testbed = report.Testbed, Method = report.Method, Pue = report.Pue, Dataset = report.Dataset,
        };
        List<JournalEntry> entries =
        [
            new() { Header = header },
            .. report.Intensities.Select(intensity => new JournalEntry { Intensity = intensity }),
            .. report.Windows.SkipLast(1).Select(window => new JournalEntry { Window = window }),
            new() { Totals = report.Totals, DurationSeconds = report.Run.DurationSeconds, Open = [.. report.Windows.TakeLast(1)] },
        ];
        return string.Concat(entries.Select(entry => System.Text.Encoding.UTF8.GetString(ReportJson.Write(entry)) + "\n")) + "{\"windo";
    }

    private static double Grams(double joules) => joules / 3_600_000 * GramsPerKilowattHour;
}
