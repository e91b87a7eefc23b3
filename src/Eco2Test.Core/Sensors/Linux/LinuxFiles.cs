using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace Eco2Test.Sensors;

/// <summary>
/// Files of <c>/proc</c> by the kernel's own calls, without allocating: there is one for each process and each thread, and
/// they are read ten times a second. Nothing throws; what cannot be opened or read is negative.
/// </summary>
internal static partial class LinuxFiles
{
    private const int OpenForReadingCloseOnExec = 0x80000;

    // struct linux_dirent64: inode (8 bytes), offset (8), length of the record (2), type (1), name.
    private const int LengthAt = 16;
    private const int NameAt = 19;

    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint ModeAndUser = 0x1 | 0x2 | 0x8;
    private const int KindOfFile = 0xF000;
    private const int Folder = 0x4000;
    private const int OthersMay = 0x3F;

    /// <summary>Whether sizes of the C library are those of these declarations.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary><c>/proc/PID/NAME</c>, or <c>/proc/PID/task/TID/NAME</c> with a thread.</summary>
    /// <returns>Its handle, to be closed; negative when it cannot be opened.</returns>
    public static int Open(int process, int thread, ReadOnlySpan<byte> name)
    {
        Span<byte> path = stackalloc byte[64];
        var length = Append(path, 0, "/proc/"u8);
        length = Append(path, length, process);
        if (thread != 0)
        {
            length = Append(path, length, "/task/"u8);
            length = Append(path, length, thread);
        }

        length = Append(path, length, "/"u8);
        length = Append(path, length, name);
        path[length] = 0;
        return Open(ref path[0], OpenForReadingCloseOnExec);
    }

    /// <summary>The folder of all processes.</summary>
    /// <returns>Its handle, to be closed; negative when it cannot be opened.</returns>
    public static int OpenProcesses()
    {
        Span<byte> path = stackalloc byte[8];
        "/proc\0"u8.CopyTo(path);
        return Open(ref path[0], OpenForReadingCloseOnExec);
    }

    /// <summary>Where <c>/proc/PID/fd/FILE</c> leads to.</summary>
    /// <returns>How many bytes it takes; negative when it cannot be read.</returns>
    public static int ReadLink(int process, int file, Span<byte> target)
    {
        Span<byte> path = stackalloc byte[64];
        var length = Append(path, 0, "/proc/"u8);
        length = Append(path, length, process);
        length = Append(path, length, "/fd/"u8);
        length = Append(path, length, file);
        path[length] = 0;
        return (int)ReadLink(ref path[0], ref target[0], target.Length);
    }

    /// <summary>How many bytes were read; 0 at the end, negative when it failed, as when the process has ended.</summary>
    public static int Read(int file, Span<byte> buffer, int offset) => (int)Read(file, ref MemoryMarshal.GetReference(buffer), buffer.Length, offset);

    public static void Close(int file) => _ = CloseFile(file);

    /// <summary>Adds the entries of a folder whose names are numbers.</summary>
    /// <returns>Whether the folder could be read to its end.</returns>
    public static bool TryList(int folder, Span<byte> buffer, List<int> numbers)
    {
        try
        {
            if (Seek(folder, 0, 0) != 0)
            {
                return false;
            }

            nint length;
            while ((length = GetEntries(folder, ref buffer[0], buffer.Length)) > 0)
            {
                Parse(buffer[..(int)length], numbers);
            }

            return length == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without this function.
            return false;
        }
    }

    /// <summary>The user that this process acts as.</summary>
    public static uint UserNumber { get; } = IsSupported ? EffectiveUser() : 0;

    /// <summary>Whether that is a folder, no link to one, of this user, in which nobody else may do anything.</summary>
    public static bool IsPrivateFolder(string path)
    {
        // struct statx, the same on all processors: user (4 bytes) at 20, mode (2) at 28.
        Span<byte> status = stackalloc byte[256];
        try
        {
            return Status(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), DoNotFollow, ModeAndUser, ref status[0]) == 0
                && MemoryMarshal.Read<uint>(status[20..]) == UserNumber
                && (MemoryMarshal.Read<ushort>(status[28..]) & (KindOfFile | OthersMay)) == Folder;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without this function.
            return false;
        }
    }

    private static void Parse(ReadOnlySpan<byte> entries, List<int> numbers)
    {
        while (entries.Length > NameAt)
        {
            // "." and ".." are no numbers.
            int length = MemoryMarshal.Read<ushort>(entries[LengthAt..]);
            if (Utf8Parser.TryParse(entries[NameAt..length], out int number, out _))
            {
                numbers.Add(number);
            }

            entries = entries[length..];
        }
    }

    private static int Append(Span<byte> path, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(path[at..]);
        return at + text.Length;
    }

    private static int Append(Span<byte> path, int at, int number)
    {
        Utf8Formatter.TryFormat(number, path[at..], out var length);
        return at + length;
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(ref byte path, int flags);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint Read(int file, ref byte buffer, nint length, nint offset);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Status(int folder, byte[] path, int flags, uint wanted, ref byte status);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);

    [LibraryImport("libc", EntryPoint = "readlink")]
    private static partial nint ReadLink(ref byte path, ref byte target, nint length);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial nint Seek(int file, nint offset, int from);

    [LibraryImport("libc", EntryPoint = "getdents64")]
    private static partial nint GetEntries(int folder, ref byte buffer, nint length);
}
