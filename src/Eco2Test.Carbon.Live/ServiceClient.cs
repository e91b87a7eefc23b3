using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Eco2Test.Carbon.Live;

/// <summary>
/// The one door to the network: asks one service, and no other address than its own. Only GET is sent, so that every call can
/// be made again; it is when the service is busy, broken or silent, and never when it refuses. Redirects are not followed.
/// </summary>
internal sealed class ServiceClient : IDisposable
{
    /// <summary>A month of values every five minutes is 1 MB.</summary>
    private const int LongestAnswer = 16 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <param name="name">What the service calls itself.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="secrets">What is kept out of all messages.</param>
    /// <param name="time">The clock, of which pauses are made too.</param>
    /// <param name="patience">How long it is waited for.</param>
    public ServiceClient(string name, Uri address, Secrets secrets, TimeProvider time, Patience patience)
    {
        (Name, Address, Secrets, Patience, _time) = (name, address, secrets, patience, time);
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        var handler = new ResilienceHandler(Pipeline(time, patience)) { InnerHandler = new WholeBody(this) { InnerHandler = sockets } };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = address };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("eco2test", null));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <summary>What the service calls itself.</summary>
    public string Name { get; }

    /// <summary>Where it is.</summary>
    public Uri Address { get; }

    /// <summary>What is kept out of all messages.</summary>
    public Secrets Secrets { get; }

    private Patience Patience { get; }

    /// <summary>What the service answers, whatever it is.</summary>
    /// <param name="path">Below its address, with the query.</param>
    /// <param name="authorise">Adds what proves who asks.</param>
    /// <param name="cancelled">Ends it.</param>
    /// <exception cref="IntensitySourceException">It answers nothing, or not in time.</exception>
    public async Task<Answer> GetAsync(string path, Action<HttpRequestHeaders> authorise, CancellationToken cancelled)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        authorise(request.Headers);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancelled).ConfigureAwait(false);
            return new Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancelled).ConfigureAwait(false))
            {
                ClockDifference = response.Headers.Date - _time.GetUtcNow(),
                AskedToWait = Pause(response),
                Location = response.Headers.Location?.ToString(),
            };
        }
        catch (TimeoutRejectedException)
        {
            throw new IntensitySourceException(
                $"{Name} did not answer: {Address.Host} was asked {Patience.Retries + 1} times at most, for {Patience.Attempt.TotalSeconds:0} s each and {Patience.Total.TotalSeconds:0} s in all; try again later, or use another source");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // The fault itself is not handed on: what it quotes may have been said by the service.
            throw new IntensitySourceException(
                $"{Name} was not reached at {Address.Host}, or broke off its answer ({Secrets.Quote(fault.Message)}); check the network, a proxy (HTTPS_PROXY), or use another source");
        }
    }

    public void Dispose() => _http.Dispose();

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeProvider time, Patience patience) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(patience.Total)
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = patience.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(1),
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnother(attempt.Outcome, patience)),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result is { } response ? Pause(response) : null),
            })
            .AddTimeout(patience.Attempt)
            .Build();

    private static bool IsWorthAnother(Outcome<HttpResponseMessage> outcome, Patience patience) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result: { } response } => IsPassing(response.StatusCode) && !(Pause(response) > patience.LongestPause),
        _ => false,
    };

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <summary>For how long the service asks to be left alone. A time of day is its own clock's, so it is compared with that.</summary>
    private static TimeSpan? Pause(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter;
        var pause = after?.Delta ?? (after?.Date - response.Headers.Date);
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }

    /// <summary>Reads a body while the attempt's time runs: one that is broken off, or has no end, is a fault of the attempt.</summary>
    private sealed class WholeBody(ServiceClient client) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancelled)
        {
            var response = await base.SendAsync(request, cancelled).ConfigureAwait(false);
            try
            {
                response.Content = new ByteArrayContent(await ReadAsync(response.Content, cancelled).ConfigureAwait(false));
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }

        private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancelled)
        {
            using var body = new MemoryStream();
            using var stream = await content.ReadAsStreamAsync(cancelled).ConfigureAwait(false);
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = await stream.ReadAsync(buffer, cancelled).ConfigureAwait(false)) > 0)
            {
                body.Write(buffer, 0, count);
                if (body.Length > LongestAnswer)
                {
                    throw new IntensitySourceException($"{client.Name} answered more than {LongestAnswer / 1024 / 1024} MB, which is no answer to what was asked; check {client.Address.Host}");
                }
            }

            return body.ToArray();
        }
    }
}

/// <summary>What a service answered.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body, whatever that is.</param>
internal sealed record Answer(HttpStatusCode Status, byte[] Body)
{
    /// <summary>The service's clock less ours; <see langword="null"/> when it does not say.</summary>
    public TimeSpan? ClockDifference { get; init; }

    /// <summary>For how long it asks to be left alone.</summary>
    public TimeSpan? AskedToWait { get; init; }

    /// <summary>Where it sends us instead.</summary>
    public string? Location { get; init; }

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body).TrimStart('\uFEFF');
}
