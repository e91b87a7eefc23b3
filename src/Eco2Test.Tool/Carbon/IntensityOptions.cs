using System.CommandLine;
using Eco2Test.Carbon;

namespace Eco2Test.Tool;

/// <summary>The options that name a source of carbon intensity and a place, the same in every command that asks one.</summary>
internal static class IntensityOptions
{
    public static Option<string> Intensity(string description) => new("--intensity") { Description = description, HelpName = "SOURCE" };

    public static Option<string?> Region(string description) => new("--region") { Description = description, HelpName = "CODE" };

    public static Option<string?> Zone() => new("--zone")
    {
        Description = "The zone as the source calls it, where it has several for one region, such as US-CAL-CISO.",
        HelpName = "ZONE",
    };

    public static Option<string> Format()
    {
        var format = new Option<string>("--format") { Description = "text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    /// <summary>The place that a code, a name or the region of a cloud means.</summary>
    public static Place Place(string region) =>
        RegionCatalog.Default.FindPlace(region) ?? throw new InputException(ToolCodes.UnknownRegion, RegionCatalog.Default.Explain(region));
}
