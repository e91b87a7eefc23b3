using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>
/// The rows of a tracker: each says what was used since the last one, so that they add up to the whole. One that cannot be
/// written waits for the next try; it is never the program's fault.
/// </summary>
internal sealed class TrackerRows
{
    private readonly TrackingRun _run;
    private readonly EmissionsTrackerOptions _options;
    private readonly Price _price;
    private readonly string _id;
    private readonly EmissionsFile? _file;
    private readonly List<string> _waiting = [];

    public TrackerRows(TrackingRun run, EmissionsTrackerOptions options, Price price, string id, EmissionsFile? file) =>
        (_run, _options, _price, _id, _file) = (run, options, price, id, file);

    /// <summary>How many have not been written.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Why not; <see langword="null"/> when all have been.</summary>
    public string? Problem { get; private set; }

    /// <summary>Adds a row, and writes all that wait.</summary>
    /// <param name="epoch">The epoch; <see langword="null"/>: none.</param>
    /// <param name="startedAt">The start of the stretch.</param>
    /// <param name="used">What was used in it.</param>
    public void Add(string? epoch, DateTimeOffset startedAt, TrackerUse used)
    {
        if (_file is null)
        {
            return;
        }

        _waiting.Add(new Eco2AiRow
        {
            Id = _id,
            Project = _options.ProjectName,
            Experiment = _options.ExperimentDescription,
            Epoch = epoch ?? Eco2AiRow.NoEpoch,
            StartedAt = TimeZoneInfo.ConvertTime(startedAt, _run.Time.LocalTimeZone).DateTime,
            Duration = used.Duration,
            Energy = used.Energy * _price.Pue,
            Emissions = used.Emissions,
            Cpu = Cpu(_run.Machine),
            Gpu = Gpu(_run.Machine),
            OperatingSystem = NameOf(OperatingSystems.OfThisMachine),
            Place = _price.Key,
            Cost = used.Cost,
        }.Write());
        Write();
    }

    /// <summary>Writes what waits, if it can be.</summary>
    public void Write()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        try
        {
            _file!.Append(Eco2AiRow.Header, _waiting);
            _waiting.Clear();
            Problem = null;
        }
        catch (Exception fault)
        {
            // Whatever it is, the work that is measured has nothing to do with it.
            Problem = $"'{_file!.Path}' was not written: {fault.Message.TrimEnd('.')}.";

            // Reports have no paths.
            _run.Notice(DiagnosticCodes.ResultFileFault, $"Rows of '{_options.ProjectName}' were not written to '{Path.GetFileName(_file.Path)}': {(fault is FormatException ? "it has other columns" : FaultText.WithoutPaths(fault.Message).TrimEnd('.'))}. They wait for the next try.");
        }
    }

    /// <summary>In the place of a TDP, how the energy is known.</summary>
    private static string Cpu(RunMachine machine)
    {
        var method = RunDescription.Method(machine).Cpu;
        return $"{machine.Cpu.ModelName}/{machine.Cpu.Topology?.Sockets ?? 1} device(s), {ReportWords.Of(method.Provenance)}: {method.Source}";
    }

    private static string Gpu(RunMachine machine)
    {
        var gpus = machine.Sensors.Gpus;
        return $"{string.Join(", ", gpus.Select(gpu => gpu.Channel.Device).Distinct())} {gpus.Count} device(s)";
    }

    /// <summary>As Python's <c>platform.system()</c>, but for Apple's, as Eco2AI does.</summary>
    private static string NameOf(OperatingSystemKind system) => system switch
    {
        OperatingSystemKind.Linux => "Linux",
        OperatingSystemKind.Windows => "Windows",
        OperatingSystemKind.MacOs => "MacOS",
        _ => "unknown",
    };
}
