using System.Diagnostics;
using System.Globalization;
using System.Text;
using CliWrap;

namespace Eco2Test.TestKit.Acceptance;

/// <summary>
/// Runs <c>dotnet</c> as a user's terminal would: what this test run, its build or its CI have set for themselves is
/// unset. Every command leaves a log in <c>artifacts/logs/acceptance/&lt;name&gt;/NN-command.log</c>.
/// </summary>
/// <param name="name">Names the folder of the logs: the test.</param>
/// <param name="workingFolder">Where commands run.</param>
public sealed class DotnetCommand(string name, string workingFolder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Set by test hosts, build servers and CI images; they would change what is built, or leak this run into the tested one.</summary>
    private static readonly string[] UnsetPrefixes = ["ECO2TEST_", "MSBUILD", "VSTEST_", "TESTINGPLATFORM_", "XUNIT_", "COMPLUS_", "CORECLR_"];

    private static readonly string[] Unset =
        ["UseSharedCompilation", "DOTNET_CLI_USE_MSBUILD_SERVER", "DOTNET_HOST_PATH", "DOTNET_ROOT_X64", "Configuration", "Platform", "Version"];

    private int _count;

    /// <summary>The folder of the logs.</summary>
    public string LogFolder { get; } = Path.Combine(Repository.PathOf("artifacts", "logs", "acceptance"), FileName(name));

    /// <summary>Runs to the end and returns what came out, whatever the exit code.</summary>
    /// <param name="arguments">The arguments, unescaped.</param>
    /// <param name="environment">Variables to set, or to unset with <see langword="null"/>.</param>
    public async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var changes = EnvironmentChanges(environment);
        var output = new StringBuilder();
        var error = new StringBuilder();
        var clock = Stopwatch.StartNew();
        int? exitCode = null;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var ended = await Cli.Wrap("dotnet")
                .WithArguments(arguments)
                .WithWorkingDirectory(workingFolder)
                .WithEnvironmentVariables(changes)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error, Encoding.UTF8))
                .ExecuteAsync(limit.Token);
            exitCode = ended.ExitCode;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            error.AppendLine(CultureInfo.InvariantCulture, $"ended by the test after {Limit}");
        }

        var result = new CommandResult($"dotnet {string.Join(' ', arguments)}", exitCode ?? -1, output.ToString(), error.ToString(), clock.Elapsed, NextLog(arguments));
        await WriteLogAsync(result, changes);
        return exitCode is null ? throw new TimeoutException(result.ToString()) : result;
    }

    private static Dictionary<string, string?> EnvironmentChanges(IReadOnlyDictionary<string, string?>? wanted)
    {
        var changes = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(variable => Unset.Contains(variable, StringComparer.OrdinalIgnoreCase)
                || UnsetPrefixes.Any(prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(variable => variable, _ => (string?)null);
        changes["DOTNET_CLI_UI_LANGUAGE"] = "en";
        changes["DOTNET_NOLOGO"] = "1";
        foreach (var (variable, value) in PackageFolders().Concat(wanted ?? new Dictionary<string, string?>()))
        {
            changes[variable] = value;
        }

        return changes;
    }

    /// <summary>The packages under test are unpacked in the artifacts folder, not among the user's; all others are taken from there.</summary>
    private static Dictionary<string, string?> PackageFolders()
    {
        if (Environment.GetEnvironmentVariable("NUGET_FALLBACK_PACKAGES") is { Length: > 0 })
        {
            return [];
        }

        var users = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var own = Repository.PathOf("artifacts", "packages");
        return users != own && Directory.Exists(users)
            ? new() { ["NUGET_PACKAGES"] = own, ["NUGET_FALLBACK_PACKAGES"] = users }
            : new() { ["NUGET_PACKAGES"] = own };
    }

    private string NextLog(IReadOnlyList<string> arguments)
    {
        Directory.CreateDirectory(LogFolder);
        var number = Interlocked.Increment(ref _count).ToString("00", CultureInfo.InvariantCulture);
        return Path.Combine(LogFolder, $"{number}-{FileName(arguments[0].TrimStart('-'))}.log");
    }

    private Task WriteLogAsync(CommandResult result, Dictionary<string, string?> changes) => File.WriteAllTextAsync(result.LogFile, $"""
        {result.CommandLine}
        in {workingFolder}
        exit code {result.ExitCode} after {result.Time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s

        environment changed
        {string.Join('\n', changes.OrderBy(change => change.Key, StringComparer.Ordinal).Select(change => change.Value is null ? $"  {change.Key} unset" : $"  {change.Key}={change.Value}"))}

        standard output
        {result.Output}
        standard error
        {result.Error}
        """);

    private static string FileName(string text) => string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '_'));
}

/// <summary>What a command did.</summary>
/// <param name="CommandLine">As typed.</param>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Time">Wall time.</param>
/// <param name="LogFile">Where all of this is written.</param>
public sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Error, TimeSpan Time, string LogFile)
{
    /// <summary>For messages of failing tests: what ran, how it ended, the log and the end of the output.</summary>
    public override string ToString() => $"""
        {CommandLine}
        exit code {ExitCode}, log {LogFile}
        {Last(30, Output)}
        {Last(10, Error)}
        """;

    private static string Last(int lines, string text) => string.Join('\n', text.TrimEnd().Split('\n').TakeLast(lines));
}
