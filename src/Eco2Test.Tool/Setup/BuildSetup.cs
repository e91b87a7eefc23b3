using System.Text;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>
/// The one door to the files that <c>eco2test init build</c> writes: the logger first, and only when all of it is there the
/// line that makes builds load it.
/// </summary>
/// <param name="root">The folder that was named, if any.</param>
/// <param name="folder">The current folder.</param>
/// <param name="logger">The folder of the tool that holds the logger.</param>
/// <param name="isDryRun">Whether nothing is written.</param>
/// <param name="terminal">Where it says what it did.</param>
internal sealed class BuildSetup(string? root, string folder, string logger, bool isDryRun, Terminal terminal)
{
    private static readonly string[] Marks = [".git", ".hg", ".svn"];

    /// <summary>Sets up the repository.</summary>
    /// <exception cref="InputException">It is none, or cannot be written.</exception>
    public int Run()
    {
        var target = Target();
        var files = LoggerFiles(target);
        var (path, now, wanted) = ResponseFile(target);
        try
        {
            var changed = files.Where(file => !IsSame(file.From, file.To)).ToList();
            foreach (var (from, to) in changed)
            {
                Say(File.Exists(to) ? "replace" : "add", to);
                Replace(to, temporary => File.Copy(from, temporary));
            }

            if (wanted != now)
            {
                Say(now is null ? "add" : "change", path);
                Replace(path, temporary => File.WriteAllText(temporary, wanted, Encoding(path)));
            }

            Summarise(target, changed.Count > 0 || wanted != now);
            return ExitCode.Done;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.SetupNotWritten, $"'{target}' cannot be set up: {fault.Message} Builds go on as before: {BuildLogger.ResponseFile} is written last, and was not.");
        }
    }

    private string Target()
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root ?? ".", folder));
        return !Directory.Exists(target) ? throw new InputException(ToolCodes.NotARepository, $"There is no folder '{target}'. Name that of the repository with --root.")
            : root is null && !Marks.Any(mark => Path.Exists(Path.Combine(target, mark))) ? throw new InputException(
                ToolCodes.NotARepository, $"'{target}' is not the root of a repository: it has no {Marks[0]}. Go there, or name the folder with --root: every build below it is reported.")
            : (BuildLogger.WhyNot(target) ?? (target.Count(letter => letter == '%') > 1 ? "two percent signs, as a variable has," : null)) is { } why ? throw new InputException(
                ToolCodes.PathNotForResponseFile, $"'{target}' has {why} in its path, which MSBuild cannot take in {BuildLogger.ResponseFile}. Give the folder another name.")
            : target;
    }

    private List<(string From, string To)> LoggerFiles(string target)
    {
        var files = Directory.Exists(logger) ? Directory.GetFiles(logger, "*.dll").Order(StringComparer.Ordinal).ToList() : [];
        return files.Exists(file => Path.GetFileName(file) == BuildLogger.Assembly)
            ? [.. files.Select(file => (file, Path.Combine(target, BuildResponseFile.LoggerFolder, Path.GetFileName(file))))]
            : throw new InputException(ToolCodes.NoLogger, $"This build of the tool has no logger in '{logger}'. Install the tool from its package: dotnet tool install Eco2Test.Tool.");
    }

    private static (string Path, string? Now, string Wanted) ResponseFile(string target)
    {
        var path = Path.Combine(target, BuildLogger.ResponseFile);
        try
        {
            var now = File.Exists(path) ? File.ReadAllText(path) : null;
            return (path, now, BuildResponseFile.With(now));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.SetupNotWritten, $"'{path}' cannot be read: {fault.Message} Nothing was changed.");
        }
    }

    private static bool IsSame(string from, string to) => File.Exists(to) && File.ReadAllBytes(from).AsSpan().SequenceEqual(File.ReadAllBytes(to));

    /// <summary>A whole file or nothing: a build may run meanwhile.</summary>
    private void Replace(string target, Action<string> write)
    {
        if (isDryRun)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            write(temporary);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>With a mark at its beginning where there was one.</summary>
    private static UTF8Encoding Encoding(string path) => new(File.Exists(path) && File.ReadAllBytes(path).AsSpan().StartsWith("\ufeff"u8));

    private void Say(string what, string path) => terminal.Output.WriteLine($"{(isDryRun ? "would " : "")}{what} {TerminalText.Clean(path)}");

    private void Summarise(string target, bool hasChanged)
    {
        if (!hasChanged)
        {
            terminal.Output.WriteLine($"Nothing to do: builds in {TerminalText.Clean(target)} have this version of the logger.");
            return;
        }

        terminal.Output.WriteLine(isDryRun
            ? "Nothing was written."
            : $"Commit both: git add -f {BuildResponseFile.LoggerFolder} {BuildLogger.ResponseFile}");
    }
}
