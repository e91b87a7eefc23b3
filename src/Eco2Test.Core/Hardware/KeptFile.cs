using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Eco2Test.Hardware;

/// <summary>Why a file gave nothing.</summary>
internal enum FileProblem
{
    None,

    /// <summary>There is no such file; a driver that is unloaded takes its files along.</summary>
    Missing,

    /// <summary>It is there, and may not be opened.</summary>
    Denied,

    /// <summary>It is no file, or the driver behind it answers with an error.</summary>
    Unreadable,

    /// <summary>It was read, and what it holds is not a number.</summary>
    NoNumber,
}

/// <summary>
/// A file of the system that is read again and again: its handle stays open, so that a reading allocates nothing. When a
/// reading fails the handle is given up, and the next reading opens the file anew. Not for several threads at once.
/// </summary>
internal sealed class KeptFile(SystemFiles files, string path) : IDisposable
{
    /// <summary>A number has at most 20 digits.</summary>
    private const int LongestNumber = 64;

    private SafeFileHandle? _handle;
    private bool _isDisposed;

    /// <summary>Why the last reading gave nothing.</summary>
    public FileProblem Problem { get; private set; }

    /// <summary>Reads a text that is one whole number without a sign, alone on its line.</summary>
    public bool TryReadNumber(out ulong number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        number = 0;
        if (!TryRead(text, out var length))
        {
            return false;
        }

        if (length < LongestNumber && Utf8Parser.TryParse(text[..length], out number, out var digits) && (digits == length || text[digits] == '\n'))
        {
            return true;
        }

        // Perhaps what the handle leads to is no longer what the name leads to.
        Close(FileProblem.NoNumber);
        number = 0;
        return false;
    }

    /// <summary>Reads the beginning of a text.</summary>
    public bool TryRead(Span<byte> text, out int length)
    {
        length = 0;
        if (_isDisposed)
        {
            Problem = FileProblem.Missing;
            return false;
        }

        if (_handle is null)
        {
            _handle = files.Open(path, out var problem);
            Problem = problem;
        }

        if (_handle is null)
        {
            return false;
        }

        try
        {
            length = RandomAccess.Read(_handle, text, fileOffset: 0);
            Problem = FileProblem.None;
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Close(FileProblem.Unreadable);
            return false;
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        Close(Problem);
    }

    private void Close(FileProblem problem)
    {
        _handle?.Dispose();
        (_handle, Problem) = (null, problem);
    }
}
