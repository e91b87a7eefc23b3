using Eco2Test.Sensors;

namespace Eco2Test.Metering;

/// <summary>Whose the energy of a GPU is, as the driver lists its processes.</summary>
internal sealed class GpuOwnership(IGpuSensor sensor, bool isExclusive)
{
    private readonly List<GpuProcess> _processes = [];
    private bool _isKnown;
    private string? _reason;
    private GpuDetails? _details;

    /// <summary>What the driver said of the device when it was first asked.</summary>
    public GpuDetails Details => _details ?? new GpuDetails();

    public GpuUse Use { get; private set; } = new(GpuUseKind.Unknown, 1) { IsGuess = true };

    /// <summary>Why it is not known whose it is, and what would help; <see langword="null"/> when it is known.</summary>
    public string? Unknown { get; private set; }

    /// <summary>Asks the driver. Only the lane calls it.</summary>
    public void Read()
    {
        try
        {
            _details ??= sensor.ReadDetails();
            _isKnown = sensor.TryReadProcesses(_processes, out _reason);
        }
        catch (Exception fault)
        {
            (_isKnown, _reason) = (false, fault.Message);
        }
    }

    /// <summary>Decides by what the driver said last. Under the ledger's gate, where the processes of the tree are known.</summary>
    public void Decide(IProcessClock clock)
    {
        Use = GpuSharing.Of(_isKnown, _processes, clock.ProcessIds, clock.HasHostProcessIds, Details.IsPartitioned, isExclusive);
        Unknown = Use.Kind is GpuUseKind.Unknown ? GpuSharing.DescribeUnknown(sensor.Channel.Device, _reason) : null;
    }
}
