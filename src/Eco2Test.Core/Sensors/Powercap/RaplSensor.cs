using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Sensors;

/// <summary>
/// The energy counter of one powercap zone (RAPL, "running average power limit": Intel since Sandy Bridge, AMD since Zen), from
/// <c>energy_uj</c>, microjoules. A reading is one <c>pread</c> and allocates nothing. Not for several threads at once.
/// </summary>
internal sealed class RaplSensor : IEnergySensor
{
    /// <summary>How often processors renew the counter (Intel's manual, volume 3, RAPL).</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(1);

    /// <summary>Several times the period: firmware that hides a side channel renews it less often.</summary>
    private static readonly TimeSpan OldestValue = TimeSpan.FromMilliseconds(100);

    private const double JoulesPerMicrojoule = 1e-6;

    private readonly KeptFile _energy;
    private readonly TimeProvider _time;
    private readonly CounterUnwrapper _counter;
    private readonly string? _ofItself;
    private string? _ofCounter;
    private long _lastTimestamp;
    private FileProblem _problem;

    /// <param name="files">The door to <c>/sys</c>.</param>
    /// <param name="folder">The zone's.</param>
    /// <param name="channel">What it is of; its modulus is the zone's <c>max_energy_range_uj</c>.</param>
    /// <param name="largestPower">More than it can draw.</param>
    /// <param name="time">A clock.</param>
    /// <param name="remark">What must be known of this figure however it is read.</param>
    public RaplSensor(SystemFiles files, string folder, EnergyChannel channel, Power largestPower, TimeProvider time, string? remark = null)
    {
        (Channel, _time, _ofItself, Remark) = (channel, time, remark, remark);
        _energy = new KeptFile(files, $"{folder}/energy_uj");
        _counter = new CounterUnwrapper(channel.Device, JoulesPerMicrojoule, channel.WrapModulus, largestPower, OldestValue);
    }

    public EnergyChannel Channel { get; }

    public string? Fault { get; private set; }

    public string? Remark { get; private set; }

    /// <summary>Whether the last reading failed only because the file may not be opened.</summary>
    public bool IsDenied => _problem == FileProblem.Denied;

    public bool TryRead(out Energy cumulative)
    {
        if (!_energy.TryReadNumber(out var microjoules))
        {
            Note(_energy.Problem);
            cumulative = _counter.Cumulative;
            return false;
        }

        var now = _time.GetTimestamp();
        cumulative = _counter.Advance(microjoules, _time.GetElapsedTime(_lastTimestamp, now));
        _lastTimestamp = now;
        Note(FileProblem.None);
        if (!ReferenceEquals(_ofCounter, _counter.Remark))
        {
            _ofCounter = _counter.Remark;
            Remark = _ofItself is null ? _ofCounter : $"{_ofItself} {_ofCounter}";
        }

        return true;
    }

    public void Dispose() => _energy.Dispose();

    private void Note(FileProblem problem)
    {
        if (problem == _problem)
        {
            return;
        }

        _problem = problem;
        Fault = problem == FileProblem.None ? null : $"{Channel.Device}: " + problem switch
        {
            FileProblem.Missing => "the RAPL counter is gone (its driver was unloaded, or the zone is hidden)",
            FileProblem.Denied => "the RAPL counter may not be read (docs/rapl.md)",
            FileProblem.NoNumber => "the RAPL counter gives no number",
            _ => "the RAPL counter cannot be read (its driver answers with an error)",
        };
    }
}
