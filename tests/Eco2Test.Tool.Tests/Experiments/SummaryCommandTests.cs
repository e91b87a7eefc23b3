using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests.Experiments;

public sealed class SummaryCommandTests : IDisposable
{
    private const string Eco2Ai = """
        id,project_name,experiment_description,epoch,start_time,duration(s),power_consumption(kWh),CO2_emissions(kg),CPU_name,GPU_name,OS,region/country,cost
        a,sentiment,x,"epoch: 1, loss: 1, ",2026-10-06 01:17:23,90.0,0.001,5e-05,c,g,Linux,FR,0.25
        a,sentiment,x,N/A,2026-10-06 01:18:53,10.0,0.0005,2.5e-05,c,g,Linux,FR,0.125
        b,=vision,x,N/A,2026-10-06 01:18:53,5.0,0.0005,2.5e-05,c,g,Linux,FR,0
        c,cut,x,N/A,2026-10
        """;

    private const string CodeCarbon = "timestamp,project_name,run_id,duration,emissions,energy_consumed\n2026,p,r,3600,0.5,1.5\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("eco2test").FullName;

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void Both_formats_are_added_up_by_project_and_what_is_left_out_is_said(string culture)
    {
        var (first, second) = (File("emission.csv", Eco2Ai), File("emissions.csv", CodeCarbon));

        var run = InCulture.Run(culture, () => ToolRun.Of("summary", first, second));

        run.ExitCode.ShouldBe(0, run.Error);
        Approved.Matches(run.Output.Replace(_folder + Path.DirectorySeparatorChar, ""), "Summary.of-two-files");
    }

    [Fact]
    public void As_json_the_figures_have_their_units_in_their_names()
    {
        var run = ToolRun.Of("summary", File("emission.csv", Eco2Ai), "--format", "json");

        using var json = JsonDocument.Parse(run.Output);
        var file = json.RootElement[0];
        file.GetProperty("format").GetString().ShouldBe("Eco2AI");
        file.GetProperty("projects")[1].GetProperty("energyJoules").GetDouble().ShouldBe(5400, 1e-6);
        file.GetProperty("all").GetProperty("emissionsGrams").GetDouble().ShouldBe(0.1, 1e-12);
        file.GetProperty("projects")[0].GetProperty("cost").ValueKind.ShouldBe(JsonValueKind.Null);
        file.GetProperty("skipped")[0].GetProperty("line").GetInt32().ShouldBe(5);
    }

    [Fact]
    public void A_file_that_is_none_is_wrong_input_and_hides_none_of_the_others()
    {
        ToolRun.Of("summary", Path.Combine(_folder, "no.csv")).ShouldBeWrongInput("ECO4001", "There is no file");
        ToolRun.Of("summary", File("other.csv", "a,b\n1,2\n")).ShouldBeWrongInput("ECO4020", "it has the columns 'a,b'");
        ToolRun.Of("summary", _folder).ShouldBeWrongInput("ECO4001");
        ToolRun.Of("summary", File("other.csv", ""), File("emission.csv", Eco2Ai)).Output.ShouldContain("sentiment");
    }

    [Fact]
    public void A_pipe_is_read_like_a_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A path of a pipe is known of Linux.");
        var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var end = pipe.ClientSafePipeHandle;
        pipe.Write(Encoding.UTF8.GetBytes(Eco2Ai));
        pipe.Dispose();

        var run = ToolRun.Of("summary", $"/proc/self/fd/{end.DangerousGetHandle()}");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("sentiment");
    }

    [Fact]
    public void Json_is_readable_in_every_language() =>
        ToolRun.Of("summary", File("emission.csv", Eco2Ai.Replace("sentiment", "Übersetzung 'née'")), "--format", "json").Output.ShouldContain("Übersetzung 'née'");

    [Fact]
    public void Help_has_examples()
    {
        var help = ToolRun.Of("summary", "--help");

        help.ExitCode.ShouldBe(0);
        help.Output.ShouldContain("eco2test summary emission.csv");
        help.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
