using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>The power of every channel of a machine, and by the models of what has none.</summary>
internal sealed class SensorWatch
{
    /// <summary>A reading takes milliseconds; a driver that takes longer would stop the picture of all others.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;

    public SensorWatch(RunMachine machine, TimeProvider time)
    {
        _time = time;
        Channels = [.. Watched(machine)];
    }

    public IReadOnlyList<WatchedChannel> Channels { get; }

    public Task BeginAsync(CancellationToken cancelled) => Task.WhenAll(Channels.Select(channel => channel.BeginAsync(cancelled)));

    public Task SampleAsync(CancellationToken cancelled) => Task.WhenAll(Channels.Select(channel => channel.SampleAsync(cancelled)));

    private IEnumerable<WatchedChannel> Watched(RunMachine machine)
    {
        var sensors = machine.Sensors;
        var fast = sensors.Packages.Concat(sensors.Memory).ToList();
        var names = new Queue<string>(ChannelNames.Numbered([.. fast.Concat(sensors.Gpus).Select(sensor => TerminalText.Clean(sensor.Channel.Device))]));
        foreach (var sensor in fast)
        {
            yield return Channel(names.Dequeue(), sensor, _ => Task.FromResult(Read(sensor)));
        }

        foreach (var sensor in sensors.Gpus)
        {
            var call = new PatientCall<ChannelReading>(() => Read(sensor), _time);
            yield return Channel(names.Dequeue(), sensor, cancelled => ReadPatientlyAsync(call, cancelled));
        }

        if (sensors.Packages.Count == 0)
        {
            yield return Processor(machine);
        }

        if (sensors.Memory.Count == 0 && !machine.RamModel.ContainedInCpu)
        {
            yield return Memory(machine);
        }
    }

    private WatchedChannel Channel(string name, IEnergySensor sensor, Func<CancellationToken, Task<ChannelReading>> read) =>
        new(name, ReportWords.Of(sensor.Channel.Provenance), read, _time);

    private ChannelReading Read(IEnergySensor sensor)
    {
        var works = sensor.TryRead(out var energy);
        return new(works ? energy : null, _time.GetTimestamp(), works ? null : TerminalText.Clean(sensor.Fault ?? "It cannot be read."));
    }

    private async Task<ChannelReading> ReadPatientlyAsync(PatientCall<ChannelReading> call, CancellationToken cancelled)
    {
        var (isAnswered, reading) = await call.AskAsync(AnswerLimit, cancelled).ConfigureAwait(false);
        return isAnswered ? reading : new(null, _time.GetTimestamp(), "does not answer");
    }

    /// <summary>Idle power of all CPUs and active power of the busy ones: of the machine, or of this process where the system counts no other.</summary>
    private WatchedChannel Processor(RunMachine machine)
    {
        var (clock, model) = (machine.Clock, machine.CpuModel);
        var isWhole = clock.MachineCpuTime is not null;
        var idle = model.IdlePower.Central * (isWhole ? machine.Cpu.LogicalProcessors : machine.AvailableCpus);
        var beginning = _time.GetTimestamp();
        return new(isWhole ? "CPU" : "CPU, for this process alone", ReportWords.Of(model.Provenance), _ => Task.FromResult(Reading()), _time);

        ChannelReading Reading()
        {
            var now = _time.GetTimestamp();
            return (isWhole ? clock.MachineCpuTime : clock.ProcessCpuTime) is { } busy
                ? new((idle * _time.GetElapsedTime(beginning, now)) + (model.ActivePower.Central * busy), now, null)
                : new(null, now, "The system does not say how busy it is.");
        }
    }

    private WatchedChannel Memory(RunMachine machine)
    {
        var (energy, last) = (Energy.Zero, _time.GetTimestamp());
        return new("Memory, of this process alone", ReportWords.Of(Provenance.Modeled), _ => Task.FromResult(Reading()), _time);

        ChannelReading Reading()
        {
            var now = _time.GetTimestamp();
            energy += machine.RamModel.PowerOf(machine.Clock.ResidentBytes).Central * _time.GetElapsedTime(last, now);
            last = now;
            return new(energy, now, null);
        }
    }
}
