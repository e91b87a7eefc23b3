using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using Eco2Test.Hardware;
using Microsoft.Win32.SafeHandles;

namespace Eco2Test.Sensors;

/// <summary>
/// The threads of this process by their numbers, from <c>/proc/self/task</c>: the sampling thread looks ten times a second,
/// so the folder stays open and is read by <c>getdents64</c> into a buffer that is kept. Where that cannot be, as with a C
/// library that lacks the function, it is listed as any folder is. Not for several threads at once.
/// </summary>
internal sealed partial class LinuxThreadList
{
    private const string Folder = "proc/self/task";
    private const int OpenForReadingCloseOnExec = 0x80000;

    // struct linux_dirent64: inode (8 bytes), offset (8), length of the record (2), type (1), name.
    private const int LengthAt = 16;
    private const int NameAt = 19;

    private readonly byte[] _buffer = new byte[4096];
    private readonly SafeFileHandle? _folder = OpenFolder();
    private bool _isSlow;

    /// <summary>Replaces the content of <paramref name="threads"/>.</summary>
    public void Read(List<int> threads)
    {
        _isSlow = _isSlow || !TryReadFast(threads);
        if (_isSlow)
        {
            ReadSlow(threads);
        }
    }

    internal static void ReadSlow(List<int> threads)
    {
        threads.Clear();
        foreach (var name in SystemFiles.OfThisMachine.Folders(Folder))
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
            {
                threads.Add(thread);
            }
        }
    }

    internal bool TryReadFast(List<int> threads)
    {
        if (_folder is null)
        {
            return false;
        }

        try
        {
            threads.Clear();
            if (Seek(_folder, 0, 0) != 0)
            {
                return false;
            }

            nint length;
            while ((length = GetEntries(_folder, ref _buffer[0], _buffer.Length)) > 0)
            {
                Parse(_buffer.AsSpan(0, (int)length), threads);
            }

            return length == 0 && threads.Count > 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static void Parse(ReadOnlySpan<byte> entries, List<int> threads)
    {
        while (entries.Length > NameAt)
        {
            // "." and ".." are no numbers.
            int length = MemoryMarshal.Read<ushort>(entries[LengthAt..]);
            if (Utf8Parser.TryParse(entries[NameAt..length], out int thread, out _))
            {
                threads.Add(thread);
            }

            entries = entries[length..];
        }
    }

    /// <summary>Where sizes of the C library are not those of the run-time's integers, it is left to the slow way.</summary>
    private static SafeFileHandle? OpenFolder()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return null;
        }

        var folder = Open("/" + Folder, OpenForReadingCloseOnExec);
        return folder.IsInvalid ? null : folder;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial nint Seek(SafeFileHandle file, nint offset, int from);

    [LibraryImport("libc", EntryPoint = "getdents64")]
    private static partial nint GetEntries(SafeFileHandle folder, ref byte buffer, nint length);
}
