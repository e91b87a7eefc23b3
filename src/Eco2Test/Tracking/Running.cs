using System.Globalization;
using Eco2Test.Carbon;
using Eco2Test.Cost;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>A tracker that has started: its window, what is read of it, and what has been written. Its tracker guards it.</summary>
internal sealed class Running
{
    private readonly TrackingRun _run;
    private readonly EmissionsTrackerOptions _options;
    private readonly TrackingWindow _window;
    private readonly TrackerMeter _meter;
    private readonly TrackerCost? _cost;
    private readonly TrackedProcesses _processes;
    private readonly EmissionsFile? _file;
    private readonly string _id;
    private readonly Action _tick;
    private TrackerTimer? _timer;

    // What rows have said so far, and from when the next one speaks.
    private TrackerUse _written;
    private DateTimeOffset _writtenUpTo;

    // Of the timer alone: since the start, by a clock that nobody sets.
    private readonly long _startedAt;
    private TimeSpan _rowDueAfter;

    public Running(TrackingRun run, EmissionsTrackerOptions options, ElectricityTariff? tariff, string id, EmissionsFile? file, Action tick)
    {
        (_run, _options, _id, _tick) = (run, options, id, tick);
        _file = run.Settings.Skip ? null : file;
        var request = Request(options.ProjectName) with { Region = options.Region, Pue = options.Pue, Intensity = options.EmissionLevel };
        Price = run.PriceOf(request);
        Rows = new TrackerRows(run, options, Price, id, _file);
        _processes = options.Processes == TrackedProcesses.All && !KnowsOthers() ? TrackedProcesses.Current : options.Processes;
        _meter = new TrackerMeter(run, Price, _processes == TrackedProcesses.All);
        _window = run.Open(request, TrackingWindow.Current);
        _writtenUpTo = _window.StartedAt;
        _startedAt = run.Time.GetTimestamp();
        _rowDueAfter = options.MeasurePeriod ?? TimeSpan.MaxValue;
        var clock = tariff is null ? run.Tariff : TariffClock.Of(tariff, run.Time.LocalTimeZone, run.Time.GetUtcNow());
        _cost = clock is null ? null : new TrackerCost(clock, Price.Pue, _window.StartedAt);
    }

    /// <summary>What prices the energy.</summary>
    public Price Price { get; }

    /// <summary>The rows of the file.</summary>
    public TrackerRows Rows { get; }

    /// <summary>From here on, what is used is the tracker's.</summary>
    public void Begin()
    {
        _meter.Begin();
        Ambient.Flow = _window;
        if ((_file is not null && _options.MeasurePeriod is not null) || _cost?.TimeToChange(_run.Time.GetUtcNow()) is not null)
        {
            _timer = new TrackerTimer(_run, TimeToNext, _tick);
        }
    }

    /// <summary>What has been used up to now.</summary>
    public Measurement Read() => _meter.Read(_window);

    /// <summary>What that cost.</summary>
    public ElectricityCost? BookCost(Measurement measurement) => _cost?.Book(measurement, _run.Time.GetUtcNow());

    /// <summary>Writes the row that is due; while training, each epoch has its own.</summary>
    public void Tick(bool isTraining)
    {
        var isRowDue = TakeDueRow();
        var measurement = Read();
        var cost = BookCost(measurement);
        if (isRowDue && !isTraining)
        {
            WriteRest(Use(measurement, cost));
        }
    }

    /// <summary>What is in no epoch, before the first one begins.</summary>
    public void WriteOutside()
    {
        if (_options.MeasurePeriod is not null)
        {
            var measurement = Read();
            WriteRest(Use(measurement, BookCost(measurement)));
        }
    }

    /// <summary>Begins an epoch.</summary>
    public Epoch BeginEpoch(int number)
    {
        var window = _run.Open(Request($"{_options.ProjectName}: epoch {number}"), _window);
        Ambient.Flow = window;
        return new Epoch(number, window, _meter.Mark());
    }

    /// <summary>Ends an epoch with its row.</summary>
    public TrackedEpoch End(Epoch epoch, Dictionary<string, object> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrWhiteSpace(name) && Number(value) is { } number && double.IsFinite(number))
            {
                epoch.Window.Record(name, number);
            }
        }

        var measurement = _meter.Of(epoch.Window.Stop(), epoch.Start);
        BookCost(Read());
        var cost = _cost?.Of(measurement, epoch.Window.StartedAt);
        var used = Use(measurement, cost);
        Rows.Add(Eco2AiRow.EpochText(epoch.Number, parameters), epoch.Window.StartedAt, used);
        _written += used;
        return new TrackedEpoch { Number = epoch.Number, Parameters = parameters, StartedAt = epoch.Window.StartedAt, Measurement = measurement, Cost = cost };
    }

    /// <summary>Ends what would have been an epoch, had the training gone on.</summary>
    public void Abandon(Epoch epoch)
    {
        var name = $"{_options.ProjectName}: after the last epoch";
        epoch.Window.Request = epoch.Window.Request with { Id = name, DisplayName = name };
        epoch.Window.Stop();
    }

    /// <summary>Ends all with the last row.</summary>
    public EmissionsTrackerResult End(IReadOnlyList<TrackedEpoch> epochs)
    {
        _timer?.Dispose();
        var measurement = _meter.End(_window.Stop());
        var cost = BookCost(measurement);
        WriteRest(Use(measurement, cost));
        return new EmissionsTrackerResult
        {
            Id = _id,
            ProjectName = _options.ProjectName,
            ExperimentDescription = _options.ExperimentDescription,
            StartedAt = _window.StartedAt,
            Measurement = measurement,
            Intensity = Price.Report,
            Cost = cost,
            Epochs = [.. epochs],
            Processes = _processes,
            FilePath = _file?.Path,
        };
    }

    /// <summary>Says in the report that the tracker failed, which ends no program.</summary>
    public void Say(Exception fault) =>
        _run.Notice(DiagnosticCodes.TrackerFault, $"The tracker of '{_options.ProjectName}' failed: {FaultText.Of(fault)}");

    private static WindowRequest Request(string name) => new() { Id = name, DisplayName = name, Kind = WindowKind.Method };

    private bool KnowsOthers()
    {
        if (!_run.Machine.KnowsOthers)
        {
            _run.Notice(DiagnosticCodes.OtherProcessesUnknown, $"'{_options.ProjectName}' measures this process and its children only: all processes were asked for, and this system does not tell how busy they are.");
        }

        return _run.Machine.KnowsOthers;
    }

    private void WriteRest(TrackerUse all)
    {
        Rows.Add(null, _writtenUpTo, all - _written);
        _written = all;
        _writtenUpTo = _window.StartedAt + all.Duration;
    }

    /// <summary>Whether a row is due; one stands for all that were missed while the machine slept.</summary>
    private bool TakeDueRow()
    {
        var elapsed = _run.TimeSince(_startedAt);
        if (_options.MeasurePeriod is not { } period || elapsed < _rowDueAfter)
        {
            return false;
        }

        _rowDueAfter += period * (Math.Floor((elapsed - _rowDueAfter) / period) + 1);
        return true;
    }

    private TimeSpan TimeToNext()
    {
        var (row, price) = (_rowDueAfter - _run.TimeSince(_startedAt), _cost?.TimeToChange(_run.Time.GetUtcNow()) ?? TimeSpan.MaxValue);
        var next = row < price ? row : price;
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    private static TrackerUse Use(Measurement measurement, ElectricityCost? cost) =>
        new(measurement.Duration, measurement.Energy, measurement.Emissions, cost?.Amount);

    private static double? Number(object? value) => value is double or float or decimal or int or long or short or byte or uint or ulong or ushort or sbyte
        ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : null;
}

/// <summary>An epoch that has begun.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Window">Its window, inside the tracker's.</param>
/// <param name="Start">What the machine had used before.</param>
internal sealed record Epoch(int Number, TrackingWindow Window, MachineUse Start);
