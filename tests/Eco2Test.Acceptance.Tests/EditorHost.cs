using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Eco2Test.Acceptance.Tests;

/// <summary>A test application as editors drive it: one process for all runs, asked by JSON-RPC over a connection that it opens.</summary>
internal sealed class EditorHost : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly TcpClient _connection;
    private readonly NetworkStream _stream;
    private int _lastId;

    private EditorHost(Process process, TcpClient connection) => (_process, _connection, _stream) = (process, connection, connection.GetStream());

    /// <summary>Starts the application and greets it.</summary>
    public static async Task<EditorHost> StartAsync(string assembly, params string[] arguments)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, "--server", "--client-host", "localhost", "--client-port", port, .. arguments]);
        foreach (var variable in start.Environment.Keys.Where(variable => variable.StartsWith("ECO2TEST_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var host = new EditorHost(process, await listener.AcceptTcpClientAsync(limit.Token));
        await host.CallAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["clientInfo"] = new JsonObject { ["name"] = "acceptance", ["version"] = "1.0.0" },
            ["capabilities"] = new JsonObject { ["testing"] = new JsonObject { ["debuggerProvider"] = false } },
        });
        return host;
    }

    /// <summary>Asks for something that has an id of its own, and waits until it is done.</summary>
    public Task CallAsync(string method) => CallAsync(method, new JsonObject { ["runId"] = Guid.NewGuid().ToString() });

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _connection.Dispose();
    }

    private async Task CallAsync(string method, JsonObject parameters)
    {
        using var limit = new CancellationTokenSource(Limit);
        var id = ++_lastId;
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString());
        var header = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nContent-Type: application/testingplatform\r\n\r\n");
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(header), limit.Token);
        await _stream.WriteAsync(body, limit.Token);

        JsonObject answer;
        do
        {
            answer = await ReceiveAsync(limit.Token);
        }
        while (answer.ContainsKey("method") || (int?)answer["id"] != id);

        answer["error"].ShouldBeNull(answer.ToJsonString());
    }

    private async Task<JsonObject> ReceiveAsync(CancellationToken limit)
    {
        var length = 0;
        for (var line = await LineAsync(limit); line.Length > 0; line = await LineAsync(limit))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
            }
        }

        var body = new byte[length];
        await _stream.ReadExactlyAsync(body, limit);
        return JsonNode.Parse(body)!.AsObject();
    }

    private async Task<string> LineAsync(CancellationToken limit)
    {
        var line = new StringBuilder();
        var letter = new byte[1];
        while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(letter, limit);
            line.Append((char)letter[0]);
        }

        return line.ToString().TrimEnd();
    }
}
