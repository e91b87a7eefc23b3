using System.Buffers.Text;

namespace Eco2Test.Sensors;

/// <summary>
/// How long all CPUs of the machine have worked, from the first line of <c>/proc/stat</c>: user, nice, system, irq and
/// softirq. Not in it: idle and iowait, in which nothing runs; steal, in which the host ran somebody else; guest times,
/// which user and nice contain already.
/// </summary>
internal static class LinuxMachineTime
{
    // user nice system idle iowait irq softirq
    private const int Idle = 3;
    private const int WaitingForDisk = 4;
    private const int Fields = 7;

    /// <summary>In the kernel's ticks; <see langword="null"/> when the text is no such line.</summary>
    public static long? BusyTicks(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("cpu "u8))
        {
            return null;
        }

        var rest = text[4..];
        long busy = 0;
        for (var field = 0; field < Fields; field++)
        {
            rest = rest.TrimStart((byte)' ');
            if (!Utf8Parser.TryParse(rest, out long ticks, out var length) || ticks < 0)
            {
                return null;
            }

            busy += field is Idle or WaitingForDisk ? 0 : ticks;
            rest = rest[length..];
        }

        return busy;
    }
}
