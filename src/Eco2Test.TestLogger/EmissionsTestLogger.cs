using Eco2Test.Metering;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;

namespace Eco2Test.TestLogger;

/// <summary>
/// Makes the report of a run when it ends, and prints its summary: from inside a VSTest host nothing reaches the
/// terminal, and nothing written at the exit of a host survives. The package's targets add it to every run.
/// </summary>
[FriendlyName("eco2test")]
[ExtensionUri("logger://eco2test/1")]
public sealed class EmissionsTestLogger : ITestLoggerWithParameters
{
    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, Dictionary<string, string?> parameters)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(parameters);
        var session = parameters.GetValueOrDefault("Session");
        var results = Folder("Results");
        if (session is null || results is null)
        {
            Console.Error.WriteLine("eco2test: the logger needs the parameters Session and Results, which the targets of the package Eco2Test give it.");
            return;
        }

        // A folder that the user named, else the one that holds the other results.
        var reports = Folder("Reports") ?? parameters.GetValueOrDefault(DefaultLoggerParameterNames.TestRunDirectory) ?? results;
        var output = RunTerminal.Output(parameters.GetValueOrDefault("Verbosity"));
        events.TestRunComplete += (_, _) => new RunReporter(output, Console.Error, RunTerminal.Summary(), parameters.ContainsKey("Collected")).Report(session, results, reports);

        string? Folder(string name) => parameters.GetValueOrDefault(name) is { } folder ? ArgumentText.Read(folder) : null;
    }

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, string testRunDirectory) => Initialize(events, []);
}
