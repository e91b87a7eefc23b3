using System.Buffers.Binary;
using System.Text;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

/// <summary>A device of Windows' Energy Meter Interface that is made of bytes.</summary>
internal sealed class FakeEnergyMeter : IEnergyMeterDevice
{
    private readonly string[] _names;

    public FakeEnergyMeter(ushort version, params string[] names)
    {
        (Version, _names, Energies) = (version, names, new ulong[names.Length]);
        Array.Fill(Energies, 1_000_000_000_000ul);
        Metadata = version == 1 ? Version1(names[0]) : Version2(names);
    }

    public ushort Version { get; set; }

    /// <summary>In picowatt-hours.</summary>
    public ulong[] Energies { get; }

    public byte[] Metadata { get; set; }

    /// <summary>What it says of the length of its metadata, if that is a lie.</summary>
    public uint? MetadataSize { get; set; }

    /// <summary>How many bytes of a measurement it gives.</summary>
    public int? MeasurementLength { get; set; }

    public bool Works { get; set; } = true;

    public bool IsDisposed { get; private set; }

    /// <summary>What the last measurement says of its time, in 100 ns.</summary>
    public ulong Time { get; set; } = 1;

    public void Add(int channel, double joules) => Energies[channel] += (ulong)Math.Round(joules / 3.6e-9);

    public bool TryControl(uint code, Span<byte> output, out int length)
    {
        length = 0;
        if (!Works || IsDisposed)
        {
            return false;
        }

        Span<byte> number = stackalloc byte[4];
        switch (code)
        {
            case 0x224000:
                BinaryPrimitives.WriteUInt16LittleEndian(number, Version);
                return Answer(number[..2], output, out length);
            case 0x224004:
                BinaryPrimitives.WriteUInt32LittleEndian(number, MetadataSize ?? (uint)Metadata.Length);
                return Answer(number, output, out length);
            case 0x224008:
                return Answer(Metadata, output, out length);
            case 0x22400C:
                Span<byte> measurement = stackalloc byte[_names.Length * 16];
                for (var i = 0; i < _names.Length; i++)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(measurement[(i * 16)..], Energies[i]);
                    BinaryPrimitives.WriteUInt64LittleEndian(measurement[((i * 16) + 8)..], Time);
                }

                return Answer(measurement[..(MeasurementLength ?? measurement.Length)], output, out length);
            default:
                return false;
        }
    }

    public void Dispose() => IsDisposed = true;

    public static byte[] Version1(string name, int unit = 0) =>
        [.. Bytes(unit), .. Fixed("Maker"), .. Fixed("Model"), .. Bytes((ushort)1), .. Name(name)];

    public static byte[] Version2(params string[] names) => Version2(unit: 0, names);

    public static byte[] Version2(int unit, params string[] names) =>
        [.. Fixed("Maker"), .. Fixed("Model"), .. Bytes((ushort)1), .. Bytes((ushort)names.Length), .. names.SelectMany(name => (byte[])[.. Bytes(unit), .. Name(name)])];

    /// <summary>As a buffered answer of a driver: what does not fit is an error.</summary>
    private static bool Answer(ReadOnlySpan<byte> answer, Span<byte> output, out int length)
    {
        length = answer.TryCopyTo(output) ? answer.Length : 0;
        return length > 0;
    }

    private static byte[] Name(string name)
    {
        var text = Encoding.Unicode.GetBytes(name + "\0");
        return [.. Bytes((ushort)text.Length), .. text];
    }

    private static byte[] Fixed(string text) => Encoding.Unicode.GetBytes(text.PadRight(16, '\0'));

    private static byte[] Bytes(int number) => BitConverter.GetBytes(number);

    private static byte[] Bytes(ushort number) => BitConverter.GetBytes(number);
}
