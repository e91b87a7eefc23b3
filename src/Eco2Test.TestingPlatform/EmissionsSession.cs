using System.Text;
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
    private string? _fault;

    public Type[] DataTypesProduced => [typeof(SessionFileArtifact), typeof(TestNodeUpdateMessage)];

    public override Task<bool> IsEnabledAsync() => Task.FromResult(!asked.IsDiscovery);

    public Task OnTestSessionStartingAsync(ITestSessionContext testSessionContext)
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
            _fault = FaultText.Of(fault);
        }

        return Task.CompletedTask;
    }

    public async Task OnTestSessionFinishingAsync(ITestSessionContext testSessionContext)
    {
        var (session, outcome) = (testSessionContext.SessionUid, Outcome());
        foreach (var file in outcome.Files)
        {
            await bus.PublishAsync(this, ReportArtifact.Of(session, file, outcome.Headline)).ConfigureAwait(false);
        }

        foreach (var build in outcome.Files.Count > 0 ? asked.BuildReports() : [])
        {
            await bus.PublishAsync(this, ReportArtifact.OfBuild(session, build, FileOf(build))).ConfigureAwait(false);
        }

        foreach (var failure in outcome.Failures.Concat(asked.FailedBefore).DistinctBy(failure => failure.Id))
        {
            await bus.PublishAsync(this, new TestNodeUpdateMessage(session, BudgetNode.Of(failure))).ConfigureAwait(false);
        }

        foreach (var text in outcome.Texts)
        {
            await output.DisplayAsync(this, new TextOutputDeviceData(text), testSessionContext.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The report of a project's build has the name of that of its tests, and a TRX would number the two: it takes its copy of
    /// one that is named for what it is, which is removed afterwards. Without a TRX nothing is copied.
    /// </summary>
    private string FileOf(BuildFile build)
    {
        if (!asked.HasTrx || Path.GetFileName(build.Path) == build.Name)
        {
            return build.Path;
        }

        try
        {
            var host = asked.Host(_session);
            return new ResultsFolder(host.Results).WriteAttachment(host.Session, "build", build.Name, Encoding.UTF8.GetBytes(build.Content));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return build.Path;
        }
    }

    private RunOutcome Outcome()
    {
        if (Ambient.Run is not { } run)
        {
            return _fault is null ? RunOutcome.Nothing : RunOutcome.WithoutRun(_fault, asked.Budgets);
        }

        if (run.Settings.Skip)
        {
            return RunOutcome.Nothing;
        }

        Ambient.EndRun(run);
        try
        {
            return RunOutcome.Of(run, times, asked);
        }
        catch (Exception fault)
        {
            // Whatever it is, it would end the application with a crash, and the platform would lose its results.
            return RunOutcome.WithoutReport(FaultText.Of(fault) + " The journal is kept: eco2test report reads it.", asked.Budgets);
        }
        finally
        {
            run.Dispose();
        }
    }
}
