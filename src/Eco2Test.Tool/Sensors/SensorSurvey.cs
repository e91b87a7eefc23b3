using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>Takes a machine's inventory: reads every channel once, and asks every GPU what it is.</summary>
internal static class SensorSurvey
{
    /// <summary>A driver that has not answered by then hangs.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    public static async Task<SensorInventory> MakeAsync(RunMachine machine, IReadOnlyList<string> problems, TimeProvider time, CancellationToken cancelled)
    {
        var sensors = machine.Sensors;
        var gpus = await Task.WhenAll(sensors.Gpus.Select(gpu => SurveyAsync(gpu, machine.Clock.HasHostProcessIds, time, cancelled))).ConfigureAwait(false);
        return new SensorInventory
        {
            Processor = new(TerminalText.Clean(machine.Cpu.ModelName), machine.Cpu.IsGuest, machine.Cpu.LogicalProcessors, machine.AvailableCpus),
            Channels = [.. sensors.Packages.Concat(sensors.Memory).Select(sensor => Read(sensor)), .. gpus],
            NotAdded = [.. sensors.NotAdded.Select(Describe)],
            CpuModel = Describe(machine.CpuModel, sensors.Packages.Count > 0),
            RamModel = Describe(machine.RamModel, sensors.Memory.Count > 0),
            Missing = [.. sensors.Missing.Select(missing => new MissingFacts(
                TerminalText.Clean(missing.Name), TerminalText.Clean(missing.Reason), CleanOrNone(missing.Remedy), missing.IsDenied))],
            Problems = [.. problems.Select(TerminalText.Clean)],
        };
    }

    private static async Task<ChannelFacts> SurveyAsync(IGpuSensor gpu, bool hasHostProcessIds, TimeProvider time, CancellationToken cancelled)
    {
        // One after the other: a sensor is not for several threads at once, and one that hangs is not asked again.
        var (reads, channel) = await new PatientCall<ChannelFacts>(() => Read(gpu), time).AskAsync(AnswerLimit, cancelled).ConfigureAwait(false);
        if (!reads)
        {
            return Silent(Describe(gpu.Channel), "a reading");
        }

        var (describes, facts) = await new PatientCall<GpuFacts>(() => Describe(gpu.ReadDetails()), time).AskAsync(AnswerLimit, cancelled).ConfigureAwait(false);
        if (!describes)
        {
            return Silent(channel!, "what it is");
        }

        var (shares, sharing) = await new PatientCall<SharingFacts>(() => Sharing(gpu, hasHostProcessIds), time).AskAsync(AnswerLimit, cancelled).ConfigureAwait(false);
        return channel! with { Gpu = facts! with { Sharing = shares ? sharing : new(null, false, false, $"the driver does not answer within {Duration.Write(AnswerLimit)}") } };
    }

    private static ChannelFacts Silent(ChannelFacts channel, string askedFor) => channel with
    {
        State = ChannelState.DoesNotAnswer, Fault = $"the driver was asked for {askedFor} and has not answered within {Duration.Write(AnswerLimit)}",
    };

    private static ChannelFacts Read(IEnergySensor sensor)
    {
        var works = sensor.TryRead(out _);
        return Describe(sensor.Channel) with
        {
            State = works ? ChannelState.Works : ChannelState.Faulted,
            Fault = works ? null : CleanOrNone(sensor.Fault) ?? "it gives no reason",
            Remark = CleanOrNone(sensor.Remark),
        };
    }

    private static ChannelFacts Describe(EnergyChannel channel) =>
        new(TerminalText.Clean(channel.Device), channel.Domain.ToString().ToLowerInvariant(), TerminalText.Clean(channel.Source), channel.Provenance, channel.IsSampledPower)
        {
            UpdatePeriodMilliseconds = channel.UpdatePeriod > TimeSpan.Zero ? channel.UpdatePeriod.TotalMilliseconds : null,
            UncertaintyPercent = double.IsFinite(channel.Uncertainty) && channel.Uncertainty > 0 ? Math.Round(channel.Uncertainty * 100, 6) : null,
            ContainedIn = CleanOrNone(channel.ContainedIn),
        };

    private static GpuFacts Describe(GpuDetails details) => new()
    {
        PowerWatts = details.Power?.Watts,
        PowerLimitWatts = details.PowerLimit?.Watts,
        TemperatureCelsius = details.TemperatureCelsius is { } degrees && double.IsFinite(degrees) ? degrees : null,
        MemoryBytes = details.MemoryBytes,
        MemoryUsedBytes = details.MemoryUsedBytes,
        DriverVersion = CleanOrNone(details.DriverVersion),
        IsPartitioned = details.IsPartitioned,
    };

    private static SharingFacts Sharing(IGpuSensor gpu, bool hasHostProcessIds)
    {
        var processes = new List<GpuProcess>();
        return gpu.TryReadProcesses(processes, out var reason)
            ? new(processes.Count, processes.Exists(process => process.SmUtilization is not null), hasHostProcessIds, null)
            : new(null, false, false, CleanOrNone(reason) ?? "the driver gives no reason");
    }

    private static CpuModelFacts Describe(CpuPowerModel model, bool isMeasured) => new(
        !isMeasured, model.Provenance, TerminalText.Clean(model.Source), TerminalText.Clean(model.Detail),
        Watts(model.ActivePower), Watts(model.IdlePower), model.IncludesMemory);

    private static RamModelFacts Describe(RamPowerModel model, bool isMeasured) => new(
        !isMeasured && !model.ContainedInCpu, model.ContainedInCpu, Provenance.Modeled, TerminalText.Clean(model.Source), TerminalText.Clean(model.Detail),
        model.ContainedInCpu ? null : Math.Round(model.LowFactor, 6), model.ContainedInCpu ? null : Math.Round(model.HighFactor, 6));

    private static BoundedWatts Watts(BoundedPower power) => new(Math.Round(power.Low.Watts, 6), Math.Round(power.Central.Watts, 6), Math.Round(power.High.Watts, 6));

    private static string? CleanOrNone(string? text) => string.IsNullOrWhiteSpace(text) ? null : TerminalText.Clean(text);
}
