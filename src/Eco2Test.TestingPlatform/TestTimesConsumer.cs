using Eco2Test.Metering;
using Eco2Test.Reports;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace Eco2Test.TestingPlatform;

/// <summary>
/// Listens to what the platform says of tests. It adds nothing to their nodes, which others read at the same time, and it is
/// not the one that publishes: who listens is told of the end of a session after everybody else.
/// </summary>
internal sealed class TestTimesConsumer(TestTimes times, AskedFor asked) : EmissionsExtension, IDataConsumer
{
    public Type[] DataTypesConsumed => [typeof(TestNodeUpdateMessage)];

    public override Task<bool> IsEnabledAsync() => Task.FromResult(asked is { IsRun: true, IsDiscovery: false });

    public Task ConsumeAsync(IDataProducer dataProducer, IData value, CancellationToken cancellationToken)
    {
        if (value is TestNodeUpdateMessage { TestNode: var node })
        {
            try
            {
                times.Add(node);
            }
            catch (Exception fault)
            {
                // It would end the application with a crash.
                Ambient.Run?.Notice(DiagnosticCodes.TrackerFault, $"The tracker failed at a message of the platform about '{node.DisplayName}': {FaultText.Of(fault)}");
            }
        }

        return Task.CompletedTask;
    }
}
