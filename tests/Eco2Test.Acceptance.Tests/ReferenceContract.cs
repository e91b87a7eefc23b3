using System.Text.RegularExpressions;

namespace Eco2Test.Acceptance.Tests;

/// <summary>What takes long and is the same in all versions of a framework, and what a second run shows.</summary>
public abstract partial class ReferenceContract<TFramework>(SuiteRun<TFramework> run) : FrameworkContract<TFramework>(run)
    where TFramework : Framework, new()
{
    private readonly FinishedRun _whole = run.Whole;
    private readonly FinishedRun _german = run.German;

    [Fact]
    public void A_budget_alone_fails_the_run()
    {
        var failed = _german.Trx.Results.Where(result => result.Outcome != "Passed").ToList();

        failed.ShouldHaveSingleItem().Message.ShouldContain("ECO2001");
        _german.Command.ExitCode.ShouldNotBe(0, _german.Command.ToString());
    }

    [Fact]
    public void Joules_per_CPU_second_do_not_depend_on_how_long_a_test_runs()
    {
        var longOne = JoulesPerCpuSecond(_whole.WindowOf("LoopsForTenSeconds"));
        var shortOne = JoulesPerCpuSecond(_whole.WindowOf("LoopsForFiveMilliseconds"));

        (shortOne / longOne).ShouldBeInRange(0.9, 1.1);
    }

    [Fact]
    public void A_test_that_sleeps_costs_about_nothing()
    {
        // The last: by then the host has compiled what reports results, which it does while the first one sleeps.
        var sleep = _whole.WindowsOf("SleepsForTwoSeconds").OrderBy(window => window.StartedAt).Last().Energy.CpuJoules;
        var loop = _whole.WindowOf("LoopsForTwoSeconds").Energy.CpuJoules;

        (sleep / loop).ShouldBeLessThan(0.005);
    }

    [Fact]
    public void Under_a_culture_with_decimal_commas_the_figures_are_the_same()
    {
        var test = _german.Trx.ResultOf("Passes");
        test.Outcome.ShouldBe("Passed", test.Message);

        var exceeds = _german.WindowOf("Exceeds");
        exceeds.Budget.ShouldNotBeNull().EnergyJoules.ShouldBe(1e-6);
        (JoulesPerCpuSecond(exceeds) / JoulesPerCpuSecond(_whole.WindowOf("Exceeds"))).ShouldBeInRange(0.9, 1.1);
        Amount().IsMatch(_german.Trx.ResultOf("Exceeds").Message).ShouldBeTrue();
        CommaAmount().IsMatch(_german.Trx.ResultOf("Exceeds").Message).ShouldBeFalse("numbers in messages do not depend on the culture");
    }

    [Fact]
    public void Energy_and_emissions_are_conserved_in_the_second_run_too() => ShouldBeConserved(_german);

    [GeneratedRegex(@"\d,\d+ ?([uµmk]?J|MJ|[mk]?Wh)\b")]
    private static partial Regex CommaAmount();
}
