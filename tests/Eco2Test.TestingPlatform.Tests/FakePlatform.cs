using System.Diagnostics.CodeAnalysis;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.OutputDevice;
using Microsoft.Testing.Platform.Messages;
using Microsoft.Testing.Platform.OutputDevice;
using Microsoft.Testing.Platform.Services;
using Microsoft.Testing.Platform.TestHost;

namespace Eco2Test.TestingPlatform.Tests;

/// <summary>A session of the platform: what was typed, and what it was told.</summary>
internal sealed class FakePlatform(params (string Option, string[] Arguments)[] typed) : ICommandLineOptions, IMessageBus, IOutputDevice, ITestSessionContext
{
    public List<IData> Published { get; } = [];

    public string Terminal { get; private set; } = "";

    public SessionUid SessionUid { get; } = new("session");

    public CancellationToken CancellationToken => CancellationToken.None;

    public IReadOnlyList<SessionFileArtifact> Artifacts => [.. Published.OfType<SessionFileArtifact>()];

    public IReadOnlyList<TestNode> Nodes => [.. Published.OfType<TestNodeUpdateMessage>().Select(message => message.TestNode)];

    public bool IsOptionSet(string optionName) => typed.Any(option => option.Option == optionName);

    public bool TryGetOptionArgumentList(string optionName, [NotNullWhen(true)] out string[]? arguments)
    {
        arguments = typed.FirstOrDefault(option => option.Option == optionName).Arguments;
        return arguments is not null;
    }

    public Task PublishAsync(IDataProducer dataProducer, IData data)
    {
        dataProducer.DataTypesProduced.ShouldContain(data.GetType());
        Published.Add(data);
        return Task.CompletedTask;
    }

    public Task DisplayAsync(IOutputDeviceDataProducer producer, IOutputDeviceData data, CancellationToken cancellationToken)
    {
        Terminal += data.ShouldBeOfType<TextOutputDeviceData>().Text + "\n";
        return Task.CompletedTask;
    }
}
