using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// Keeps what services said in files, so that a report can be priced again without asking again. A file holds values and times
/// only; its name is a hash of what was asked. Whatever is wrong with a file or the folder, it is as if there were none.
/// </summary>
/// <param name="folder">Where the files lie; <see langword="null"/>: nothing is kept.</param>
/// <param name="time">The clock that files grow old by.</param>
internal sealed class AnswerCache(string? folder, TimeProvider time)
{
    /// <summary>Where <c>ECO2TEST_CACHE</c> says, else in the user's own folder for such files; none when there is neither.</summary>
    public static AnswerCache Of(EnvironmentVariables environment, TimeProvider time)
    {
        var folder = environment["ECO2TEST_CACHE"] ?? (
            OperatingSystem.IsWindows() ? Below(environment["LOCALAPPDATA"], "eco2test", "cache")
            : OperatingSystem.IsMacOS() ? Below(environment["HOME"], "Library", "Caches", "eco2test")
            : Below(environment["XDG_CACHE_HOME"], "eco2test") ?? Below(environment["HOME"], ".cache", "eco2test"));
        return new(folder is null ? null : Path.Combine(folder, "intensity"), time);
    }

    /// <summary>What was said to a question, if it is kept and still holds.</summary>
    /// <param name="question">The address with zone, signal and interval; no credentials.</param>
    public Sifted? Find(string question)
    {
        if (folder is null)
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(PathOf(question));
            return JsonSerializer.Deserialize(file, CacheJsonContext.Default.KeptAnswer) is { } kept && Holds(kept) ? kept.Read() : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or FormatException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Keeps what was said until a time; without one for ever.</summary>
    public void Keep(string question, Sifted said, DateTimeOffset? until)
    {
        if (folder is null)
        {
            return;
        }

        var path = PathOf(question);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(KeptAnswer.Of(said, time.GetUtcNow(), until), CacheJsonContext.Default.KeptAnswer));

            // Who reads meanwhile sees the old file or the new one; of two who write, the later stays.
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The next call asks the service again, which is all that this costs.
            Remove(unfinished);
        }
    }

    private static string? Below(string? folder, params string[] names) => folder is null ? null : Path.Combine([folder, .. names]);

    /// <summary>One from the future was written by a clock that was wrong: nobody knows how old it is.</summary>
    private bool Holds(KeptAnswer kept) => kept.Said <= time.GetUtcNow() && (kept.Until is not { } until || time.GetUtcNow() < until);

    private string PathOf(string question) => Path.Combine(folder!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question))) + ".json");

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}

/// <summary>A file of the cache.</summary>
internal sealed record KeptAnswer
{
    private const string Form = "eco2test-intensity/v1";

    [JsonRequired]
    public string Schema { get; init; } = Form;

    [JsonRequired]
    public DateTimeOffset Said { get; init; }

    /// <summary><see langword="null"/>: for ever.</summary>
    public DateTimeOffset? Until { get; init; }

    public int Refused { get; init; }

    public int Repeated { get; init; }

    public int Overlapping { get; init; }

    [JsonRequired]
    public IReadOnlyList<KeptPoint> Points { get; init; } = [];

    public static KeptAnswer Of(Sifted said, DateTimeOffset now, DateTimeOffset? until) => new()
    {
        Said = now,
        Until = until,
        Refused = said.Refused,
        Repeated = said.Repeated,
        Overlapping = said.Overlapping,
        Points = [.. said.Points.Select(point => new KeptPoint(point.From, point.To, point.Intensity.GramsPerKilowattHour, point.IsEstimated))],
    };

    /// <exception cref="FormatException">It holds what the sieve would not have let through.</exception>
    public Sifted Read()
    {
        var points = Points.Select(point => point is not null && point.To > point.From && IntensityGaps.IsCredible(point.GramsPerKilowattHour)
            ? new IntensityPoint(point.From, point.To, CarbonIntensity.FromGramsPerKilowattHour(point.GramsPerKilowattHour)) { IsEstimated = point.Estimated }
            : throw new FormatException("A kept value is none.")).ToList();
        return Schema == Form && points.Zip(points.Skip(1)).All(pair => pair.First.To <= pair.Second.From)
            ? new(points, Refused, Repeated, Overlapping)
            : throw new FormatException("A kept answer is none.");
    }
}

/// <summary>A value in a file of the cache.</summary>
internal sealed record KeptPoint(DateTimeOffset From, DateTimeOffset To, double GramsPerKilowattHour, bool Estimated);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptAnswer))]
internal sealed partial class CacheJsonContext : JsonSerializerContext;
