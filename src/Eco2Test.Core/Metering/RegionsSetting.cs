using System.Globalization;
using Eco2Test.Carbon;

namespace Eco2Test.Metering;

/// <summary>A user's own table of regions: named by <c>ECO2TEST_REGIONS</c>, else as the build left it in the assembly.</summary>
internal static class RegionsSetting
{
    /// <summary>By what name the build left the table in the assembly: the name of its file, a line break, and what is in it.</summary>
    public const string InAssembly = "RegionsTable";

    /// <summary>The catalog with the user's own table in it. With one that cannot be read it is that of the product, and the problem is said.</summary>
    public static RegionCatalog Read(string? path, string? inAssembly, Func<string, string> readFile, List<string> problems)
    {
        if (path is null && inAssembly is null)
        {
            return RegionCatalog.Default;
        }

        try
        {
            var (name, text) = path is not null ? (Path.GetFileName(path), readFile(path)) : Split(inAssembly!);
            var regions = UserRegions.Read(text);
            problems.AddRange(regions.Faults.Select(fault => Problem(name, text, fault)));
            return new RegionCatalog(regions.Rows, name);
        }
        catch (IOException fault)
        {
            problems.Add($"{DiagnosticCodes.SettingUnreadable}: the environment variable ECO2TEST_REGIONS: {Path.GetFileName(path)} cannot be read ({fault.GetType().Name}); name a table of regions by its whole path");
            return RegionCatalog.Default;
        }
    }

    private static (string Name, string Text) Split(string inAssembly)
    {
        var end = inAssembly.IndexOf('\n');
        return end < 0 ? (inAssembly, "") : (inAssembly[..end], inAssembly[(end + 1)..]);
    }

    private static string Problem(string name, string text, UserRegionsFault fault)
    {
        var (line, column) = UserRegions.PlaceOf(fault.Start, text);
        return string.Create(CultureInfo.InvariantCulture, $"{DiagnosticCodes.SettingUnreadable}: {name}({line},{column}): {fault.Message}");
    }
}
