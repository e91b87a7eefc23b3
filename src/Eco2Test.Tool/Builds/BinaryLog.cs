using Eco2Test.Metering;
using Eco2Test.MSBuild;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging.StructuredLogger;

namespace Eco2Test.Tool;

/// <summary>What a binary log of MSBuild says: what a build did and when, and which process each node was.</summary>
/// <param name="Entry">Full path of the first project: what was built.</param>
/// <param name="Steps">In the order in which they ended.</param>
/// <param name="Nodes">The process of each node that has said it.</param>
/// <param name="StartedAt">When the build began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Succeeded">Whether it did.</param>
internal sealed record BinaryLog(
    string Entry, IReadOnlyList<BuildStep> Steps, IReadOnlyDictionary<int, int> Nodes, DateTimeOffset StartedAt, DateTimeOffset EndedAt, bool Succeeded)
{
    public const string Extension = ".binlog";

    private const string Metaproject = ".metaproj";

    public static bool Is(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a log.</summary>
    /// <exception cref="InputException">It is none, or is broken or cut off.</exception>
    public static BinaryLog Read(string path)
    {
        string fault;
        try
        {
            return Of(new BinLogReader().ReadRecords(path).Select(record => record.Args).OfType<BuildEventArgs>());
        }
        catch (FormatException broken)
        {
            fault = broken.Message;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // What its reader says of bytes that are no log can be anything.
            fault = $"it cannot be read: {broken.Message.TrimEnd('.')}";
        }

        throw new InputException(ToolCodes.NotABinaryLog, $"'{path}' is no binary log of a whole build: {fault}. Make one with 'dotnet build -bl'; one of a newer MSBuild needs a newer eco2test.");
    }

    /// <summary>What events say, in the order of the log.</summary>
    /// <exception cref="FormatException">They are not of a whole build; the message says what is missing.</exception>
    public static BinaryLog Of(IEnumerable<BuildEventArgs> events)
    {
        var steps = new List<BuildStep>();
        var nodes = new Dictionary<int, int>();
        var reader = new StepReader(steps.Add);
        BuildStartedEventArgs? started = null;
        BuildFinishedEventArgs? finished = null;
        string? entry = null;
        foreach (var happened in events)
        {
            switch (happened)
            {
                case BuildStartedEventArgs start:
                    started ??= start;
                    break;
                case BuildFinishedEventArgs finish:
                    finished = finish;
                    break;
                case ProjectStartedEventArgs project:
                    entry ??= project.ProjectFile;
                    reader.ProjectStarted(project);
                    break;
                case ProjectFinishedEventArgs project:
                    reader.ProjectFinished(project);
                    break;
                case TargetStartedEventArgs target:
                    reader.TargetStarted(target);
                    break;
                case TargetFinishedEventArgs target:
                    reader.TargetFinished(target);
                    break;
                case TaskStartedEventArgs task:
                    reader.TaskStarted(task);
                    break;
                case TaskFinishedEventArgs task:
                    reader.TaskFinished(task);
                    break;
                case BuildStatusEventArgs status:
                    reader.Status(status);
                    break;
                case BuildMessageEventArgs message when BuildMessage.Text(message) is { } text && BuildMessage.ProcessIdOf(text) is { } process && message.BuildEventContext is { } context:
                    nodes[context.NodeId] = process;
                    break;
            }
        }

        return started is null ? throw new FormatException("there is no start of a build in it")
            : finished is null ? throw new FormatException("it is cut off: there is no end of the build in it")
            : entry is null ? throw new FormatException("no project was built")
            : new BinaryLog(
                Here(entry.EndsWith(Metaproject, StringComparison.OrdinalIgnoreCase) ? entry[..^Metaproject.Length] : entry),
                [.. steps.Select(step => step with { ProjectFile = Here(step.ProjectFile) })],
                nodes, new DateTimeOffset(started.Timestamp).ToUniversalTime(), new DateTimeOffset(finished.Timestamp).ToUniversalTime(), finished.Succeeded);
    }

    /// <summary>A path of Windows as one of this system: what is seen from the root is the same.</summary>
    private static string Here(string path) =>
        Path.DirectorySeparatorChar == '/' && path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] is '\\' or '/'
            ? path[2..].Replace('\\', '/')
            : path;
}
