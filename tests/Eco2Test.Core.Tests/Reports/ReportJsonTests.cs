using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Eco2Test.Core.Tests.Metering;
using Eco2Test.Reports;
using Eco2Test.TestKit;

namespace Eco2Test.Core.Tests.Reports;

public sealed class ReportJsonTests
{
    private static readonly Gen<double> Numbers = Gen.Double.Where(double.IsFinite);

    private static readonly Gen<string> Texts = Gen.String[Gen.Char['\0', '\uD7FF'], 0, 20];

    private static readonly Gen<ReportWindow> Windows = Gen.Select(
        Numbers.Array[12], Texts.Array[4], Gen.Int[0, 3].Array[3], Gen.Enum<WindowKind>(), Gen.Enum<MeasurementQuality>(), Gen.Enum<BudgetVerdict>(), Gen.Enum<TestOutcome>(),
        (numbers, texts, counts, kind, quality, verdict, outcome) => new ReportWindow
        {
            Seq = counts[0],
            Id = texts[0],
            DisplayName = texts[1],
            Kind = kind,
            Parent = counts[0] == 0 ? null : counts[0],
            Attempt = counts[1],
            Count = counts[2],
            Outcome = outcome,
            Categories = texts[..counts[1]],
            Comparison = counts[0] == 1 ? null : texts[2],
            StartedAt = DateTimeOffset.UnixEpoch.AddTicks(BitConverter.DoubleToInt64Bits(numbers[0]) & 0xFFFF_FFFF_FFFF),
            DurationSeconds = numbers[1],
            CpuSeconds = numbers[2],
            Energy = new ReportEnergy
            {
                Joules = numbers[3],
                LowJoules = numbers[4],
                HighJoules = numbers[5],
                CpuJoules = numbers[6],
                GpuJoules = numbers[7],
                RamJoules = numbers[8],
                SelfJoules = numbers[9],
            },
            EmissionsGrams = numbers[10],
            LowGrams = numbers[11],
            HighGrams = numbers[0],
            Intensity = texts[3],
            Quality = quality,
            Sampled = counts[1] == 2,
            Metrics = new Dictionary<string, double> { [texts[0]] = numbers[0] },
            Budget = counts[1] == 0 ? null : new ReportBudget { EnergyJoules = counts[1] == 1 ? null : numbers[1], EmissionsGrams = numbers[2] },
            Verdict = verdict,
            Source = counts[2] == 0 ? null : new ReportSource { File = texts[2], Line = counts[2] },
        });

    private static readonly Gen<EmissionsReport> Reports = Gen.Select(Windows.Array[0, 4], Numbers.Array[14], Texts.Array[10], Gen.Int.Array[4], Gen.Bool, (windows, numbers, texts, counts, some) => new EmissionsReport
    {
        Tool = new ReportTool { Name = texts[0], Version = texts[1] },
        Run = new ReportRun
        {
            Id = texts[2],
            StartedAt = DateTimeOffset.UnixEpoch.AddSeconds(counts[0]),
            DurationSeconds = numbers[0],
            Project = texts[3],
            TargetFramework = some ? null : texts[4],
            Kind = "test",
            Shard = some ? new ReportShard { Index = counts[1], Count = counts[2] } : null,
            PullRequest = some ? counts[3] : null,
        },
        Testbed = new ReportTestbed { Fingerprint = texts[5], Os = texts[6], CpuModel = texts[7], LogicalProcessors = counts[0], MemoryBytes = (long)counts[1] * counts[2], Gpus = texts[8..] },
        Method = new ReportMethod
        {
            Cpu = new ReportMethodPart { Provenance = Provenance.Modeled, Source = texts[0], Detail = texts[1], Low = numbers[1], High = numbers[2] },
            Gpu = some ? new ReportMethodPart { Provenance = Provenance.Measured, Source = texts[2], Detail = texts[3], Low = 0, High = 1 } : null,
            Ram = new ReportMethodPart { Provenance = Provenance.Assumed, Source = texts[4], Detail = texts[5], Low = numbers[3], High = numbers[4] },
        },
        Intensities = [new ReportIntensity { Key = texts[6], Region = texts[7], Name = texts[8], GramsPerKilowattHour = numbers[5], Kind = "average", Basis = "lifecycle", Boundary = "production", Year = some ? null : counts[3], Source = texts[9], Assumed = some, Marginal = some ? null : new ReportMarginal { Region = texts[0], GramsPerKilowattHour = numbers[7], Basis = texts[1], Year = counts[2], Source = texts[3] } }],
        Pue = numbers[6],
        Dataset = new ReportDataset { Version = texts[0], Sha256 = texts[1] },
        Totals = new ReportTotals
        {
            EnergyJoules = numbers[0],
            TrackedJoules = numbers[1],
            UntrackedJoules = numbers[2],
            LowJoules = numbers[3],
            HighJoules = numbers[4],
            CorrectionJoules = numbers[5],
            OverheadJoules = numbers[6],
            IdleJoules = numbers[7],
            EmissionsGrams = numbers[8],
            UntrackedGrams = numbers[9],
            LowGrams = numbers[10],
            HighGrams = numbers[11],
            Intensity = texts[2],
        },
        Notices = some ? [] : [new ReportNotice { Code = texts[3], Message = texts[4] }],
        Windows = windows,
    });

    [Fact]
    public void A_line_of_a_journal_is_what_the_serializer_would_write() => Reports.Sample(report =>
    {
        JournalEntry[] lines =
        [
            new()
            {
                Header = new JournalHeader { Tool = report.Tool, Run = report.Run, Testbed = report.Testbed, Method = report.Method, Pue = report.Pue, Dataset = report.Dataset, Actual = report.Intensities[0] },
                DurationSeconds = report.Run.DurationSeconds,
                Totals = report.Totals,
                Open = report.Windows,
            },
            new() { Header = new JournalHeader { Tool = report.Tool, Run = report.Run with { Shard = new ReportShard { Index = 1, Count = 2 } }, Testbed = report.Testbed with { Gpus = ["a", "b"] }, Method = report.Method with { Gpu = report.Method.Cpu }, Pue = 1, Dataset = report.Dataset, Tariff = new ReportTariff { Text = "0.25 EUR/kWh", Currency = "EUR", Zone = "Europe/Paris", UtcOffsetMinutes = 60 } } },
            new() { Header = new JournalHeader { Tool = report.Tool, Run = report.Run with { Shard = new ReportShard { Index = 1, Count = 2 } }, Testbed = report.Testbed with { Gpus = ["a", "b"] }, Method = report.Method with { Gpu = report.Method.Cpu }, Pue = 1, Dataset = report.Dataset, EmbodiedMachine = new ReportEmbodiedMachine { TotalGrams = report.Pue, LifetimeSeconds = 1, Share = 0.5, Source = report.Run.Id }, FunctionalUnit = report.Run.Project } },
            new() { Header = new JournalHeader { Tool = report.Tool, Run = report.Run with { Runner = new ReportRunner { Provider = "github", Label = report.Run.Id, Ownership = "hosted", OwnershipSource = "set" } }, Testbed = report.Testbed, Method = report.Method, Pue = 1, Dataset = report.Dataset } },
            new() { Header = new JournalHeader { Tool = report.Tool, Run = report.Run, Testbed = report.Testbed, Method = report.Method, Pue = 1, Dataset = report.Dataset, Budgets = new JournalBudgets { Policy = new ReportBudgetPolicy { Bound = report.Run.Id, NotMeasurable = "warn" }, Problems = [report.Run.Id, "two"], Groups = [new JournalBudget { Scope = "run", EnergyJoules = report.Pue }, new JournalBudget { Scope = "class", Pattern = report.Run.Project, EmissionsGrams = 1, Problem = report.Run.Id }] } } },
            new() { Open = [.. report.Windows.Select(window => window with { EmbodiedGrams = window.EmissionsGrams })] },
            .. report.Windows.Select(window => new JournalEntry { Window = window }),
            .. report.Windows.Select(window => new JournalEntry { Window = window with { CostAmount = window.Energy.Joules } }),
            .. report.Intensities.Select(intensity => new JournalEntry { Intensity = intensity }),
            .. report.Notices.Select(notice => new JournalEntry { Notice = notice }),
            new(),
        ];
        foreach (var line in lines)
        {
            System.Text.Encoding.UTF8.GetString(ReportJson.Write(line))
                .ShouldBe(System.Text.Json.JsonSerializer.Serialize(line, LineJson.Default.JournalEntry));
        }
    }, iter: 300);

    /// <summary>Every character by itself, halves of pairs in every place, and a text that is longer than what a line begins with.</summary>
    [Fact]
    public void A_line_escapes_as_the_serializer_does()
    {
        var texts = Enumerable.Range(0, char.MaxValue + 1).Select(c => ((char)c).ToString()).Chunk(256).Select(chunk => string.Concat(chunk))
            .Concat(["", "\uD83C\uDF31", "\uDF31\uD83C", "\uD83C\uD83C\uDF31", "a\uD83C", "\uDF31b", new string('"', 100_000)]);
        foreach (var text in texts)
        {
            var line = new JournalEntry { Notice = new ReportNotice { Code = "", Message = text } };
            System.Text.Encoding.UTF8.GetString(ReportJson.Write(line))
                .ShouldBe(System.Text.Json.JsonSerializer.Serialize(line, LineJson.Default.JournalEntry));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_not_written_as_one(double number) =>
        Should.Throw<ArgumentException>(() => ReportJson.Write(new JournalEntry { DurationSeconds = number }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    [InlineData(1_230_000)]
    [InlineData(9_999_999)]
    public void A_moment_is_written_as_the_serializer_does(int ticks)
    {
        var moment = new DateTimeOffset(2026, 1, 31, 23, 59, 59, TimeSpan.FromHours(-3.5)).AddTicks(ticks);
        var json = new JsonLine();
        json.WriteString("at"u8, moment);

        System.Text.Encoding.UTF8.GetString(json.Written).ShouldBe($"\"at\":{System.Text.Json.JsonSerializer.Serialize(moment)}".Replace("\\u002B", "+"));
    }

    [Fact]
    public void What_is_written_is_read_again_to_the_last_bit() => Reports.Sample(report =>
    {
        var read = ReportJson.Read(ReportJson.Write(report));

        ReportJson.Write(read).ShouldBe(ReportJson.Write(report));
        read.Totals.ShouldBe(report.Totals);
        read.Run.ShouldBe(report.Run);
        read.Method.ShouldBe(report.Method);
        read.Intensities.ShouldBe(report.Intensities);
        for (var i = 0; i < report.Windows.Count; i++)
        {
            var (written, again) = (report.Windows[i], read.Windows[i]);
            again.Categories.ShouldBe(written.Categories);
            again.Metrics.ShouldBe(written.Metrics);
            (again with { Categories = written.Categories, Metrics = written.Metrics }).ShouldBe(written);
        }
    });

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_writes_and_reads_the_same(string culture)
    {
        using var run = new FakeRun();
        run.Test("A");
        var report = run.Report();
        var json = ReportJson.Write(report);

        HostileCulture.Run(culture, () =>
        {
            ReportJson.Write(report).ShouldBe(json);
            ReportJson.Read(json).Totals.ShouldBe(report.Totals);
            run.Report().Totals.ShouldBe(report.Totals);
        });
    }

    [Fact]
    public void Names_are_camel_case_and_choices_are_kebab_case()
    {
        using var run = new FakeRun();
        run.Test("A", request => request with { EnergyBudget = FakeRun.Budget("1 kJ") });

        var json = ReportJson.Write(run.Report());

        json.ShouldContain("\"schema\": \"eco2test/v1\"");
        json.ShouldContain("\"kind\": \"test\"");
        json.ShouldContain("\"verdict\": \"kept\"");
        json.ShouldContain("\"provenance\": \"modeled\"");
        json.ShouldContain("\"gramsPerKilowattHour\": 44.18");
        ReportJson.Write(run.Report() with { Windows = [.. run.Report().Windows.Select(window => window with { Quality = MeasurementQuality.BelowResolution, Verdict = BudgetVerdict.NotMeasurable })] })
            .ShouldSatisfyAllConditions(
                text => text.ShouldContain("\"quality\": \"below-resolution\""),
                text => text.ShouldContain("\"verdict\": \"not-measurable\""));
    }

    [Fact]
    public void Fields_that_this_version_does_not_know_are_passed_over()
    {
        using var run = new FakeRun();
        run.Test("A");
        var json = ReportJson.Write(run.Report());

        var read = ReportJson.Read("{\"weather\": {\"points\": [1, 2]}," + json[1..].Replace("\"totals\": {", "\"totals\": {\"future\": null,", StringComparison.Ordinal));

        ReportJson.Write(read).ShouldBe(json);
    }

    [Theory]
    [InlineData("", "it is not a report of schema 'eco2test/v1': ")]
    [InlineData("garbage", "it is not a report of schema 'eco2test/v1': ")]
    [InlineData("[]", "it is not a report of schema 'eco2test/v1': ")]
    [InlineData("{}", "it is not a report of schema 'eco2test/v1': ")]
    [InlineData("{\"schema\":\"eco2test/v1\"}", "it is not a report of schema 'eco2test/v1': ")]
    [InlineData("null", "it is the JSON value null, not a report")]
    public void What_is_no_report_says_why(string json, string message) =>
        Should.Throw<FormatException>(() => ReportJson.Read(json)).Message.ShouldStartWith(message);

    [Fact]
    public void A_report_of_another_schema_is_named()
    {
        using var run = new FakeRun();
        run.Test("A");
        var json = ReportJson.Write(run.Report());

        Should.Throw<FormatException>(() => ReportJson.Read(json.Replace("eco2test/v1", "eco2test/v2", StringComparison.Ordinal)))
            .Message.ShouldBe("its schema is 'eco2test/v2'; this version reads 'eco2test/v1'");
        Should.Throw<FormatException>(() => ReportJson.Read(json[..^20]));
        Should.Throw<FormatException>(() => ReportJson.Read(json.Replace("\"quality\": \"ok\"", "\"quality\": 0", StringComparison.Ordinal)));
        Should.Throw<FormatException>(() => ReportJson.Read(json.Replace("\"quality\": \"ok\"", "\"quality\": \"perfect\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_written_has_each_member_under_the_name_that_it_is_read_by()
    {
        foreach (var report in new[] { SampleReports.Shop(), SampleReports.Timed(), SampleReports.Priced(), SampleReports.Build() })
        {
            var written = JsonNode.Parse(ReportJson.Write(report));

            JsonNode.DeepEquals(written, JsonSerializer.SerializeToNode(report, ReadJson.Default.EmissionsReport)).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_member_that_must_be_there_may_not_be_null()
    {
        using var run = new FakeRun();
        run.Test("A");
        var report = run.Report();

        foreach (var broken in new[] { report with { Windows = null! }, report with { Totals = null! }, report with { Run = null! } })
        {
            Should.Throw<FormatException>(() => ReportJson.Read(ReportJson.Write(broken))).Message.ShouldContain("null");
        }
    }

    /// <summary>All records of a report that a file can lack a member of: those of before had fewer.</summary>
    public static TheoryData<Type, string> MembersThatMayBeMissing => [.. typeof(EmissionsReport).Assembly.GetTypes()
        .Where(type => type is { IsPublic: true, IsAbstract: false, Namespace: "Eco2Test.Reports" } && ReadJson.Default.GetTypeInfo(type) is not null)
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(MayBeMissing).Select(member => (type, member.Name)))];

    [Theory]
    [MemberData(nameof(MembersThatMayBeMissing))]
    public void A_member_that_is_missing_or_null_has_the_value_that_its_documentation_names(Type type, string member)
    {
        var whole = type == typeof(EmissionsReport) ? SampleReports.Shop() : Activator.CreateInstance(type)!;
        var property = type.GetProperty(member)!;
        var expected = property.GetValue(Activator.CreateInstance(type));
        var json = (JsonObject)JsonSerializer.SerializeToNode(whole, ReadJson.Default.GetTypeInfo(type)!)!;
        var name = JsonNamingPolicy.CamelCase.ConvertName(member);

        json.Remove(name);
        property.GetValue(json.Deserialize(ReadJson.Default.GetTypeInfo(type)!)).ShouldBe(expected);

        if (!property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null)
        {
            json[name] = null;
            property.GetValue(json.Deserialize(ReadJson.Default.GetTypeInfo(type)!)).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_report_of_before_is_read_though_it_lacks_whatever_may_be_missing()
    {
        var report = SampleReports.Priced();
        var json = (JsonObject)JsonNode.Parse(ReportJson.Write(report))!;
        foreach (var lists in new[] { "notices", "pue", "prices", "timeline" })
        {
            json.Remove(lists);
        }

        json["testbed"]!.AsObject().Remove("gpus");
        foreach (var window in json["windows"]!.AsArray())
        {
            foreach (var member in new[] { "attempt", "count", "categories", "metrics", "outcome", "verdict", "timeline" })
            {
                window!.AsObject().Remove(member);
            }
        }

        var read = ReportJson.Read(json.ToJsonString());

        (read.Pue, read.Notices.Count, read.Testbed.Gpus.Count).ShouldBe((1, 0, 0));
        read.Windows.ShouldAllBe(window => window.Attempt == 1 && window.Count == 1 && window.Categories.Count == 0 && window.Metrics.Count == 0);
        read.Windows.ShouldAllBe(window => window.Outcome == TestOutcome.Unknown && window.Verdict == BudgetVerdict.None);
    }

    [Fact]
    public void The_attachment_of_a_window_is_JSON_of_its_own_schema()
    {
        using var run = new FakeRun();
        var closed = run.Test("A");

        var json = System.Text.Encoding.UTF8.GetString(ReportJson.Write(run.Run.Attachment(closed)));

        json.ShouldContain("\"schema\": \"eco2test-window/v1\"");
        Should.Throw<FormatException>(() => ReportJson.Read(json));
    }

    /// <summary>A file that names no schema is no report.</summary>
    private static bool MayBeMissing(PropertyInfo member) =>
        member is { CanWrite: true, Name: not nameof(EmissionsReport.Schema) } && !member.IsDefined(typeof(RequiredMemberAttribute));
}
