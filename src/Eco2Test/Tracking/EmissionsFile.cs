using System.Diagnostics;
using System.Text;

namespace Eco2Test;

/// <summary>
/// The one door to the result file of trackers: rows are appended to it, under a lock that other processes respect, and
/// nothing that is in it is changed.
/// </summary>
internal sealed class EmissionsFile
{
    private const int ReadAtOnce = 64 * 1024;

    // What the operating systems answer when another process has the file: EAGAIN of Linux and macOS, and two of Windows.
    private static readonly int[] Busy = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly TimeSpan _patience;

    // Up to here the file is known to consist of whole rows.
    private long _wholeUpTo;

    /// <summary>The file at a path, as it is seen from where the program stands now.</summary>
    /// <param name="path">The path.</param>
    /// <param name="patience">How long it is waited for another process; 5 s unless told.</param>
    public EmissionsFile(string path, TimeSpan? patience = null) => (Path, _patience) = (System.IO.Path.GetFullPath(path), patience ?? TimeSpan.FromSeconds(5));

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Appends rows in one write; a file that does not exist begins with the header.</summary>
    /// <exception cref="FormatException">The file has other columns; it is left as it is.</exception>
    /// <exception cref="IOException">It cannot be written; it is left as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Append(string header, IReadOnlyList<string> rows)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var file = Open(() => new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        var end = file.Length;
        var prefix = end == 0 ? header + "\n" : Repair(file, header);
        var endOfLine = EndsLinesAsWindows(file) ? "\r\n" : "\n";
        var text = Encoding.UTF8.GetBytes(prefix + string.Concat(rows.Select(row => row + endOfLine)));
        file.Position = end;
        try
        {
            file.Write(text);
        }
        catch (IOException)
        {
            // Of a disk that is full: the next try begins where this one did.
            file.SetLength(end);
            throw;
        }

        _wholeUpTo = end + text.Length;
    }

    /// <summary>The whole text of a file, also of one that is being written.</summary>
    public static string Read(string path)
    {
        using var file = new EmissionsFile(path).Open(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Writes a whole file.</summary>
    public static void Write(string path, string text) => File.WriteAllText(path, text);

    private FileStream Open(Func<FileStream> open)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return open();
            }
            catch (IOException fault) when (Busy.Contains(fault.HResult) && clock.Elapsed < _patience)
            {
                // Not all at once: others wait too.
                Thread.Sleep(Random.Shared.Next(1, 20));
            }
        }
    }

    /// <summary>
    /// What must come before a row: a writer that was killed leaves a part of one, and a quoted field of it may be open.
    /// Nothing where the file ends with a whole row.
    /// </summary>
    private string Repair(FileStream file, string header)
    {
        CheckHeader(file, header);
        if (_wholeUpTo > file.Length)
        {
            // It has been written anew by somebody else.
            _wholeUpTo = 0;
        }

        file.Position = _wholeUpTo;
        var (buffer, quoted, last) = (new byte[ReadAtOnce], false, (byte)'\n');
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            quoted ^= buffer.AsSpan(0, count).Count((byte)'"') % 2 == 1;
            last = buffer[count - 1];
        }

        return quoted ? "\"\n" : last == (byte)'\n' ? "" : "\n";
    }

    private static void CheckHeader(FileStream file, string header)
    {
        var has = FirstLine(file);
        if (has.TrimStart('\uFEFF').TrimEnd('\r') != header)
        {
            throw new FormatException($"the file has other columns, and is left as it is: '{(has.Length > 300 ? has[..300] + "..." : has)}' instead of '{header}'. Name another file");
        }
    }

    private static bool EndsLinesAsWindows(FileStream file) => FirstLine(file).EndsWith('\r');

    private static string FirstLine(FileStream file)
    {
        file.Position = 0;
        var buffer = new byte[4096];
        var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var line = buffer.AsSpan(0, count);
        var end = line.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? line : line[..end]);
    }
}
