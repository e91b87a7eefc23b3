using Eco2Test.Carbon;
using Eco2Test.Hardware;

namespace Eco2Test.Tool.Tests.Carbon;

/// <summary>What a user may name as a source of intensities.</summary>
public sealed class IntensitySourcesTests
{
    [Theory]
    [InlineData("electricity-maps")]
    [InlineData("watttime")]
    [InlineData("uk-carbon-intensity")]
    public void A_service_is_opened_by_its_name(string name) =>
        Open(name, ("ECO2TEST_ELECTRICITY_MAPS_TOKEN", "t"), ("ECO2TEST_WATTTIME_USERNAME", "u"), ("ECO2TEST_WATTTIME_PASSWORD", "p")).Name.ShouldBe(name);

    [Theory]
    [InlineData("table")]
    [InlineData("table-marginal")]
    public void The_tables_are_opened_by_their_names_and_need_no_account(string name) => Open(name).Name.ShouldBe(name);

    [Theory]
    [InlineData("electricitymaps", "Did you mean 'electricity-maps'?")]
    [InlineData("WATTTIME", "Did you mean 'watttime'?")]
    [InlineData("uk", "There are: table, table-marginal, electricity-maps, uk-carbon-intensity, watttime, a .csv or .json file.")]
    [InlineData("intensities.xml", "There are: table")]
    public void What_is_no_source_is_answered_with_those_that_are(string source, string says)
    {
        var wrong = Should.Throw<InputException>(() => Open(source));

        (wrong.Code, wrong.Message).ShouldSatisfyAllConditions(said => said.Code.ShouldBe("ECO4010"), said => said.Message.ShouldContain(says));
    }

    [Theory]
    [InlineData("electricity-maps", "ECO2TEST_ELECTRICITY_MAPS_TOKEN")]
    [InlineData("watttime", "ECO2TEST_WATTTIME_USERNAME")]
    public void A_missing_token_is_named_by_its_variable(string source, string variable)
    {
        var wrong = Should.Throw<InputException>(() => Open(source));

        wrong.Code.ShouldBe("ECO4011");
        wrong.Message.ShouldContain(variable);
    }

    [Fact]
    public void An_address_that_is_none_is_named_by_its_variable()
    {
        var wrong = Should.Throw<InputException>(() => Open("uk-carbon-intensity", ("ECO2TEST_UK_CARBON_INTENSITY_URL", "http://example.org")));

        wrong.Code.ShouldBe("ECO4013");
        wrong.Message.ShouldContain("ECO2TEST_UK_CARBON_INTENSITY_URL");
    }

    [Theory]
    [InlineData("mine.csv", "from,to,g/kWh\n2026-03-01T14:00Z,2026-03-01T15:00Z,44\n")]
    [InlineData("MINE.JSON", """[{"from":"2026-03-01T14:00Z","to":"2026-03-01T15:00Z","gramsPerKilowattHour":44}]""")]
    public void A_file_is_opened_by_its_ending(string name, string text)
    {
        using var file = new TempFile(name, text);

        Open(file.Path).Name.ShouldBe(name);
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_none_is_said_with_its_place()
    {
        Should.Throw<InputException>(() => Open("nowhere/mine.csv")).Code.ShouldBe("ECO4001");

        using var file = new TempFile("mine.csv", "datetime,g/kWh\n2026-03-01T14:00,44\n");
        var wrong = Should.Throw<InputException>(() => Open(file.Path));
        wrong.Code.ShouldBe("ECO4012");
        wrong.Message.ShouldContain("line 2, column 1: '2026-03-01T14:00' has no offset from UTC");
    }

    private static IIntensitySource Open(string source, params (string Name, string Value)[] variables) =>
        IntensitySources.Open(source, zone: null, Variables(variables), TimeProvider.System);

    private static EnvironmentVariables Variables(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault);

    private sealed class TempFile : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("eco2test").FullName;

        public TempFile(string name, string text)
        {
            Path = System.IO.Path.Combine(_folder, name);
            File.WriteAllText(Path, text);
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
