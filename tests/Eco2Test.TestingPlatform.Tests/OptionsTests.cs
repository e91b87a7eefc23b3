using Eco2Test.Carbon;
using Eco2Test.Hardware;

namespace Eco2Test.TestingPlatform.Tests;

/// <summary>What may be typed, and what it asks for.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("energy-budget", "2 kJ")]
    [InlineData("emissions-budget", "1.5 g")]
    [InlineData("emissions-region", "FR")]
    [InlineData("report-emissions-filename", "nightly.eco2test.json")]
    public async Task What_can_be_read_is_taken(string option, string argument) => (await ValidateAsync(option, argument)).ShouldBeNull();

    [Theory]
    [InlineData("energy-budget", "2 apples", "'apples' is not a unit of an energy")]
    [InlineData("energy-budget", "2,5 J", "'2,5 J'")]
    [InlineData("energy-budget", "-1 J", "-1")]
    [InlineData("energy-budget", "NaN J", "does not begin with a number")]
    [InlineData("emissions-budget", "5 kWh", "'kWh'")]
    [InlineData("emissions-region", "Frankreich", "'Frankreich' is not a known region")]
    [InlineData("emissions-region", "Germny", "did you mean 'DE' (Germany)?")]
    [InlineData("emissions-region", " ", "region")]
    [InlineData("report-emissions-filename", "sub/report.json", "the folder is that of the results ('--results-directory').")]
    [InlineData("report-emissions-filename", "", "is no name of a file")]
    [InlineData("report-emissions-filename", "..", "is no name of a file")]
    [InlineData("report-emissions-filename", "a\nb\u001b[31m", "'a\uFFFDb\uFFFD[31m' is no name of a file")]
    public async Task What_cannot_be_read_is_said_in_one_sentence(string option, string argument, string said)
    {
        var message = (await ValidateAsync(option, argument)).ShouldNotBeNull();

        message.ShouldContain(said);
        message.ShouldMatch("[^.?][.?]$");
    }

    [Fact]
    public async Task A_name_that_file_systems_would_refuse_for_its_length_is_refused_before_any_test_runs() =>
        (await ValidateAsync("report-emissions-filename", new string('\u2082', 100))).ShouldNotBeNull().ShouldContain("is no name of a file");

    [Fact]
    public async Task A_name_for_a_report_that_nobody_asked_for_is_refused()
    {
        var options = new EmissionsOptions(() => RegionCatalog.Default);

        (await options.ValidateCommandLineOptionsAsync(new FakePlatform(("report-emissions-filename", ["a"])))).ErrorMessage.ShouldNotBeNull().ShouldContain("'--report-emissions'");
        (await options.ValidateCommandLineOptionsAsync(new FakePlatform(("report-emissions-filename", ["a"]), ("report-emissions", [])))).IsValid.ShouldBeTrue();
    }

    [Fact]
    public void Options_come_before_the_environment_and_the_users_folder_before_the_platforms()
    {
        var asked = Asked(
            new FakePlatform(("emissions-region", ["DE"]), ("energy-budget", ["2 kJ"]), ("report-emissions-filename", ["nightly.eco2test.json"])),
            ("ECO2TEST_REGION", "FR"), ("ECO2TEST_RESULTS", "mine"));

        asked.ShouldSatisfyAllConditions(
            _ => asked.IsRun.ShouldBeTrue("a budget of the run needs its figures"),
            _ => asked.FileName.ShouldBe("nightly"),
            _ => asked.Settings["ECO2TEST_REGION"].ShouldBe("DE"),
            _ => asked.Settings["ECO2TEST_RUN_ENERGY_BUDGET"].ShouldBe("2 kJ"),
            _ => asked.Host("s").Results.ShouldBe("mine"));
    }

    [Fact]
    public void Nothing_is_asked_for_by_itself() =>
        Asked(new FakePlatform()).ShouldSatisfyAllConditions(
            asked => asked.IsRun.ShouldBeFalse(),
            asked => asked.IsDiscovery.ShouldBeFalse(),
            asked => asked.FileName.ShouldBeNull(),
            asked => asked.Host("s").Results.ShouldBe("platform"));

    [Fact]
    public void The_environment_can_ask_for_a_report_and_skip_it_all()
    {
        Asked(new FakePlatform(), ("ECO2TEST_REPORT", "true")).IsRun.ShouldBeTrue();
        Asked(new FakePlatform(), ("ECO2TEST_RUN_EMISSIONS_BUDGET", "1 g")).IsRun.ShouldBeTrue();
        Asked(new FakePlatform(("report-emissions", [])), ("ECO2TEST_SKIP", "true")).IsRun.ShouldBeFalse();
        Asked(new FakePlatform(("report-emissions", []), ("list-tests", []))).IsDiscovery.ShouldBeTrue();
    }

    private static async Task<string?> ValidateAsync(string option, string argument)
    {
        var options = new EmissionsOptions(() => RegionCatalog.Default);
        var result = await options.ValidateOptionArgumentsAsync(options.GetCommandLineOptions().Single(known => known.Name == option), [argument]);
        return result.ErrorMessage;
    }

    private static AskedFor Asked(FakePlatform platform, params (string Name, string Value)[] environment) => AskedFor.Of(
        platform, "platform", new EnvironmentVariables(name => environment.FirstOrDefault(variable => variable.Name == name).Value), typeof(OptionsTests).Assembly);
}
