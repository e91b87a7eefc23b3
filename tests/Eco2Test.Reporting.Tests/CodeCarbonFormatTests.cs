namespace Eco2Test.Reporting.Tests;

public sealed class CodeCarbonFormatTests
{
    private const string Header =
        "timestamp,project_name,run_id,experiment_id,duration,emissions,emissions_rate,cpu_power,gpu_power,ram_power,cpu_energy,gpu_energy,ram_energy,"
        + "energy_consumed,water_consumed,country_name,country_iso_code,region,cloud_provider,cloud_region,os,python_version,codecarbon_version,cpu_count,cpu_model,"
        + "gpu_count,gpu_model,longitude,latitude,ram_total_size,tracking_mode,cpu_utilization_percent,gpu_utilization_percent,ram_utilization_percent,ram_used_gb,on_cloud,pue,wue";

    [Fact]
    public void Its_38_columns_are_read_by_their_names_in_kilograms_and_kilowatt_hours()
    {
        var summary = EmissionsSummary.Of($"{Header}\n{Row("r1", "p", 10, 0.002, 0.05)}\n{Row("r2", "q", 5, 0.001, 0.025)}\n");

        summary.Format.ShouldBe("CodeCarbon");
        Header.Split(',').Length.ShouldBe(38);
        summary.Projects.Select(project => project.Name).ShouldBe(["p", "q"]);
        summary.All.Energy.KilowattHours.ShouldBe(0.075, 1e-12);
        summary.All.Emissions.Grams.ShouldBe(3, 1e-12);
        (summary.All.Duration.TotalSeconds, summary.All.Cost).ShouldBe((15, null));
    }

    [Fact]
    public void A_row_that_lacks_columns_is_said_with_its_line_and_never_shifted()
    {
        var whole = Row("r1", "p", 10, 0.002, 0.05);
        var lacking = string.Join(',', Row("r2", "p", 99, 99, 99).Split(',').Where((_, column) => column is not (18 or 19)));

        var summary = EmissionsSummary.Of($"{Header}\n{whole}\n{lacking}\n");

        summary.All.Energy.KilowattHours.ShouldBe(0.05, 1e-12);
        summary.Skipped.ShouldBe([new SkippedRow(3, "it has 36 fields, and the file has 38 columns")]);
    }

    [Fact]
    public void A_run_that_was_flushed_again_and_again_counts_once_with_its_last_row()
    {
        var summary = EmissionsSummary.Of($"{Header}\n{Row("r1", "p", 10, 0.002, 0.05)}\n{Row("r1", "p", 20, 0.004, 0.10)}\n{Row("r2", "p", 1, 0.001, 0.01)}\n");

        summary.All.Energy.KilowattHours.ShouldBe(0.11, 1e-12);
        summary.All.Rows.ShouldBe(2);
        summary.Skipped.ShouldBe([new SkippedRow(2, "line 3, of the same run, contains it")]);
    }

    [Fact]
    public void Columns_in_another_order_are_found_by_their_names() =>
        EmissionsSummary.Of("energy_consumed,run_id,extra,duration,emissions,project_name\n0.5,r,x,3,0.1,p\n").All.Energy.KilowattHours.ShouldBe(0.5, 1e-12);

    private static string Row(string run, string project, double seconds, double kilograms, double kilowattHours) => string.Join(',', Header.Split(',').Select(column => column switch
    {
        "run_id" => run,
        "project_name" => project,
        "duration" => PythonNumber.Write(seconds),
        "emissions" => PythonNumber.Write(kilograms),
        "energy_consumed" => PythonNumber.Write(kilowattHours),
        _ => "",
    }));
}
