using Eco2Test.Cost;
using Eco2Test.Metering;
using Eco2Test.Reporting;
using Eco2Test.Units;

namespace Eco2Test;

/// <summary>
/// Measures the energy, the emissions and the cost of work of any program, from <see cref="Start"/> to <see cref="Stop"/>, and
/// appends them to a file in the form of Eco2AI's. A tracker is a window of the program's run: one that is started inside
/// another one is part of it, and ends with it at the latest.
/// </summary>
/// <remarks>
/// A file that cannot be written breaks no program: <see cref="FileProblem"/> says what happened, and rows wait for the next
/// try. Members may be called from any thread; what the work uses is what flows from where <see cref="Start"/> was called.
/// </remarks>
/// <example><code>
/// using var tracker = new EmissionsTracker(new() { ProjectName = "sentiment", Region = "FR" }).Start();
/// </code></example>
public sealed class EmissionsTracker : IDisposable
{
    private readonly object _gate = new();
    private readonly EmissionsTrackerOptions _options;
    private readonly ElectricityTariff? _tariff;
    private readonly EmissionsFile? _file;
    private readonly Func<TrackingRun> _start;
    private readonly List<TrackedEpoch> _epochs = [];

    private Running? _running;
    private Epoch? _epoch;
    private EmissionsTrackerResult? _result;

    /// <summary>A tracker that has not started.</summary>
    /// <exception cref="ArgumentException">An option is none; the message says which, and what would be right.</exception>
    public EmissionsTracker(EmissionsTrackerOptions? options = null)
        : this(options ?? new(), () => Ambient.StartRun(RunStart.OfThisProgram))
    {
    }

    internal EmissionsTracker(EmissionsTrackerOptions options, Func<TrackingRun> start)
    {
        (_options, _start, _tariff) = (options, start, TrackerOptions.Check(options, () => start().Settings.Regions));
        _file = string.IsNullOrWhiteSpace(options.FileName) ? null : new EmissionsFile(options.FileName);
    }

    /// <summary>What its rows are called by in the file: new for each tracker.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>What it has used: up to now, and once it has stopped, in all.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public Measurement Consumption
    {
        get
        {
            lock (_gate)
            {
                return _result?.Measurement ?? Started.Read();
            }
        }
    }

    /// <summary>What that cost; <see langword="null"/> when no price is set.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public ElectricityCost? Cost
    {
        get
        {
            lock (_gate)
            {
                return _result is not null ? _result.Cost : Started.BookCost(Started.Read());
            }
        }
    }

    /// <summary>What the electricity emits.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public CarbonIntensity EmissionLevel => Started.Price.Grid.Intensity;

    /// <summary>Why rows could not be written; <see langword="null"/> when all that are due have been.</summary>
    public string? FileProblem => _running?.Rows.Problem;

    private Running Started => _running ?? throw new InvalidOperationException("The tracker has not started: call Start or StartTraining first.");

    /// <summary>Starts to measure.</summary>
    /// <returns>This tracker, for <c>using var tracker = new EmissionsTracker(…).Start();</c></returns>
    /// <exception cref="InvalidOperationException">It has been started before; a new one measures something new.</exception>
    public EmissionsTracker Start()
    {
        lock (_gate)
        {
            if (_running is not null)
            {
                throw new InvalidOperationException("The tracker has been started before; make a new one.");
            }

            _running = new Running(_start(), _options, _tariff, Id, _file, Tick);
            _running.Begin();
            return this;
        }
    }

    /// <summary>
    /// Begins an epoch, and starts to measure if <see cref="Start"/> was not called before. An epoch is a window inside the
    /// tracker's: call this, <see cref="NewEpoch(IReadOnlyDictionary{string, object})"/> and <see cref="StopTraining"/> from the
    /// method that trains, so that its work flows with the epoch. What threads do that were started before is the tracker's.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is training already, or has stopped.</exception>
    public void StartTraining(int startEpoch = 1)
    {
        lock (_gate)
        {
            if (_epoch is not null || _result is not null)
            {
                throw new InvalidOperationException(_result is null ? "The training has started." : "The tracker has stopped; make a new one.");
            }

            if (_running is null)
            {
                Start();
            }

            Started.WriteOutside();
            _epoch = Started.BeginEpoch(startEpoch);
        }
    }

    /// <summary>Ends the epoch, writes its row with what was recorded of it, and begins the next.</summary>
    /// <param name="parameters">Such as <c>loss</c>. Those that are numbers are metrics of the epoch in the report too.</param>
    /// <exception cref="InvalidOperationException">It is not training.</exception>
    public void NewEpoch(IReadOnlyDictionary<string, object> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        lock (_gate)
        {
            var epoch = _epoch ?? throw new InvalidOperationException("The tracker is not training: call StartTraining first.");
            var ended = Started.End(epoch, new Dictionary<string, object>(parameters));
            _epochs.Add(ended);
            _epoch = Started.BeginEpoch(epoch.Number + 1);
        }
    }

    /// <summary>As above, with what was recorded in its order: <c>NewEpoch(("loss", 0.4), ("accuracy", 0.9))</c>.</summary>
    public void NewEpoch(params (string Name, object Value)[] parameters) =>
        NewEpoch(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));

    /// <summary>Ends the training. What was used since the last epoch is in none. The tracker goes on until <see cref="Stop"/>.</summary>
    /// <exception cref="InvalidOperationException">It is not training.</exception>
    public void StopTraining()
    {
        lock (_gate)
        {
            Started.Abandon(_epoch ?? throw new InvalidOperationException("The tracker is not training: call StartTraining first."));
            _epoch = null;
        }
    }

    /// <summary>Ends the measuring, and a training with it, and writes the last row. Stopping again gives the same, and tries to write rows that wait.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public EmissionsTrackerResult Stop()
    {
        lock (_gate)
        {
            if (_result is null)
            {
                if (_epoch is not null)
                {
                    StopTraining();
                }

                _result = Started.End(_epochs);
            }
            else
            {
                Started.Rows.Write();
            }

            _result = _result with { RowsNotWritten = Started.Rows.Waiting, FileProblem = Started.Rows.Problem };
            return _result;
        }
    }

    /// <summary>As <see cref="Stop"/>, where it has started. It never throws: an exception of the work would be lost.</summary>
    public void Dispose()
    {
        if (_running is { } running)
        {
            try
            {
                Stop();
            }
            catch (Exception fault)
            {
                running.Say(fault);
            }
        }
    }

    /// <summary>Runs work with a tracker around it. An exception of the work passes as it is, and what was used up to then is in the file.</summary>
    /// <exception cref="ArgumentException">An option is none; the work has not run.</exception>
    public static EmissionsTrackerResult Track(EmissionsTrackerOptions options, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var tracker = new EmissionsTracker(options).Start();
        work();
        return tracker.Stop();
    }

    /// <summary>As <see cref="Track"/>, for work that is awaited.</summary>
    /// <exception cref="ArgumentException">An option is none; the work has not run.</exception>
    public static async Task<EmissionsTrackerResult> TrackAsync(EmissionsTrackerOptions options, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var tracker = new EmissionsTracker(options).Start();
        await work().ConfigureAwait(false);
        return tracker.Stop();
    }

    /// <summary>Adds up a result file by project: of trackers, of Eco2AI, or of CodeCarbon.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writeTo">Where the summary is written in the form of Eco2AI's; <see langword="null"/>: nowhere.</param>
    /// <exception cref="FormatException">It is no such file; the message says what it has.</exception>
    /// <exception cref="IOException">It cannot be read, or the summary cannot be written.</exception>
    public static EmissionsSummary Summary(string path, string? writeTo = null)
    {
        var summary = EmissionsSummary.Of(EmissionsFile.Read(path));
        if (writeTo is not null)
        {
            var text = new StringWriter();
            summary.Write(text);
            EmissionsFile.Write(writeTo, text.ToString());
        }

        return summary;
    }

    /// <summary>The CPU, the GPUs and the memory of this machine, and how the energy of each is known.</summary>
    public static IReadOnlyList<AvailableDevice> AvailableDevices() =>
        Ambient.Run is { } run ? RunDescription.Devices(run.Machine) : RunStart.DevicesOfThisMachine();

    /// <summary>A row is due, or the price changes. For the timer.</summary>
    internal void Tick()
    {
        lock (_gate)
        {
            if (_result is null && _running is { } running)
            {
                try
                {
                    running.Tick(isTraining: _epoch is not null);
                }
                catch (Exception fault)
                {
                    // It runs on a thread of its own, where it would end the program.
                    running.Say(fault);
                }
            }
        }
    }
}
