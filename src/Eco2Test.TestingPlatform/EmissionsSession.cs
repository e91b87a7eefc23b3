using Eco2Test.Metering;
using Eco2Test.Reports;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.OutputDevice;
using Microsoft.Testing.Platform.Extensions.TestHost;
using Microsoft.Testing.Platform.Messages;
using Microsoft.Testing.Platform.OutputDevice;
using Microsoft.Testing.Platform.Services;

namespace Eco2Test.TestingPlatform;

/// <summary>
/// Begins and ends the run of a session: its report goes to the session as files, its summary to the terminal, and budgets
/// that fail it as failed tests. A fault of the tracker is said, and never fails the session.
/// </summary>
internal sealed class EmissionsSession(AskedFor asked, TestTimes times, IMessageBus bus, IOutputDevice output)
    : EmissionsExtension, ITestSessionLifetimeHandler, IDataProducer, IOutputDeviceDataProducer
{
    private readonly string _session = Guid.NewGuid().ToString("N");

    public Type[] DataTypesProduced => [typeof(SessionFileArtifact), typeof(TestNodeUpdateMessage)];

    public override Task<bool> IsEnabledAsync() => Task.FromResult(!asked.IsDiscovery);

    public async Task OnTestSessionStartingAsync(ITestSessionContext testSessionContext)
    {
        try
        {
            times.Clear();
            Ambient.Host = asked.Host(_session);
            if (asked.IsRun)
            {
                Ambient.StartRun().KeepSamples();
            }
        }
        catch (Exception fault)
        {
            await Say($"{DiagnosticCodes.TrackerFault}: the run is not tracked: {FaultText.Of(fault)}", testSessionContext.CancellationToken).ConfigureAwait(false);
        }
    }

    public async Task OnTestSessionFinishingAsync(ITestSessionContext testSessionContext)
    {
        if (Ambient.Run is not { Settings.Skip: false } run)
        {
            return;
        }

        Ambient.EndRun(run);
        var (session, cancelled) = (testSessionContext.SessionUid, testSessionContext.CancellationToken);
        try
        {
            var outcome = RunOutcome.Of(run, times, asked);
            foreach (var text in outcome.Texts)
            {
                await Say(text, cancelled).ConfigureAwait(false);
            }

            foreach (var file in outcome.Files)
            {
                await bus.PublishAsync(this, ReportArtifact.Of(session, file, outcome.Headline)).ConfigureAwait(false);
            }

            foreach (var failure in outcome.Failures)
            {
                await bus.PublishAsync(this, new TestNodeUpdateMessage(session, BudgetNode.Of(failure))).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            await Say($"{DiagnosticCodes.JournalFault}: no report was made: {fault.Message} The journal is kept: eco2test report reads it.", cancelled).ConfigureAwait(false);
        }
        finally
        {
            run.Dispose();
        }
    }

    private Task Say(string text, CancellationToken cancelled) => output.DisplayAsync(this, new TextOutputDeviceData(text), cancelled);
}
