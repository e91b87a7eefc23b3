using System.Text.Json;
using Eco2Test.TestKit;

namespace Eco2Test.Tool.Tests;

public sealed class EstimateCommandTests
{
    private static readonly string[] Training = ["--gpu", "V100", "--count", "8", "--hours", "36", "--region", "US"];

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void I_see_the_figure_its_bounds_and_where_each_part_comes_from(string culture) =>
        Approved.Matches(WithoutVersion(InCulture.Run(culture, () => Run([.. Training, "--utilization", "0.432"]))), "Estimate.with-utilization");

    [Fact]
    public void Without_a_utilization_I_see_bounds_and_no_figure() => Approved.Matches(WithoutVersion(Run(Training)), "Estimate.bounds-only");

    [Fact]
    public void I_see_all_kinds_of_devices_and_the_whole_work() => Approved.Matches(
        WithoutVersion(Run("--gpu", "2xA100", "--cpu", "AMD EPYC 7763", "--cores", "4", "--ram", "64", "--hours", "9.75", "--utilization", "0.5", "--region", "aws:eu-west-3", "--fraction", "0.13")),
        "Estimate.of-many");

    [Fact]
    public void I_get_a_sentence_for_LaTeX_in_which_nothing_of_a_name_is_markup() => Approved.Matches(
        WithoutVersion(Run("--instance", "azure:Standard_NC24ads_A100_v4", "--hours", "36", "--utilization", "0.432", "--region", "US", "--pue", "1.2", "--fraction", "0.5", "--format", "latex")),
        "Estimate.latex");

    [Fact]
    public void I_get_a_sentence_for_Markdown_in_which_nothing_of_a_name_is_markup() => Approved.Matches(
        WithoutVersion(Run("--instance", "azure:Standard_NC24ads_A100_v4", "--hours", "36", "--region", "US", "--format", "markdown")), "Estimate.markdown");

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void I_can_have_JSON(string culture)
    {
        var run = InCulture.Run(culture, () => Run([.. Training, "--utilization", "0.432", "--format", "json"]));

        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        root.GetProperty("schema").GetString().ShouldBe("eco2test-estimate/v1");
        root.GetProperty("kilowattHours").GetProperty("central").GetDouble().ShouldBe(37.3248, 1e-9);
        root.GetProperty("emissionsGrams").GetProperty("central").GetDouble().ShouldBe(37.3248 * 383.55, 1e-6);
        root.GetProperty("intensity").GetProperty("source").GetString().ShouldBe("EMBER");
        root.GetProperty("equivalents")[0].GetProperty("count").GetProperty("central").GetDouble().ShouldBe(37.3248 * 383.55 / 244.2, 1e-6);
        root.TryGetProperty("whole", out _).ShouldBeFalse();
    }

    [Fact]
    public void JSON_has_no_figure_where_there_is_none()
    {
        using var json = JsonDocument.Parse(Run([.. Training, "--format", "json"]).Output);

        json.RootElement.GetProperty("kilowattHours").GetProperty("central").ValueKind.ShouldBe(JsonValueKind.Null);
        json.RootElement.GetProperty("kilowattHours").GetProperty("high").GetDouble().ShouldBe(86.4, 1e-9);
        json.RootElement.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!).ShouldContain(note => note.Contains("bounds", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", "7.93", "4.32", "0.33 kg")]
    [InlineData("8", "7.85", "9.75", "5.89 kg")]
    public void What_Eco2AI_publishes_comes_out_at_the_intensity_that_it_used(string count, string tenths, string hours, string kilograms)
    {
        var run = Run("--gpu", "A100", "--count", count, "--utilization", $"0.{tenths.Replace(".", "", StringComparison.Ordinal)}", "--hours", hours, "--intensity", "240.56 g/kWh");

        run.Output.ShouldContain(kilograms.StartsWith("0.", StringComparison.Ordinal) ? "Emissions      330 g CO2e" : $"Emissions      {kilograms} CO2e");
        run.Output.ShouldContain("240.56 g/kWh, as given");
        run.Output.ShouldNotContain("assumed");
    }

    [Fact]
    public void Without_a_region_the_world_is_assumed_and_this_is_said() =>
        Run("--gpu", "V100", "--hours", "1").Output.ShouldContain("No region was named: the world is assumed. Set --region.");

    [Fact]
    public void The_PUE_is_that_of_the_region_of_the_cloud_unless_I_say_another()
    {
        Run("--gpu", "V100", "--hours", "1", "--region", "aws:eu-west-3").Output.ShouldContain("PUE          1.2, GreenAlgorithms provider default, undated");
        Run("--gpu", "V100", "--hours", "1", "--region", "aws:eu-west-3", "--pue", "1.05").Output.ShouldContain("PUE          1.05, as given");
        Run("--gpu", "V100", "--hours", "1", "--region", "FR").Output.ShouldContain("PUE          1, none is known of this place");
    }

    [Fact]
    public void A_short_name_says_what_it_was_taken_for() =>
        Run("--gpu", "A100", "--hours", "1").Output.ReplaceLineEndings(" ").ShouldContain("'A100' is taken for NVIDIA A100-SXM4-40GB; others are");

    [Fact]
    public void A_number_before_a_name_is_how_many()
    {
        Run("--gpu", "8xV100", "--hours", "1").Output.ShouldStartWith("8 × Tesla V100-SXM2-16GB for 1 h\n");
        Run("--gpu", "8 × V100", "--cpu", "2 x AMD EPYC 7763", "--hours", "1").Output.ShouldStartWith("8 × Tesla V100-SXM2-16GB and 2 × AMD EPYC 7763 for 1 h\n");
    }

    [Theory]
    [InlineData("ECO4000", "'-3' is not possible for --hours: a number above 0", "--gpu", "V100", "--hours", "-3")]
    [InlineData("ECO4000", "'0' is not possible for --hours", "--gpu", "V100", "--hours", "0")]
    [InlineData("ECO4000", "'NaN' is not possible for --hours", "--gpu", "V100", "--hours", "NaN")]
    [InlineData("ECO4000", "'1,5' is not possible for --hours", "--gpu", "V100", "--hours", "1,5")]
    [InlineData("ECO4000", "Option '--hours' is required", "--gpu", "V100")]
    [InlineData("ECO4000", "'43' is not possible for --utilization: a number from 0 to 1, such as 0.43 for 43 %", "--gpu", "V100", "--hours", "1", "--utilization", "43")]
    [InlineData("ECO4000", "'0.9' is not possible for --pue", "--gpu", "V100", "--hours", "1", "--pue", "0.9")]
    [InlineData("ECO4000", "'0' is not possible for --count", "--gpu", "V100", "--hours", "1", "--count", "0")]
    [InlineData("ECO4000", "'1.5' is not possible for --fraction", "--gpu", "V100", "--hours", "1", "--fraction", "1.5")]
    [InlineData("ECO4000", "--intensity: '240' has no unit", "--gpu", "V100", "--hours", "1", "--intensity", "240")]
    [InlineData("ECO4005", "--region: 'Frnace' is not a known region; did you mean 'FR' (France)?", "--gpu", "V100", "--hours", "1", "--region", "Frnace")]
    [InlineData("ECO4005", "--region: 'AD' is Andorra, for which no source gives a figure", "--gpu", "V100", "--hours", "1", "--region", "AD")]
    [InlineData("ECO4024", "--gpu: 'A1000' is not known; did you mean 'A100'", "--gpu", "A1000", "--hours", "1")]
    [InlineData("ECO4024", "--cpu: 'EPYC 776' is not known; did you mean", "--cpu", "EPYC 776", "--hours", "1")]
    [InlineData("ECO4024", "--cpu: 'qqqqqq' is not known; write the whole name", "--cpu", "qqqqqq", "--hours", "1")]
    [InlineData("ECO4025", "--instance: the size of 'p9.huge' is not known; known are aws:c5.4xlarge", "--instance", "p9.huge", "--hours", "1")]
    [InlineData("ECO4025", "--runner: the power of 'github:ubuntu-24.04-arm' is not known; known are github:macos-14", "--runner", "github:ubuntu-24.04-arm", "--hours", "1")]
    [InlineData("ECO4026", "No device is named", "--hours", "1")]
    [InlineData("ECO4026", "--count is of the one device", "--gpu", "V100", "--gpu", "A100", "--count", "2", "--hours", "1")]
    [InlineData("ECO4026", "--count is of the one device", "--gpu", "8xV100", "--count", "2", "--hours", "1")]
    [InlineData("ECO4026", "--cores is of one socket", "--gpu", "V100", "--cores", "2", "--hours", "1")]
    [InlineData("ECO4026", "--cores: AMD EPYC 7763 has 64 cores", "--cpu", "AMD EPYC 7763", "--cores", "65", "--hours", "1")]
    [InlineData("ECO4026", "--ram would count it twice", "--runner", "github:ubuntu-24.04", "--ram", "8", "--hours", "1")]
    public void What_is_wrong_is_said_with_its_place_and_what_would_be_right(string code, string says, params string[] args) => Run(args).ShouldBeWrongInput(code, says);

    [Fact]
    public void A_name_of_a_family_of_processors_is_none_and_is_not_suggested() =>
        Run("--cpu", "Intel Xeon", "--hours", "1").ShouldBeWrongInput("ECO4024", "'Intel Xeon' is not known; did you mean 'Intel Xeon 1.4'");

    [Theory]
    [InlineData("--gpu", "T4", "mlco2+greenalgorithms; ccf idle 8")]
    [InlineData("--cpu", "AMD EPYC 7763", "eco2ai+codecarbon+greenalgorithms")]
    [InlineData("--ram", "64", "eco2ai")]
    [InlineData("--runner", "github:ubuntu-24.04", "github docs (runner reference); Eco-CI")]
    [InlineData("--instance", "m5.large", "ccf-azure; number of vCPUs: ccf")]
    public void Each_power_names_its_source(string option, string device, string source)
    {
        using var json = JsonDocument.Parse(Run(option, device, "--hours", "1", "--format", "json").Output);

        json.RootElement.GetProperty("devices")[0].GetProperty("source").GetString()!.ShouldStartWith(source);
        Run(option, device, "--hours", "1").Output.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldContain($"({source.Replace(" ", "", StringComparison.Ordinal)}");
        Run(option, device, "--hours", "1", "--format", "markdown").Output.ShouldContain($"({source}");
    }

    [Fact]
    public void Help_has_examples_and_says_what_is_estimated_without_a_utilization()
    {
        var help = Run("--help").Output;

        help.ShouldContain("Examples:\n  eco2test estimate --gpu V100 --count 8 --hours 36 --utilization 0.432 \\\n                    --region US\n");
        help.ShouldContain("bounds only");
    }

    [Fact]
    public void Nothing_that_I_see_is_wider_than_the_terminal() =>
        Run("--instance", "p3.16xlarge", "--runner", "github:ubuntu-24.04", "--hours", "36", "--region", "aws:us-east-1").Output.Split('\n').ShouldAllBe(line => line.Length <= 80);

    [Theory]
    [InlineData("a_b & 50 % #1 $x {y} ~ ^ \\ < > | \" µ × ’", "a\\_b \\& 50 \\% \\#1 \\$x \\{y\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\textless{} \\textgreater{} \\textbar{} \\textquotedbl{} \\textmu{} $\\times$ '")]
    public void No_letter_is_read_by_LaTeX_as_markup(string text, string latex) => PaperStyle.Latex.Escape(text).ShouldBe(latex);

    /// <summary>The version is that of the build.</summary>
    private static string WithoutVersion(ToolRun run) => run.Output.Replace($"eco2test {EstimateResult.Version}", "eco2test VERSION", StringComparison.Ordinal);

    private static ToolRun Run(params string[] args) => ToolRun.Of(["estimate", .. args]);
}
