namespace Eco2Test.Data;

/// <summary>What a table must be like.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Columns">Its header.</param>
/// <param name="KeyColumns">How many columns from the left make its key, by which it is sorted.</param>
internal sealed record TableRules(string Name, string Columns, int KeyColumns)
{
    /// <summary>Columns of numbers, from the least to the most that is possible.</summary>
    public IReadOnlyList<NumberRule> Numbers { get; init; } = [];

    /// <summary>Columns of a few words.</summary>
    public IReadOnlyDictionary<string, string[]> Words { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Columns that must not be empty.</summary>
    public string[] Required { get; init; } = [];

    /// <summary>Columns that say where a row is from: each value has a row in README.md.</summary>
    public string[] Sources { get; init; } = [];

    /// <summary>Of every table that the product ships.</summary>
    public static IReadOnlyList<TableRules> All { get; } =
    [
        new("ci-runners.csv", "provider,label,visibility,os,arch,vcpu,ram_gb,cpu_model,cpu_tdp_w,host_threads,vhost_ratio,cloud,default_grid_code,idle_w,w_at_50,w_at_100,curve,embodied_gCO2,embodied_lifetime_s,source", 3)
        {
            Numbers = [new("vcpu", 1, 256), new("ram_gb", 0.5, 4096), new("cpu_tdp_w", 1, 2000, true), new("host_threads", 1, 2048, true), new("vhost_ratio", 0, 1, true), new("idle_w", 0, 2000, true), new("w_at_50", 0, 2000, true), new("w_at_100", 0, 2000, true), new("embodied_gCO2", 0, 1e7, true), new("embodied_lifetime_s", 0, 1e9, true)],
            Required = ["provider", "label", "visibility", "os", "arch"],
            Sources = ["source"],
        },
        new("cloud-instances.csv", "provider,type,vcpus,memory_gb,gpu,gpu_count,microarchitectures,source", 2)
        {
            Numbers = [new("vcpus", 1, 1024), new("memory_gb", 0.1, 32768), new("gpu_count", 1, 64, true)],
            Required = ["provider", "type"],
            Sources = ["source"],
        },
        new("cloud-regions.csv", "provider,region,location,grid_code,em_zone,watttime_region,pue,pue_year,pue_source,gCO2_per_kWh,intensity_year,intensity_source,cfe", 2)
        {
            Numbers = [new("pue", 1, 3, true), new("pue_year", 2010, 2035, true), new("gCO2_per_kWh", 0, 2000, true), new("intensity_year", 2010, 2035, true), new("cfe", 0, 1, true)],
            Required = ["provider", "region", "location", "grid_code"],
            Sources = ["pue_source", "intensity_source"],
        },
        new("cpu-microarchitectures.csv", "vendor,family,model_min,model_max,stepping_min,stepping_max,microarchitecture,coefficient,match", 6)
        {
            Numbers = [new("family", 0, 255), new("model_min", 0, 255), new("model_max", 0, 255), new("stepping_min", 0, 15), new("stepping_max", 0, 15)],
            Words = new Dictionary<string, string[]> { ["match"] = ["exact", "nearest"] },
            Required = ["vendor", "microarchitecture", "coefficient"],
        },
        new("cpus.csv", "model,tdp_w,cores,released,source,conflict_w", 1)
        {
            Numbers = [new("tdp_w", 0.1, 2000), new("cores", 1, 1024, true), new("conflict_w", 0.1, 2000, true)],
            Required = ["model"],
            Sources = ["source"],
        },
        new("equivalents.csv", "key,what,gCO2e_each,year,source,note", 1)
        {
            Numbers = [new("gCO2e_each", 1e-6, 1e9), new("year", 2010, 2035)],
            Required = ["key", "what", "note"],
            Sources = ["source"],
        },
        new("fuel-factors.csv", "fuel,direct_gCO2_per_kWh,lifecycle_gCO2_per_kWh,source", 1)
        {
            Numbers = [new("direct_gCO2_per_kWh", 0, 2000), new("lifecycle_gCO2_per_kWh", 0, 2000)],
            Required = ["fuel"],
            Sources = ["source"],
        },
        new("gpus.csv", "model,aliases,tdp_w,idle_w,memory_gb,verified,source", 1)
        {
            Numbers = [new("tdp_w", 1, 3000), new("idle_w", 0, 500, true), new("memory_gb", 0.5, 1024, true)],
            Words = new Dictionary<string, string[]> { ["verified"] = ["0", "1"] },
            Required = ["model"],
            Sources = ["source"],
        },
        new("grid-aliases.csv", "alias,code,kind", 1)
        {
            Words = new Dictionary<string, string[]> { ["kind"] = ["name", "alpha3", "numeric", "eco2ai", "egrid", "em-zone", "em-zone-approx"] },
            Required = ["alias", "code"],
        },
        new("grid-intensity.csv", "code,name,country,gCO2_per_kWh,kind,basis,boundary,year,source,note", 1)
        {
            Numbers = [new("gCO2_per_kWh", 1, 2000), new("year", 2015, 2035, true)],
            Words = new Dictionary<string, string[]> { ["kind"] = ["average"], ["basis"] = ["lifecycle", "direct"], ["boundary"] = ["production", "consumption"] },
            Required = ["code", "name"],
            Sources = ["source"],
        },
        new("grid-marginal.csv", "code,name,country,gCO2_per_kWh,kind,margin,combined_margin_consumption,combined_margin_intermittent,basis,year,source", 1)
        {
            Numbers = [new("gCO2_per_kWh", 0, 3000), new("combined_margin_consumption", 0, 3000), new("combined_margin_intermittent", 0, 3000), new("year", 2015, 2035)],
            Words = new Dictionary<string, string[]> { ["kind"] = ["marginal"], ["margin"] = ["operating"], ["basis"] = ["direct"] },
            Required = ["code", "name", "country"],
            Sources = ["source"],
        },
        new("iso-3166-1.csv", "code,alpha3,numeric,name,note", 1) { Required = ["code", "alpha3", "name"] },
        new("machine-power-curves.csv", "machine,utilisation_pct,watts,source", 2)
        {
            Numbers = [new("utilisation_pct", 0, 100), new("watts", 0, 5000)],
            Sources = ["source"],
        },
        new("power-coefficients.csv", "component,model,detail,value,unit", 3)
        {
            Numbers = [new("value", 0, 1000)],
            Required = ["component", "unit"],
            Sources = ["model"],
        },
    ];
}

/// <summary>A column of numbers.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Least">The least that is possible.</param>
/// <param name="Most">The most that is possible.</param>
/// <param name="MayBeEmpty">Whether some rows may lack it.</param>
internal sealed record NumberRule(string Column, double Least, double Most, bool MayBeEmpty = false);
