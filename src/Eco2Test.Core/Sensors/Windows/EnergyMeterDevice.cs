using System.Buffers.Binary;

namespace Eco2Test.Sensors;

/// <summary>One device of Windows' Energy Meter Interface: the door to its control codes.</summary>
internal interface IEnergyMeterDevice : IDisposable
{
    /// <summary>Sends a code without input; <see langword="false"/> when the device answers with an error.</summary>
    /// <param name="code">One of <see cref="EnergyMeterCodes"/>.</param>
    /// <param name="output">Where the answer goes.</param>
    /// <param name="length">How long the answer is, bytes.</param>
    bool TryControl(uint code, Span<byte> output, out int length);
}

/// <summary>The control codes of <c>emi.h</c>.</summary>
internal static class EnergyMeterCodes
{
    /// <summary>Answers with the version of the interface: 1 or 2, 16 bits.</summary>
    public const uint Version = 0x224000;

    /// <summary>Answers with the length of <see cref="Metadata"/>: 32 bits.</summary>
    public const uint MetadataSize = 0x224004;

    /// <summary>Answers with the names and units of the channels (<see cref="EnergyMeterMetadata"/>).</summary>
    public const uint Metadata = 0x224008;

    /// <summary>Answers with two numbers of 64 bits for each channel: energy, and the time at which it was read in 100 ns.</summary>
    public const uint Measurement = 0x22400C;

    /// <summary>Bytes of one channel's measurement.</summary>
    public const int MeasurementLength = 16;

    /// <summary>Asks a device for one number; little-endian, of as many bytes as asked for.</summary>
    public static bool TryNumber(this IEnergyMeterDevice device, uint code, int bytes, out uint number)
    {
        Span<byte> answer = stackalloc byte[sizeof(uint)];
        answer.Clear();
        var isAnswered = device.TryControl(code, answer[..bytes], out var length) && length == bytes;
        number = isAnswered ? BinaryPrimitives.ReadUInt32LittleEndian(answer) : 0;
        return isAnswered;
    }
}
