using System.Globalization;
using System.Text;

namespace Eco2Test.Reports;

/// <summary>The one door to the files that are written: the folder of results, its journals, reports and attachments.</summary>
internal sealed class ResultsFolder(string path)
{
    public const string ReportExtension = ".eco2test.json";
    public const string JournalExtension = ".eco2test.journal";

    /// <summary>Before the number of the process that a journal was written about from outside.</summary>
    private const string Outside = ".outside-";

    private const string AttachmentsName = "eco2test-attachments";

    public string Path => path;

    /// <summary>The stem of a run's files: <c>Shop.Tests_net10.0</c>.</summary>
    public static string Stem(ReportRun run) => Stem(run.Project, run.TargetFramework);

    /// <summary>As above, of a project that has not run yet.</summary>
    public static string Stem(string project, string? targetFramework) => FileName(targetFramework is null ? project : $"{project}_{targetFramework}");

    /// <summary>Opens a journal that does not exist yet; nothing is followed or overwritten.</summary>
    public Stream CreateJournal(string name)
    {
        Directory.CreateDirectory(path);
        return new FileStream(PathOfJournal(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Whether the folder is there.</summary>
    public bool Exists() => Directory.Exists(path);

    /// <summary>Where the journal of that name lies.</summary>
    public string PathOfJournal(string name) => System.IO.Path.Combine(path, FileName(name) + JournalExtension);

    /// <summary>The journals of a session, in the order of their names.</summary>
    public IReadOnlyList<string> JournalsOf(string session) => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, $"*.{FileName(session)}.*{JournalExtension}").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Whether reports of other projects lie here than those with these stems, whose earlier and further runs have a number after it.</summary>
    public bool HasOtherReports(IReadOnlyCollection<string> stems)
    {
        return Directory.Exists(path) && Directory.EnumerateFiles(path, $"*{ReportExtension}").Select(file => System.IO.Path.GetFileName(file)).Any(name =>
            name != WindowAttachment.FileName && !stems.Any(stem => IsOf(stem, name)));

        static bool IsOf(string stem, string name) => name.StartsWith(stem + ".", StringComparison.Ordinal)
            && (char.IsAsciiDigit(name[stem.Length + 1]) || name.Length == stem.Length + ReportExtension.Length);
    }

    /// <summary>What the journal of a process is of whose session when it is written from outside, by another process.</summary>
    public static string SessionOutside(string session, int processId) => $"{session}{Outside}{processId.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Whether a process has left a journal of its own in a session.</summary>
    public bool HasJournalOf(string session, int processId) =>
        Directory.Exists(path) && Directory.EnumerateFiles(path, string.Create(CultureInfo.InvariantCulture, $"*.{FileName(session)}.{processId}{JournalExtension}")).Any();

    /// <summary>Removes what was written from outside about a process, of which others have told more.</summary>
    public void DeleteOutside(string session, int processId)
    {
        foreach (var journal in JournalsOf(SessionOutside(session, processId)))
        {
            File.Delete(journal);
        }
    }

    /// <summary>Whether a journal was written from outside about a process that has left one of its own, which knows more.</summary>
    public static bool IsSuperseded(string journal)
    {
        var name = System.IO.Path.GetFileName(journal);
        var outside = name.IndexOf(Outside, StringComparison.Ordinal);
        if (outside < 0 || !name.EndsWith(JournalExtension, StringComparison.Ordinal))
        {
            return false;
        }

        var process = name[(outside + Outside.Length)..].Split('.')[0];
        return File.Exists(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(journal)!, $"{name[..outside]}.{process}{JournalExtension}"));
    }

    /// <summary>Removes the journals that are superseded: a process has one report, never two.</summary>
    public void DeleteSuperseded()
    {
        if (Directory.Exists(path))
        {
            foreach (var journal in Directory.EnumerateFiles(path, $"*{Outside}*{JournalExtension}").Where(IsSuperseded).ToList())
            {
                File.Delete(journal);
            }
        }
    }

    /// <summary>Why nothing can be written here, if so. What does not exist yet is left so.</summary>
    public string? Fault()
    {
        try
        {
            // Of a folder that is not there yet, the nearest that is must take it.
            for (var part = System.IO.Path.GetFullPath(path); part is not null; part = System.IO.Path.GetDirectoryName(part))
            {
                if (File.Exists(part))
                {
                    return $"'{part}' is a file, not a folder.";
                }

                if (Directory.Exists(part))
                {
                    var probe = System.IO.Path.Combine(part, $"{Guid.NewGuid():N}.tmp");
                    using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
                    return null;
                }
            }

            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }

    /// <summary>Removes a journal whose report is written.</summary>
    public static void DeleteJournal(string journal) => File.Delete(journal);

    /// <summary>Writes a whole file or nothing.</summary>
    /// <returns>The file's path.</returns>
    public string Write(string name, string content)
    {
        Directory.CreateDirectory(path);
        var target = System.IO.Path.Combine(path, FileName(name));
        Replace(target, content);
        return target;
    }

    /// <summary>Writes a whole file of exactly that name or nothing: to a new temporary file, then renamed over the old one.</summary>
    public static void Replace(string target, string content)
    {
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Encoding.UTF8.GetBytes(content));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            // What .NET makes of a file that is larger than the system allows.
            throw new IOException(fault.Message, fault);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes the attachment of a window to a file of that very name, in a folder of its own.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">It cannot be written, or its folder is a link to another.</exception>
    public string WriteAttachment(string session, int seq, string name, byte[] content) =>
        WriteAttachment(session, seq.ToString(CultureInfo.InvariantCulture), name, content);

    /// <summary>Writes an attachment to a file of that very name, in the folder that <paramref name="place"/> names.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">It cannot be written, or its folder is a link to another.</exception>
    public string WriteAttachment(string session, string place, string name, byte[] content)
    {
        foreach (var parent in new[] { System.IO.Path.Combine(path, AttachmentsName), AttachmentsOf(session) })
        {
            if (new DirectoryInfo(parent).LinkTarget is not null)
            {
                throw new IOException($"'{parent}' is a link, which is not followed.");
            }
        }

        var file = PathOfAttachment(session, place, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        stream.Write(content);
        return file;
    }

    /// <summary>The attachment of that place; <see langword="null"/> when there is none.</summary>
    public string? FindAttachment(string session, string place, string name)
    {
        var file = PathOfAttachment(session, place, name);
        return File.Exists(file) ? file : null;
    }

    /// <summary>Removes the attachments of a session's processes, once the test platform has taken its copies.</summary>
    public void DeleteAttachments(string session)
    {
        var parent = new DirectoryInfo(System.IO.Path.Combine(path, AttachmentsName));
        if (!parent.Exists || parent.LinkTarget is not null)
        {
            return;
        }

        foreach (var folder in parent.EnumerateDirectories($"{FileName(session)}.*"))
        {
            folder.Delete(recursive: true);
        }

        if (!parent.EnumerateFileSystemInfos().Any())
        {
            parent.Delete();
        }
    }

    /// <summary>Removes the folder with all that is in it.</summary>
    public void Remove()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private string PathOfAttachment(string session, string place, string name) =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(AttachmentsOf(session), FileName(place), FileName(name)));

    private string AttachmentsOf(string session) => System.IO.Path.Combine(path, AttachmentsName, FileName(session));

    /// <summary>A name that is one on every file system, and no path.</summary>
    private static string FileName(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            clean.Append(char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or ',' ? c : '_');
        }

        // "." and ".." are no names, but the folder and the one above it.
        return clean.ToString().Trim('.').Length == 0 ? clean.Replace('.', '_').Append('_').ToString() : clean.ToString();
    }
}
