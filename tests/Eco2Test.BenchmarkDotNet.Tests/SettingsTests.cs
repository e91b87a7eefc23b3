using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Eco2Test.DiagnosedBenchmarks;
using Eco2Test.Hardware;

namespace Eco2Test.Diagnosing;

/// <summary>Which setting a benchmark has, and what is said of one that cannot be read.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData(nameof(OnClass.Own), "DE", 1.2)]
    [InlineData(nameof(OnClass.Inherited), "PL", 1.2)]
    public void A_method_beats_its_class_which_beats_the_configuration_which_beats_the_environment(string method, string region, double pue)
    {
        var settings = Settings(new() { Region = "SE", Pue = "1.2", CpuPower = "3 W" }, ("ECO2TEST_REGION", "US"), ("ECO2TEST_CPU_POWER", "9 W"))
            .Of(typeof(OnClass).GetMethod(method)!, typeof(OnClass));

        settings.Region.ShouldBe(region);
        settings.Pue.ShouldBe(pue);
        settings.CpuPower.ShouldNotBeNull().Watts.ShouldBe(3);
        settings.KeepsJournal.ShouldBeFalse();
    }

    [Fact]
    public void What_nobody_sets_is_the_environments() =>
        Settings(new(), ("ECO2TEST_REGION", "US")).Of(typeof(Plain).GetMethod(nameof(Plain.Nothing))!, typeof(Plain)).Region.ShouldBe("US");

    [Fact]
    public void What_cannot_be_read_says_where_it_stands_and_what_would_be_right()
    {
        var settings = Settings(new() { Pue = "0.5", Gpus = "first", Region = "Germny" }, ("ECO2TEST_CPU_POWER", "much"))
            .Of(typeof(Plain).GetMethod(nameof(Plain.Nothing))!, typeof(Plain));

        var problems = BenchmarkSettings.ProblemsOf(settings).ToList();

        problems.Count.ShouldBe(4);
        problems.ShouldContain(problem => problem.StartsWith("Pue of [EmissionsDiagnoser]", StringComparison.Ordinal) && problem.Contains("1.2"));
        problems.ShouldContain(problem => problem.StartsWith("Gpus of [EmissionsDiagnoser]", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.StartsWith("the environment variable ECO2TEST_CPU_POWER", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.StartsWith("Region: ", StringComparison.Ordinal) && problem.Contains("Germany"));
    }

    [Fact]
    public void A_configuration_gets_the_diagnoser_and_its_column()
    {
        var config = ManualConfig.CreateEmpty().AddEmissionsDiagnoser(new() { Region = "FR" });

        config.GetDiagnosers().ShouldHaveSingleItem().ShouldBeOfType<EmissionsDiagnoser>();
        config.GetColumnProviders().SelectMany(provider => provider.GetColumns(null!)).ShouldContain(ProvenanceColumn.Instance);
    }

    [Fact]
    public void What_is_not_known_is_not_a_number_in_every_column_and_never_zero()
    {
        var benchmark = BenchmarkConverter.TypeToBenchmarks(typeof(BurnAndSleep)).BenchmarksCases[0];

        var figure = BenchmarkFigure.Of(benchmark, followed: null, new StageIterations(1, 1, 1, 0, null, 0), fault: null);

        OperationMetrics.Of(figure).ShouldAllBe(metric => double.IsNaN(metric.Value) && metric.Descriptor.UnitType == UnitType.Dimensionless);
        figure.Known.ShouldBeNull();
        figure.Notices.ShouldHaveSingleItem().Code.ShouldBe("ECO2050");
        BenchmarkFigure.Of(benchmark, followed: null, new StageIterations(1, 1, 1, 0, null, 0), fault: "the sensor is on fire")
            .Notices.ShouldHaveSingleItem().Message.ShouldContain("the sensor is on fire");
    }

    private static BenchmarkSettings Settings(EmissionsDiagnoserOptions options, params (string Name, string Value)[] environment) =>
        new(options, new EnvironmentVariables(name => environment.FirstOrDefault(variable => variable.Name == name).Value));

    [EmissionsDiagnoser(Region = "PL")]
    public class OnClass
    {
        [EmissionsDiagnoser(Region = "DE")]
        public void Own()
        {
        }

        public void Inherited()
        {
        }
    }

    public class Plain
    {
        public void Nothing()
        {
        }
    }
}
