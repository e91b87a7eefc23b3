using Eco2Test.Carbon;

namespace Eco2Test.Core.Tests.Carbon;

/// <summary>Time series of the user's: what is read, and what is said of what is not.</summary>
public sealed class FileIntensitySourceTests
{
    private static readonly DateTimeOffset Two = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("from,to,gCO2_per_kWh\n2026-03-01T14:00Z,2026-03-01T15:00Z,44.2\n2026-03-01T15:00Z,2026-03-01T16:00Z,41\n")]
    [InlineData("datetime,gCO2_per_kWh\n2026-03-01T14:00Z,44.2\n2026-03-01T15:00Z,41\n")]
    [InlineData("\uFEFFdatetime,gCO2_per_kWh\r\n2026-03-01T15:00:00+01:00,44.2\r\n2026-03-01 16:00:00+01:00,41\r\n")]
    [InlineData("# from the grid operator\n\ndatetime;intensity\n2026-03-01T14:00:00.000Z;44.2\n# a remark\n2026-03-01T15:00Z;4.1e1\n;\n")]
    [InlineData("Time\tgCO2eq/kWh\n2026-03-01T14:00z\t44.2\n2026-03-01T15:00Z\t41\n")]
    [InlineData("\"start\",\"note\",\"Carbon intensity gCO₂eq/kWh (direct)\"\n\"2026-03-01T14:00Z\",\"a, \"\"b\"\"\",\"44.2\"\n2026-03-01T15:00Z,,41\n")]
    [InlineData("Datetime (UTC),Country,gramsPerKilowattHour\n2026-03-01 14:00:00,France,44.2\n2026-03-01 15:00:00,France,41\n")]
    [InlineData("datetime,gCO2_per_kWh\n2026-03-01T15:00Z,41\n2026-03-01T14:00Z,44.2\n")]
    public async Task A_table_is_read_however_it_is_written(string text)
    {
        foreach (var culture in (string[])["", .. HostileCulture.Names.Select(row => row.Data)])
        {
            FileIntensitySource? source = null;
            HostileCulture.Run(culture, () => source = Csv(text));

            var series = await ReadAsync(source!, Two, Two.AddHours(2));

            (series.Source, series.Zone, series.Kind, series.Basis, series.Boundary).ShouldBe(("mine.csv", "FR", IntensityKind.Average, "unstated", "unstated"));
            series.Points.Select(point => (point.From, point.To, point.Intensity.GramsPerKilowattHour, point.IsEstimated)).ShouldBe(
                [(Two, Two.AddHours(1), 44.2, false), (Two.AddHours(1), Two.AddHours(2), 41, false)]);
            series.Notices.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("""[{"from":"2026-03-01T14:00Z","to":"2026-03-01T15:00Z","gramsPerKilowattHour":44.2},{"from":"2026-03-01T15:00Z","to":"2026-03-01T16:00Z","gramsPerKilowattHour":41}]""")]
    [InlineData("""{"zone":"FR","history":[{"zone":"FR","carbonIntensity":44.2,"datetime":"2026-03-01T14:00:00.000Z","more":{"a":[1]}},{"carbonIntensity":41,"datetime":"2026-03-01T15:00:00.000Z"}]}""")]
    [InlineData("""{"data":[{"carbonIntensity":44.2,"datetime":"2026-03-01T14:00:00.000Z","isEstimated":false},{"carbonIntensity":41,"datetime":"2026-03-01T15:00:00.000Z"}],"zone":"FR"}""")]
    [InlineData("\uFEFF// mine\n[{\"from\":\"2026-03-01T14:00Z\",\"gramsPerKilowattHour\":\"44.2\"},\n{\"from\":\"2026-03-01T15:00Z\",\"gramsPerKilowattHour\":41},]")]
    public async Task Json_is_read_however_it_is_written(string text)
    {
        var series = await ReadAsync(Json(text), Two, Two.AddHours(2));

        series.Points.Select(point => (point.From, point.To, point.Intensity.GramsPerKilowattHour)).ShouldBe(
            [(Two, Two.AddHours(1), 44.2), (Two.AddHours(1), Two.AddHours(2), 41)]);
        series.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_file_says_of_itself_is_taken_over()
    {
        var series = await ReadAsync(
            Csv("from,to,gCO2_per_kWh,estimated,kind,basis,boundary\n2026-03-01T14:00Z,2026-03-01T15:00Z,44,yes,Marginal,direct,production\n2026-03-01T15:00Z,2026-03-01T16:00Z,41,,marginal,direct,production\n"),
            Two, Two.AddHours(2));

        (series.Kind, series.Basis, series.Boundary).ShouldBe((IntensityKind.Marginal, "direct", "production"));
        series.Points.Select(point => point.IsEstimated).ShouldBe([true, false]);
    }

    [Theory]
    [InlineData("""{"kind":"marginal","history":[{"carbonIntensity":1,"datetime":"2026-03-01T14:00Z"},{"carbonIntensity":2,"datetime":"2026-03-01T15:00Z"}]}""")]
    [InlineData("""{"history":[{"carbonIntensity":1,"datetime":"2026-03-01T14:00Z"},{"carbonIntensity":2,"datetime":"2026-03-01T15:00Z"}],"kind":"marginal"}""")]
    [InlineData("""[{"carbonIntensity":1,"datetime":"2026-03-01T14:00Z","kind":"marginal"},{"carbonIntensity":2,"datetime":"2026-03-01T15:00Z","kind":"marginal"}]""")]
    public async Task A_marginal_series_is_never_taken_for_an_average(string text) =>
        (await ReadAsync(Json(text), Two, Two.AddHours(2))).Kind.ShouldBe(IntensityKind.Marginal);

    [Fact]
    public async Task A_value_that_is_missing_leaves_a_gap()
    {
        foreach (var source in new[]
        {
            Csv("datetime,gCO2_per_kWh\n2026-03-01T14:00Z,44\n2026-03-01T15:00Z,\n2026-03-01T16:00Z,40\n"),
            Json("""{"history":[{"carbonIntensity":44,"datetime":"2026-03-01T14:00Z"},{"carbonIntensity":null,"datetime":"2026-03-01T15:00Z"},{"carbonIntensity":40,"datetime":"2026-03-01T16:00Z"}]}"""),
        })
        {
            var series = await ReadAsync(source, Two, Two.AddHours(3));

            series.Points.Select(point => point.From.Hour).ShouldBe([14, 16]);
            series.Notices.ShouldHaveSingleItem().ShouldBe("1 of 3 hours has no value");
        }
    }

    [Fact]
    public async Task A_row_that_holds_longer_than_the_others_is_said()
    {
        var series = await ReadAsync(Csv("datetime,g/kWh\n2026-03-01T14:00Z,44\n2026-03-01T15:00Z,43\n2026-03-01T17:00Z,40\n2026-03-01T18:00Z,40\n"), Two, Two.AddHours(5));

        series.Points.Count.ShouldBe(4);
        series.Notices.ShouldHaveSingleItem().ShouldBe("1 of 4 values hold longer than the usual 60 minutes, the first of them in line 3: rows may be missing");
    }

    [Fact]
    public async Task Another_time_than_the_files_is_said()
    {
        var source = Csv("from,to,gCO2_per_kWh\n2026-03-01T14:00Z,2026-03-01T15:00Z,44.2\n");

        (await Should.ThrowAsync<IntensitySourceException>(() => ReadAsync(source, Two.AddDays(1), Two.AddDays(2)))).Message
            .ShouldBe("mine.csv has values from 2026-03-01T14:00Z to 2026-03-01T15:00Z, and none between 2026-03-02T14:00Z and 2026-03-03T14:00Z; name a file of that time");
        (await ReadAsync(source, Two.AddMinutes(30), Two.AddHours(2))).Notices.ShouldHaveSingleItem().ShouldBe("1 of 1.5 hours has no value");
    }

    [Theory]
    [InlineData("", "the file is empty; the first line names the columns")]
    [InlineData("# nothing\n", "the file is empty")]
    [InlineData("from,to,gCO2_per_kWh\n", "there is no row with a value")]
    [InlineData("2026-03-01T14:00Z,44\n", "line 1: there is no column with a time")]
    [InlineData("datetime,lbs_co2_per_mwh\n", "line 1: there is no column with an intensity in gCO2 per kWh")]
    [InlineData("datetime,kgCO2/kWh\n", "line 1: there is no column with an intensity")]
    [InlineData("datetime,gCO2/kWh (direct),gCO2/kWh (lifecycle)\n", "line 1, column 3: 'gCO2/kWh (lifecycle)' and 'gCO2/kWh (direct)' mean the same")]
    [InlineData("datetime,g/kWh\n2026-03-01T14:00,44\n", "line 2, column 1: '2026-03-01T14:00' has no offset from UTC, so that nobody knows which hour it is; write it like '2026-03-01T14:00Z'")]
    [InlineData("datetime,g/kWh\n2026-03-01T14:00Z,44\n01.03.2026 15:00,44\n", "line 3, column 1: '01.03.2026 15:00' is no time; write it like '2026-03-01T14:00Z'")]
    [InlineData("datetime,g/kWh\n2026-13-01T14:00Z,44\n", "line 2, column 1: '2026-13-01T14:00Z' is no time")]
    [InlineData("datetime;g/kWh\n2026-03-01T14:00Z;44,2\n", "line 2, column 2: '44,2' is no number; write gCO2/kWh with a decimal point, like 44.2")]
    [InlineData("datetime,g/kWh\n2026-03-01T14:00Z,44,2\n", "line 2: 3 fields where the header has 2 columns")]
    [InlineData("datetime,g/kWh\n2026-03-01T14:00Z,-1\n", "line 2, column 2: '-1' cannot be gCO2/kWh, which is from 0 to 5000")]
    [InlineData("datetime,g/kWh\n2026-03-01T14:00Z,NaN\n", "line 2, column 2: 'NaN' cannot be gCO2/kWh")]
    [InlineData("datetime,g/kWh\n2026-03-01T14:00Z,440000\n", "line 2, column 2: '440000' cannot be gCO2/kWh")]
    [InlineData("datetime,g/kWh\n2026-03-01T14:00Z,44\n", "line 2: a single row does not say until when its value holds; add a column 'to'")]
    [InlineData("datetime,g/kWh\n2026-03-01T14:00Z,44\n2026-03-01T14:00Z,45\n", "line 3: 2026-03-01T14:00Z is already told by line 2")]
    [InlineData("from,to,g/kWh\n2026-03-01T14:00Z,2026-03-01T16:00Z,44\n2026-03-01T15:00Z,2026-03-01T16:00Z,45\n", "line 3: 2026-03-01T15:00Z is already told by line 2")]
    [InlineData("from,to,g/kWh\n2026-03-01T14:00Z,2026-03-01T14:00Z,44\n", "line 2, column 2: '2026-03-01T14:00Z' is not later than")]
    [InlineData("from,to,g/kWh,estimated\n2026-03-01T14:00Z,2026-03-01T15:00Z,44,perhaps\n", "line 2, column 4: 'perhaps' is neither 'true' nor 'false'")]
    [InlineData("from,to,g/kWh,kind\n2026-03-01T14:00Z,2026-03-01T15:00Z,44,avrage\n", "line 2, column 4: 'avrage' is neither 'average' nor 'marginal'")]
    [InlineData("from,to,g/kWh,kind\n2026-03-01T14:00Z,2026-03-01T15:00Z,44,average\n2026-03-01T15:00Z,2026-03-01T16:00Z,44,marginal\n", "line 3: kind is 'marginal', and 'average' in line 2")]
    [InlineData("datetime,g/kWh\n\"2026-03-01T14:00Z,44\n", "line 2, column 1: a quote is opened and not closed")]
    [InlineData("datetime,g/kWh\n\u001b[2J,44\n", "line 2, column 1: ' [2J' is no time")]
    public void What_is_wrong_with_a_table_is_said_with_its_place(string text, string says) =>
        Should.Throw<FormatException>(() => Csv(text)).Message.ShouldStartWith(says);

    [Theory]
    [InlineData("", "line 1, column 1: this is no JSON")]
    [InlineData("gCO2", "line 1, column 1: this is no JSON")]
    [InlineData("[{\"from\":", "line 1, column 10: this is no JSON")]
    [InlineData("[] []", "line 1, column 4: this is no JSON")]
    [InlineData("""[{"from":"2026-03-01T14:00Z","g/kWh":"\ud800"}]""", "line 1, column 38: this is no text")]
    [InlineData("""[{"\ud800":"2026-03-01T14:00Z","g/kWh":1}]""", "line 1, column 3: this is no text")]
    [InlineData("42", "line 1, column 1: an array of objects is expected")]
    [InlineData("[42]", "line 1, column 2: an array of objects is expected")]
    [InlineData("{}", "line 1: the object has no array 'history', 'data' or 'forecast'")]
    [InlineData("[]", "there is no row with a value")]
    [InlineData("[\n  {\"gramsPerKilowattHour\": 4}]", "line 2, column 3: there is no time")]
    [InlineData("[{\"from\": \"2026-03-01T14:00Z\"}]", "line 1, column 2: there is no intensity")]
    [InlineData("[{\"from\": \"2026-03-01T14:00Z\",\n\"gramsPerKilowattHour\": \"é\", \"to\": 5}]", "line 2, column 36: '5' is no time")]
    [InlineData("[{\"from\": \"2026-03-01T14:00Z\",\n\"gramsPerKilowattHour\": -4}]", "line 2, column 25: '-4' cannot be gCO2/kWh")]
    [InlineData("[{\"from\": \"2026-03-01T14:00\", \"gramsPerKilowattHour\": 4}]", "line 1, column 11: '2026-03-01T14:00' has no offset from UTC")]
    [InlineData("[{\"from\": [1], \"gramsPerKilowattHour\": 4}]", "line 1, column 11: an object or an array stands where a value is expected")]
    [InlineData("[{\"from\": \"2026-03-01T14:00Z\", \"start\": \"2026-03-01T14:00Z\"}]", "line 1, column 41: two properties of the object mean the same")]
    public void What_is_wrong_with_json_is_said_with_its_place(string text, string says) =>
        Should.Throw<FormatException>(() => Json(text)).Message.ShouldStartWith(says);

    [Fact]
    public async Task A_year_every_five_minutes_is_read_at_once()
    {
        const int Count = 365 * 288;
        var rows = Enumerable.Range(0, Count).Select(step => $"{{\"from\":\"{IsoTime.Minute(Two.AddMinutes(5 * step))}\",\"gramsPerKilowattHour\":{step % 900}}}");

        var series = await ReadAsync(Json($"[{string.Join(',', rows)}]"), Two, Two.AddDays(365));

        series.Points.Count.ShouldBe(Count);
        series.Notices.ShouldBeEmpty();
    }

    private static FileIntensitySource Csv(string text) => FileIntensitySource.ReadCsv("mine.csv", new StringReader(text));

    private static FileIntensitySource Json(string text) => FileIntensitySource.ReadJson("mine.json", new StringReader(text));

    private static Task<IntensitySeries> ReadAsync(FileIntensitySource source, DateTimeOffset from, DateTimeOffset to) =>
        source.ReadAsync(new IntensityQuery(RegionCatalog.Default.FindPlace("FR")!, from, to), CancellationToken.None);
}
