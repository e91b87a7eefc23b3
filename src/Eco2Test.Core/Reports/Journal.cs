using System.Collections.Concurrent;

namespace Eco2Test.Reports;

/// <summary>
/// The file that a run appends to, a line at a time, so that a process that is killed leaves everything up to its last
/// line. Lines are queued in the order of the books and written outside of their gate. It never throws.
/// </summary>
/// <param name="folder">Where it is written; <see langword="null"/>: nowhere.</param>
/// <param name="name">Its name without the extension.</param>
/// <param name="remembers">Whether what is written stays in memory too: to read it from the file, all its types would be described to the serializer.</param>
internal sealed class Journal(ResultsFolder? folder, string name, bool remembers = false)
{
    private readonly ConcurrentQueue<JournalEntry> _queue = new();
    private readonly object _gate = new();
    private readonly JsonLine _line = new();
    private readonly List<JournalEntry> _written = [];
    private Stream? _file;
    private long _end;
    private bool _isClosed;
    private Exception? _fault;

    /// <summary>Why the last write failed, with the folder and what would help; the lines are kept and tried again.</summary>
    public string? Fault => _fault is null ? null : $"The journal in '{folder!.Path}' cannot be written: {_fault.Message} Set ECO2TEST_RESULTS to a folder that can be written.";

    /// <summary>The same for a report, which holds no path.</summary>
    public string? FaultForReport =>
        _fault is null ? null : $"The journal cannot be written: {FaultText.WithoutPaths(_fault.Message, folder!.Path)} Set ECO2TEST_RESULTS to a folder that can be written.";

    /// <summary>What was written, in its order; nothing when it is not remembered.</summary>
    public IReadOnlyList<JournalEntry> Written
    {
        get
        {
            lock (_gate)
            {
                return [.. _written];
            }
        }
    }

    /// <summary>Whether lines are written at all: what is not need not be made.</summary>
    public bool IsKept => folder is not null;

    /// <summary>Queues a line: cheap, and in the order of the calls.</summary>
    public void Add(JournalEntry entry)
    {
        if (folder is not null)
        {
            _queue.Enqueue(entry);
        }
    }

    /// <summary>Hands every queued line to the operating system, which keeps it even when this process is killed.</summary>
    public void Flush()
    {
        if (folder is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            try
            {
                _file ??= folder.CreateJournal(name);
                while (_queue.TryPeek(out var entry))
                {
                    _line.Clear();
                    JournalLine.Write(_line, entry);
                    _line.WriteEndOfLine();

                    // Over what a write left that failed halfway.
                    _file.Position = _end;
                    _file.Write(_line.Written);
                    _end += _line.Written.Length;
                    _queue.TryDequeue(out _);
                    if (remembers)
                    {
                        _written.Add(entry);
                    }
                }

                _fault = null;
            }
            catch (Exception fault) when (IsOfTheFile(fault))
            {
                _fault = fault;
            }
        }
    }

    /// <summary>
    /// Where the folder was removed while it was written, makes the file anew with all that was in it. A file that alone is
    /// gone is left so: whoever made the report of it has removed it.
    /// </summary>
    public void Restore()
    {
        lock (_gate)
        {
            if (_file is null || folder!.Exists())
            {
                return;
            }

            try
            {
                var anew = folder.CreateJournal(name);
                try
                {
                    _file.Position = 0;
                    _file.CopyTo(anew);
                }
                catch (Exception fault) when (IsOfTheFile(fault))
                {
                    anew.Dispose();
                    ResultsFolder.DeleteJournal(folder.PathOfJournal(name));
                    throw;
                }

                _file.Dispose();
                _file = anew;
            }
            catch (Exception fault) when (IsOfTheFile(fault))
            {
                _fault = fault;
            }
        }
    }

    /// <summary>Lets go of the file: nothing is written any more. Its path, when anything was.</summary>
    public string? Close()
    {
        lock (_gate)
        {
            var path = _file is null ? null : folder!.PathOfJournal(name);
            _file?.Dispose();
            (_file, _isClosed) = (null, true);
            return path;
        }
    }

    private static bool IsOfTheFile(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}
