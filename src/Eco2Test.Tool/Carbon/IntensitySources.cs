using Eco2Test.Carbon;
using Eco2Test.Carbon.Live;
using Eco2Test.Hardware;

namespace Eco2Test.Tool;

/// <summary>Who tells carbon intensities, by the name or the file that a user gives.</summary>
internal static class IntensitySources
{
    /// <summary>Longer than any name; what is longer still is near to none.</summary>
    private const int LongestName = 100;

    /// <summary>The names that are known, with what stands for a file.</summary>
    public static string Choices => List(Names());

    /// <summary>Those of them that have a forecast.</summary>
    public static string Forecasters => List(LiveSources.Names);

    /// <summary>Opens a source.</summary>
    /// <param name="source">A name, or the path of a file of intensities.</param>
    /// <param name="zone">The zone in the source's own terms, where it is not to be that of the place. A table is of places, not of zones.</param>
    /// <param name="environment">Where tokens and addresses stand.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InputException">There is no such source, or it lacks what it needs.</exception>
    public static IIntensitySource Open(string source, string? zone, EnvironmentVariables environment, TimeProvider time)
    {
        try
        {
            return OfTable(source) ?? new LiveSources(environment, time, AnswerCache.Of(environment, time)).Open(source, zone) ?? OfFile(source);
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

    private static TableIntensitySource? OfTable(string source) => source switch
    {
        TableIntensitySource.AverageName => new TableIntensitySource(IntensityKind.Average),
        TableIntensitySource.MarginalName => new TableIntensitySource(IntensityKind.Marginal),
        _ => null,
    };

    private static IIntensitySource OfFile(string source) =>
        IntensityFile.Is(source) ? IntensityFile.Read(source) : throw new InputException(ToolCodes.UnknownIntensitySource, Explain(source));

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Append("a .csv or .json file"));

    private static IEnumerable<string> Names() => [TableIntensitySource.AverageName, TableIntensitySource.MarginalName, .. LiveSources.Names];

    private static string Explain(string source)
    {
        var start = source.Length > LongestName ? source[..LongestName] : source;
        var nearest = Names().MinBy(name => EditDistance.Between(name, start))!;
        var hint = EditDistance.Between(nearest, start) <= nearest.Length / 2 ? $" Did you mean '{nearest}'?" : "";
        return $"'{start}' is no source of carbon intensities.{hint} There are: {Choices}.";
    }
}
