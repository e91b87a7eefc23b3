using Eco2Test.Hardware;
using Eco2Test.Sensors;
using Eco2Test.TestKit;
using Eco2Test.TestKit.Nvml;

namespace Eco2Test.Benchmarks;

/// <summary>Two GPUs of the stand-in for NVIDIA's library, and two sockets with a counter each for the package and its memory.</summary>
internal sealed class StandInDevices : IDisposable
{
    private const int Gpus = 2;

    private readonly StandInNvml _nvml = new(Gpus);
    private readonly FakePowercap _powercap = new();

    /// <param name="isOurs">Whether this process has a context on the GPUs: a window then waits for a reading at its end.</param>
    public StandInDevices(bool isOurs)
    {
        _nvml.UseRealTime();
        for (var gpu = 0; gpu < Gpus; gpu++)
        {
            _nvml.SetProcesses(gpu, NvmlProcessKind.Compute, isOurs ? (uint)Environment.ProcessId : 1);
        }

        for (var socket = 0; socket < 2; socket++)
        {
            _powercap.AddZone($"intel-rapl:{socket}", $"package-{socket}");
            _powercap.AddZone($"intel-rapl:{socket}:0", "dram");
        }

        var counters = new PowercapSearch(new SystemFiles(_powercap.Root), "GenuineIntel", isGuest: false, TimeProvider.System).Find();
        Sensors = counters with { Gpus = NvmlSensor.FindAll(_nvml.Load(), TimeProvider.System) };
        if (counters is not { Packages.Count: 2, Memory.Count: 2 } || Sensors.Gpus.Count != Gpus)
        {
            throw new InvalidOperationException("The stand-ins are not what they should be.");
        }
    }

    public SensorSet Sensors { get; }

    public void Dispose()
    {
        _nvml.Dispose();
        _powercap.Dispose();
    }
}
