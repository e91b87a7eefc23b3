using CsCheck;
using Eco2Test.TestKit;
using Eco2Test.Units;

namespace Eco2Test.Reporting.Tests;

public sealed class Eco2AiFormatTests
{
    private static readonly Eco2AiRow Row = new()
    {
        Id = "6abc598e-c680-4e99-a9ee-4d02a9be656f",
        Project = "Default project name",
        Experiment = "no experiment description",
        StartedAt = new DateTime(2026, 10, 6, 1, 17, 23),
        Duration = TimeSpan.FromSeconds(7.4),
        Energy = Energy.FromKilowattHours(0.002),
        Emissions = Emissions.FromGrams(0.0625),
        Cpu = "AMD EPYC/1 device(s), TDP:500.0",
        Gpu = " 0 device(s)",
        OperatingSystem = "Linux",
        Place = "CH/Ticino",
    };

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void A_row_is_written_as_pandas_writes_it_in_every_culture(string culture) => InCulture.Run(culture, Row.Write).ShouldBe(
        "6abc598e-c680-4e99-a9ee-4d02a9be656f,Default project name,no experiment description,N/A,2026-10-06 01:17:23,7.4,0.002,6.25e-05,"
        + "\"AMD EPYC/1 device(s), TDP:500.0\", 0 device(s),Linux,CH/Ticino,0");

    [Fact]
    public void An_epoch_has_its_parameters_as_python_writes_them() => InCulture.Run(
        "de-DE", () => Eco2AiRow.EpochText(1, [new("loss", 1), new("rate", 1e-5), new("top", 0.5f), new("warm", true), new("name", "a, b"), new("none", null!)]))
        .ShouldBe("epoch: 1, loss: 1, rate: 1e-05, top: 0.5, warm: True, name: a, b, none: None, ");

    [Fact]
    public void Any_text_and_any_figures_are_read_as_they_were_written() => Gen.Select(
        Gen.String, Gen.String[Gen.Char["ab,\"\n\r =@"], 0, 12], Gen.Double[0, 1e6], Gen.Double[0, 1e6]).Sample((id, project, kilowattHours, cost) =>
    {
        var row = Row with { Id = id, Project = project, Energy = Energy.FromKilowattHours(kilowattHours), Cost = cost };

        var file = ExperimentFile.Read($"{Eco2AiRow.Header}\n{row.Write()}\n{Row.Write()}\n");

        file.Format.Name.ShouldBe("Eco2AI");
        file.Skipped.ShouldBeEmpty();
        file.Rows.Count.ShouldBe(2);
        (file.Rows[0].Id, file.Rows[0].Project, file.Rows[0].Cost).ShouldBe((id, project, cost));
        file.Rows[0].Energy.KilowattHours.ShouldBe(kilowattHours, 1e-9);
        (file.Rows[1].Project, file.Rows[1].Duration, file.Rows[1].Emissions.Grams).ShouldBe((Row.Project, Row.Duration, 0.0625));
    });

    [Fact]
    public void A_formula_stays_the_text_that_it_is() => (Row with { Project = "=cmd|'/C calc'!A0" }).Write().ShouldContain(",=cmd|'/C calc'!A0,");

    [Fact]
    public void Sums_are_made_by_project_and_in_all_and_written_as_eco2ai_writes_them()
    {
        var text = string.Join('\n', Eco2AiRow.Header, (Row with { Project = "b", Cost = 0.5 }).Write(), (Row with { Project = "a, the first" }).Write(), (Row with { Project = "b" }).Write());

        var summary = EmissionsSummary.Of(text);

        summary.Projects.Select(project => (project.Name, project.Rows, project.Cost)).ShouldBe([("a, the first", 1, null), ("b", 2, 0.5)]);
        var written = new StringWriter();
        InCulture.Run("de-DE", () =>
        {
            summary.Write(written);
            return true;
        });
        written.ToString().ShouldBe(
            """
            ,project_name,total duration(s),total power_consumption(kWh),total CO2_emissions(kg),total electricity cost
            0,"a, the first",7.4,0.002,6.25e-05,0.0
            1,b,14.8,0.004,0.000125,0.5
            2,All the projects,22.2,0.006,0.0001875,0.5

            """);
    }

    [Fact]
    public void What_eco2ai_itself_wrote_is_read()
    {
        const string Text = """
            id,project_name,experiment_description,epoch,start_time,duration(s),power_consumption(kWh),CO2_emissions(kg),CPU_name,GPU_name,OS,region/country,cost
            6abc598e,P,"two
            lines",N/A,2026-10-06 01:17:23,0.007401227951049805,0.002,7.844e-05,"CPU/1 device(s), TDP:45",CPU 0 device(s),Windows,CH/Ticino,0
            6abc598e,P,x,"epoch: 1, loss: 1, ",2026-10-06 01:17:23,1.5,0.001,1e-05,"CPU/1 device(s), TDP:45",CPU 0 device(s),Windows,CH/Ticino,N/A
            """;

        var summary = EmissionsSummary.Of(Text.Replace("\n", "\r\n"));

        (summary.All.Rows, summary.All.Cost, summary.Skipped.Count).ShouldBe((2, null, 0));
        summary.All.Energy.KilowattHours.ShouldBe(0.003, 1e-12);
        summary.All.Duration.TotalSeconds.ShouldBe(1.5074012, 1e-7);
    }

    [Fact]
    public void Columns_that_a_newer_version_appends_are_no_hindrance() =>
        EmissionsSummary.Of($"{Eco2AiRow.Header},CPU_consumption(kWh)\n{Row.Write()},0.1\n").All.Rows.ShouldBe(1);

    [Theory]
    [InlineData("id,P,e,N/A,2026-10-06 01:17:23,1.0", "it has 6 fields, and the file has 13 columns")]
    [InlineData("id,P,e,N/A,t,1.0,none,0.1,c,g,o,r,0", "its power_consumption(kWh) is 'none', which is no figure of a run")]
    [InlineData("id,P,e,N/A,t,inf,0.1,0.1,c,g,o,r,0", "its duration(s) is 'inf', which is no figure of a run")]
    [InlineData("id,P,e,N/A,t,1.0,0.1,1e300,c,g,o,r,0", "its CO2_emissions(kg) is '1e300', which is no figure of a run")]
    [InlineData("id,\"P", "it ends inside a quoted field: the row was cut off")]
    public void A_row_that_is_none_is_left_out_and_said_with_its_line(string row, string reason)
    {
        var summary = EmissionsSummary.Of($"{Eco2AiRow.Header}\n{Row.Write()}\n{row}\n");

        summary.All.Rows.ShouldBe(1);
        summary.Skipped.ShouldBe([new SkippedRow(3, reason)]);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\n\n", "it is empty")]
    [InlineData("a,b\n1,2\n", "it has the columns 'a,b'; a file of Eco2AI has id, project_name, duration(s), power_consumption(kWh), CO2_emissions(kg), and one of CodeCarbon")]
    public void A_file_of_something_else_is_said_to_be_one(string text, string says) =>
        Should.Throw<FormatException>(() => EmissionsSummary.Of(text)).Message.ShouldContain(says);
}
