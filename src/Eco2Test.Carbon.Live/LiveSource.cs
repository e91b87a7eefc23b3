using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// What the services have in common: asking in pieces, keeping answers, saying what went wrong and what would help. A service
/// states its addresses and the shape of its answers.
/// </summary>
internal abstract class LiveSource(ServiceClient client, AnswerCache cache, TimeProvider time) : IIntensitySource, IDisposable
{
    /// <summary>Clocks that are further apart are said to be: a value may then be of another hour than was meant.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromMinutes(5);

    /// <summary>How long what a service may still correct is kept.</summary>
    private static readonly TimeSpan Passing = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract IntensityKind Kind { get; }

    /// <summary>Who says so, with the version of what was asked.</summary>
    protected abstract string Source { get; }

    protected abstract string Basis { get; }

    protected abstract string Boundary { get; }

    /// <summary>The way to the service.</summary>
    protected ServiceClient Client => client;

    /// <summary>What the service calls itself.</summary>
    protected string Service => client.Name;

    /// <summary>What to check when the service refuses who asks.</summary>
    protected abstract string Credentials { get; }

    /// <summary>What to do when the service does not allow what was asked.</summary>
    protected abstract string WhenForbidden { get; }

    /// <inheritdoc/>
    public async Task<IntensitySeries> ReadAsync(IntensityQuery query, CancellationToken cancelled)
    {
        var reading = new Reading(ZoneOf(query.Place), time.GetUtcNow(), query.IsForecast);
        await AskAsync(query, reading, cancelled).ConfigureAwait(false);

        var points = reading.Points.FindAll(point => point.To > query.From && point.From < query.To);
        if (points.Count == 0)
        {
            throw new IntensitySourceException(string.Join("; ",
            [
                $"{Service} has no value for {reading.Zone.Name} between {IsoTime.Minute(query.From)} and {IsoTime.Minute(query.To)}",
                .. Notices(reading), "use another source, or another time",
            ]));
        }

        return new IntensitySeries
        {
            Source = Source,
            Zone = reading.Zone.Name,
            Kind = Kind,
            Basis = Basis,
            Boundary = Boundary,
            Points = points,
            Notices = [.. Notices(reading), .. Coverage(query, points, reading.Now)],
        };
    }

    public void Dispose() => client.Dispose();

    /// <summary>What the service calls a place.</summary>
    /// <exception cref="IntensitySourceException">It has no name for it that is known here.</exception>
    protected abstract Zone ZoneOf(Place place);

    /// <summary>Asks all that the query needs.</summary>
    protected abstract Task AskAsync(IntensityQuery query, Reading reading, CancellationToken cancelled);

    /// <summary>Puts the values of an answer into the sieve.</summary>
    /// <exception cref="IntensitySourceException">It is not of what was asked.</exception>
    protected abstract void Read(Answer answer, Reading reading, PointSieve sieve);

    /// <summary>Adds what proves who asks; a service without accounts adds nothing.</summary>
    protected virtual Task<Answer> CallAsync(string path, CancellationToken cancelled) => client.GetAsync(path, Authorise, cancelled);

    protected virtual void Authorise(HttpRequestHeaders headers)
    {
    }

    /// <summary>Asks one thing, unless its answer is kept.</summary>
    /// <returns><see langword="false"/>: it was refused with a status that is tolerated.</returns>
    protected async Task<bool> AskAsync(Question question, Reading reading, CancellationToken cancelled, params HttpStatusCode[] tolerated)
    {
        var address = $"{Name} {client.Address}{question.Path}";
        if (cache.Find(address) is { } kept)
        {
            reading.Add(kept);
            return true;
        }

        var answer = await CallAsync(question.Path, cancelled).ConfigureAwait(false);
        reading.ClockDifference = answer.ClockDifference ?? reading.ClockDifference;
        if (tolerated.Contains(answer.Status))
        {
            return false;
        }

        var sieve = new PointSieve();
        Read(Accepted(answer, reading.Zone.Name), reading, sieve);
        var said = sieve.Sift(question.From, question.To);
        reading.Add(said);
        if (said.Points.Count > 0)
        {
            cache.Keep(address, said, question.IsSettled(said, reading.Now) ? null : Earlier(reading.Now + Passing, question.Until));
        }

        return true;
    }

    /// <summary>An answer as its type.</summary>
    /// <exception cref="IntensitySourceException">It has another shape.</exception>
    protected T Parse<T>(Answer answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Text, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw Unexpected(answer);
        }
    }

    /// <summary>An answer that the service accepted the question with.</summary>
    /// <exception cref="IntensitySourceException">It refused.</exception>
    protected Answer Accepted(Answer answer, string zone) => answer.Status == HttpStatusCode.OK ? answer : throw Refusal(answer, zone);

    protected IntensitySourceException Unexpected(Answer answer) => new(answer.Text.Trim().Length == 0
        ? $"{Service} answered nothing; try again later, or use another source"
        : $"{Service} answered something else than was asked for ({client.Secrets.Quote(answer.Text)}); check {client.Address.Host}, or use another source");

    /// <summary>A word that the service said, fit for a message.</summary>
    protected string Quote(string? said) => client.Secrets.Quote(said ?? "");

    /// <summary>A zone as a user writes it.</summary>
    /// <exception cref="IntensitySourceException">It can be no zone.</exception>
    protected static string Checked(string zone) => zone.Length is > 0 and <= 64 && zone.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? zone
        : throw new IntensitySourceException("the zone that --zone names has other characters than letters, digits, '-' and '_'; use the service's own name of a zone, such as FR or CAISO_NORTH");

    /// <summary>An interval in pieces that the service allows.</summary>
    protected static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Pieces(DateTimeOffset from, DateTimeOffset to, TimeSpan longest)
    {
        for (var start = from; start < to; start += longest)
        {
            yield return (start, to - start > longest ? start + longest : to);
        }
    }

    /// <summary>The start of the interval of this length in which a time lies.</summary>
    protected static DateTimeOffset Floor(DateTimeOffset time, TimeSpan length) => new(time.UtcTicks - (time.UtcTicks % length.Ticks), TimeSpan.Zero);

    /// <summary>The end of the interval of this length that a time needs.</summary>
    protected static DateTimeOffset Ceiling(DateTimeOffset time, TimeSpan length) => Floor(time + length - TimeSpan.FromTicks(1), length);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private IntensitySourceException Refusal(Answer answer, string zone)
    {
        var said = client.Secrets.Quote(answer.Text);
        var status = said.Length == 0 ? $"{(int)answer.Status}" : $"{(int)answer.Status}: {said}";
        return new(answer.Status switch
        {
            HttpStatusCode.Unauthorized => $"{Service} refuses who asks ({status}); {Credentials}",
            HttpStatusCode.Forbidden => $"{Service} does not allow to ask for {zone} ({status}); {WhenForbidden}",
            HttpStatusCode.NotFound => $"{Service} knows nothing of {zone} ({status}); name one of its zones by --zone",
            HttpStatusCode.TooManyRequests => $"{Service} was asked too often ({status}); try again {(answer.AskedToWait is { } wait ? $"in {Math.Ceiling(wait.TotalSeconds):0} s" : "later")}",
            >= HttpStatusCode.InternalServerError => $"{Service} is out of order ({status}); try again later, or use another source",
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
                $"{Service} sends to another address ({(int)answer.Status}: {Quote(answer.Location)}), which is not followed: credentials go to {client.Address.Host} only; check the address that is set for it",
            _ => $"{Service} does not answer what was asked ({status}); check zone and time",
        });
    }

    private IEnumerable<string> Notices(Reading reading)
    {
        var notices = reading.Said.Notices(Service);
        var zone = reading.Zone.Notice is { } notice ? notices.Prepend(notice) : notices;
        var clock = reading.ClockDifference?.Duration() > SameTime
            ? [$"the clocks of {Service} and of this machine differ by {reading.ClockDifference.Value.Duration().TotalMinutes:0} minutes; values are used by their own times"]
            : Array.Empty<string>();
        return [.. zone, .. reading.Notices, .. clock];
    }

    private IEnumerable<string> Coverage(IntensityQuery query, List<IntensityPoint> points, DateTimeOffset now)
    {
        // What is not yet is not missing; a forecast goes as far as it goes.
        var (last, until) = (points[^1].To, query.IsForecast ? points[^1].To : now);
        if (IntensityGaps.Notice(points, query.From, until < query.To && until > query.From ? until : query.To) is { } gap)
        {
            yield return gap;
        }

        if (query.IsForecast && last < query.To)
        {
            yield return $"the forecast of {Service} ends at {IsoTime.Minute(last)}";
        }

        var estimated = query.IsForecast ? 0 : points.Count(point => point.IsEstimated);
        if (estimated > 0)
        {
            yield return $"{estimated} of {points.Count} values are estimates, which {Service} may correct";
        }
    }
}

/// <summary>What a service calls a place.</summary>
/// <param name="Name">Such as <c>FR</c>.</param>
/// <param name="Notice">What a reader must know, where it is not exactly the place.</param>
internal sealed record Zone(string Name, string? Notice = null);

/// <summary>One call of a service.</summary>
/// <param name="Path">Below its address, with the query.</param>
/// <param name="From">Only values that start from then on are taken of the answer.</param>
/// <param name="To">Only those before.</param>
internal sealed record Question(string Path, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>When the answer to it will be another one at the latest.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Of whatever time the service is ready to tell.</summary>
    public static Question Open(string path) => new(path, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Whether the service will say the same for ever: all of the interval is past, measured and told.</summary>
    public bool IsSettled(Sifted said, DateTimeOffset now) =>
        To <= now && said.Refused == 0 && !said.Points.Any(point => point.IsEstimated) && IntensityGaps.Notice(said.Points, From, To) is null;
}

/// <summary>What was learnt so far.</summary>
/// <param name="zone">What the service calls the place.</param>
/// <param name="now">When the reading began, by our clock.</param>
/// <param name="isForecast">Whether a forecast is wanted.</param>
internal sealed class Reading(Zone zone, DateTimeOffset now, bool isForecast)
{
    public Zone Zone => zone;

    public DateTimeOffset Now => now;

    public bool IsForecast => isForecast;

    /// <summary>In the order of time, without overlaps.</summary>
    public List<IntensityPoint> Points { get; } = [];

    public List<string> Notices { get; } = [];

    /// <summary>The service's clock less ours.</summary>
    public TimeSpan? ClockDifference { get; set; }

    /// <summary>What was left out of all answers.</summary>
    public Sifted Said { get; private set; } = new([], 0, 0, 0);

    /// <summary>Adds an answer; for a time that has a value already, that stays.</summary>
    public void Add(Sifted said)
    {
        var isBehind = Points.Count == 0 || said.Points.Count == 0 || said.Points[0].From >= Points[^1].To;
        Points.AddRange(isBehind ? said.Points : said.Points.Where(point => !Points.Exists(known => known.From < point.To && known.To > point.From)).ToList());
        if (!isBehind)
        {
            Points.Sort((a, b) => a.From.CompareTo(b.From));
        }

        Said = new([], Said.Refused + said.Refused, Said.Repeated + said.Repeated, Said.Overlapping + said.Overlapping);
    }
}
