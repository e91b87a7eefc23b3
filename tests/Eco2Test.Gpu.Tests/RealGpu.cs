using System.Globalization;
using Eco2Test.Sensors;

namespace Eco2Test.Gpu.Tests;

/// <summary>The first GPU of this machine, as the product sees it and as the driver tells it.</summary>
internal sealed class RealGpu
{
    private readonly nint _device;

    public RealGpu()
    {
        Library = NvmlLibrary.Load(out var missing) ?? throw new InvalidOperationException(missing!.Reason);
        Sensor = NvmlSensor.FindAll(Library, TimeProvider.System)[0];
        Library.FindDevice(0, out _device).ShouldBe(NvmlCode.Success);
        Say($"{Sensor.Channel.Device}, driver {Library.DriverVersion()}, {Library.Devices} GPU(s), read by {Sensor.Channel.Source}{(Library.IsPartitioned(_device) ? ", divided (MIG)" : "")}");
    }

    public NvmlLibrary Library { get; }

    public IGpuSensor Sensor { get; }

    /// <summary>Seconds, from some moment.</summary>
    public static double Now => TimeProvider.System.GetTimestamp() / (double)TimeProvider.System.TimestampFrequency;

    /// <summary>Joules of the counter; <see langword="null"/> when the driver does not tell.</summary>
    public double? Counter() => Library.TotalEnergy(_device, out var millijoules) == NvmlCode.Success ? millijoules / 1000.0 : null;

    /// <summary>Watts by one of the ways to ask; <see langword="null"/> when the driver does not tell.</summary>
    public double? Watts(string way)
    {
        double milliwatts;
        var code = way switch
        {
            "instant power (field 186)" => Library.Field(_device, NvmlLibrary.InstantPowerField, out milliwatts),
            "average power (field 185)" => Library.Field(_device, NvmlLibrary.AveragePowerField, out milliwatts),
            _ => Library.PowerUsage(_device, out milliwatts),
        };
        return code == NvmlCode.Success ? milliwatts / 1000 : null;
    }

    public static IReadOnlyList<string> WaysToAskForPower { get; } = ["instant power (field 186)", "average power (field 185)", "power usage"];

    public double Joules()
    {
        Sensor.TryRead(out var energy).ShouldBeTrue(Sensor.Fault);
        return energy.Joules;
    }

    public static void Say(FormattableString line) => Console.WriteLine("  " + line.ToString(CultureInfo.InvariantCulture));
}
