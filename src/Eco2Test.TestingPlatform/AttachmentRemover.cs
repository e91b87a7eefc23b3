using Eco2Test.Metering;
using Eco2Test.Reports;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions.TestHost;

namespace Eco2Test.TestingPlatform;

/// <summary>
/// Removes what was attached to tests once the TRX has its copies: it is written at the end of the session, after everything
/// else. Where there is no TRX the files are all that users have, and stay.
/// </summary>
internal sealed class AttachmentRemover(ICommandLineOptions options) : EmissionsExtension, ITestHostApplicationLifetime
{
    /// <summary>Asks for a TRX.</summary>
    public const string TrxOption = "report-trx";

    public override Task<bool> IsEnabledAsync() => Task.FromResult(options.IsOptionSet(TrxOption));

    public Task BeforeRunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AfterRunAsync(int exitCode, CancellationToken cancellation)
    {
        try
        {
            if (Ambient.Host is { } host)
            {
                new ResultsFolder(host.Results).DeleteAttachments(host.Session);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // They are copies of what is in the report: what cannot be removed is no loss.
        }

        return Task.CompletedTask;
    }
}
