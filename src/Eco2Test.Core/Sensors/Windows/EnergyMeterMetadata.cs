using System.Buffers.Binary;
using System.Text;

namespace Eco2Test.Sensors;

/// <summary>What a device of Windows' Energy Meter Interface says of its channels (<c>EMI_METADATA_V1</c>, <c>EMI_METADATA_V2</c>).</summary>
internal static class EnergyMeterMetadata
{
    /// <summary>More channels than a device has; an AMD processor has one for each core.</summary>
    public const int MostChannels = 256;

    /// <summary>More than so many channels' names need.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>The only unit that there is, EmiMeasurementUnitPicowattHours.</summary>
    private const int PicowattHours = 0;

    // Version 1: unit (4 bytes), maker and model (32 each), revision (2), length of the name in bytes (2), name.
    private const int NameLengthInVersion1 = 70;

    // Version 2: maker and model (32 bytes each), revision (2), count (2), then of each channel unit (4), length of its name in bytes (2), name.
    private const int CountInVersion2 = 66;
    private const int ChannelHead = 6;

    /// <summary>
    /// The names of the channels in the order of their measurements, one of another unit as <see langword="null"/>; nothing
    /// when the bytes are not what the version says.
    /// </summary>
    public static IReadOnlyList<string?>? Parse(uint version, ReadOnlySpan<byte> metadata) => version switch
    {
        1 => ParseVersion1(metadata),
        2 => ParseVersion2(metadata),
        _ => null,
    };

    private static string?[]? ParseVersion1(ReadOnlySpan<byte> metadata) =>
        metadata.Length >= NameLengthInVersion1 && TryName(metadata[NameLengthInVersion1..], out var name, out _)
            ? [BinaryPrimitives.ReadInt32LittleEndian(metadata) == PicowattHours ? name : null]
            : null;

    private static string?[]? ParseVersion2(ReadOnlySpan<byte> metadata)
    {
        if (metadata.Length < CountInVersion2 + sizeof(ushort))
        {
            return null;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(metadata[CountInVersion2..]);
        if (count > MostChannels)
        {
            return null;
        }

        var names = new string?[count];
        var rest = metadata[(CountInVersion2 + sizeof(ushort))..];
        for (var i = 0; i < count; i++)
        {
            if (rest.Length < ChannelHead || !TryName(rest[sizeof(int)..], out var name, out var length))
            {
                return null;
            }

            names[i] = BinaryPrimitives.ReadInt32LittleEndian(rest) == PicowattHours ? name : null;
            rest = rest[(sizeof(int) + length)..];
        }

        return names;
    }

    /// <summary>A length in bytes and so many bytes of UTF-16, ended by a zero or filled up with spaces.</summary>
    private static bool TryName(ReadOnlySpan<byte> text, out string name, out int length)
    {
        (name, length) = ("", 0);
        if (text.Length < sizeof(ushort))
        {
            return false;
        }

        length = sizeof(ushort) + BinaryPrimitives.ReadUInt16LittleEndian(text);
        if (length > text.Length)
        {
            return false;
        }

        name = Encoding.Unicode.GetString(text[sizeof(ushort)..length]);
        name = (name.IndexOf('\0') is >= 0 and var end ? name[..end] : name).Trim();
        return true;
    }
}
