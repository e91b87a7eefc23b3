using Eco2Test.Carbon;
using Eco2Test.Carbon.Live;
using Eco2Test.Hardware;

namespace Eco2Test.Tool;

/// <summary>Who tells carbon intensities, by the name or the file that a user gives.</summary>
internal static class IntensitySources
{
    /// <summary>What the static table is called.</summary>
    public const string Table = "table";

    /// <summary>The names that are known, with what stands for a file.</summary>
    public static string Choices => string.Join(", ", Names().Append("a .csv or .json file"));

    /// <summary>Opens a source.</summary>
    /// <param name="source">A name, or the path of a file of intensities.</param>
    /// <param name="zone">The zone in the source's own terms, where it is not to be that of the place.</param>
    /// <param name="environment">Where tokens and addresses stand.</param>
    /// <param name="time">The clock.</param>
    /// <param name="useCache">Whether answers that are kept may be used, and new ones kept.</param>
    /// <param name="table">What <c>table</c> means.</param>
    /// <exception cref="InputException">There is no such source, or it lacks what it needs.</exception>
    public static IIntensitySource Open(
        string source, string? zone, EnvironmentVariables environment, TimeProvider time, bool useCache = true, IIntensitySource? table = null)
    {
        if (source == Table && table is not null)
        {
            return table;
        }

        try
        {
            var cache = useCache ? AnswerCache.Of(environment, time) : new AnswerCache(folder: null, time);
            return new LiveSources(environment, time, cache).Open(source, zone)
                ?? (IntensityFile.Is(source) ? IntensityFile.Read(source) : throw new InputException(ToolCodes.UnknownIntensitySource, Explain(source)));
        }
        catch (MissingCredentialException missing)
        {
            throw new InputException(ToolCodes.MissingCredential, $"{missing.Message}.");
        }
        catch (FormatException wrong)
        {
            throw new InputException(ToolCodes.WrongServiceAddress, $"{wrong.Message}.");
        }
    }

    private static IEnumerable<string> Names() => LiveSources.Names.Prepend(Table);

    private static string Explain(string source)
    {
        var nearest = Names().MinBy(name => Distance(name, source))!;
        var hint = Distance(nearest, source) <= nearest.Length / 2 ? $" Did you mean '{nearest}'?" : "";
        return $"'{source}' is no source of carbon intensities.{hint} There are: {Choices}.";
    }

    private static int Distance(string name, string source) => RegionNames.Distance(name, source.Length > 100 ? source[..100] : source.ToLowerInvariant());
}
