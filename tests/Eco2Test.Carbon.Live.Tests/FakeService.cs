using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eco2Test.Carbon.Live.Tests;

/// <summary>A service on this machine that answers as a test says, and remembers what it was asked.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeService(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What it answers.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Its clock.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = () => throw new InvalidOperationException("the test has set no clock");

    /// <summary>What it was asked, path and query.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    /// <summary>All headers that it got, one a line.</summary>
    public ConcurrentQueue<string> Headers { get; } = new();

    public static async Task<FakeService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var service = new FakeService(builder.Build());
        service._app.Run(service.RunAsync);
        await service._app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task RunAsync(HttpContext context)
    {
        Questions.Enqueue($"{context.Request.Path}{context.Request.QueryString}");
        foreach (var header in context.Request.Headers)
        {
            Headers.Enqueue($"{header.Key}: {header.Value}");
        }

        context.Response.Headers.Date = Clock().ToString("R");
        await Answer(context);
    }
}

/// <summary>The ways in which services answer.</summary>
internal static class Answers
{
    public static Func<HttpContext, Task> Json(string body) => Status(200, body, "application/json");

    public static Func<HttpContext, Task> Status(int status, string body = "", string type = "text/plain", params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(body);
    };

    /// <summary>Half of a body, and then the connection is cut.</summary>
    public static Func<HttpContext, Task> Half(string body) => async context =>
    {
        context.Response.ContentLength = body.Length;
        await context.Response.WriteAsync(body[..(body.Length / 2)]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    /// <summary>More than anybody would send.</summary>
    public static Func<HttpContext, Task> Endless() => async context =>
    {
        var part = new byte[1024 * 1024];
        for (var i = 0; i < 64 && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
        }
    };

    /// <summary>Nothing, for longer than it may take.</summary>
    public static Func<HttpContext, Task> Silence(RetryTime time) => async context =>
    {
        time.RunOut();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    };

    /// <summary>These in turn, and the last for ever.</summary>
    public static Func<HttpContext, Task> InTurn(params Func<HttpContext, Task>[] answers)
    {
        var next = -1;
        return context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context);
    }
}
