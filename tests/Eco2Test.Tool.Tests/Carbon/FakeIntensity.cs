using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Tool.Tests;

/// <summary>A source that says what a test makes it say, and keeps what it was asked.</summary>
internal sealed class FakeIntensity : IIntensitySource
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    public string Name => "fake";

    public IntensityKind Kind { get; init; }

    /// <summary>Hour by hour from 09:00 on; <see langword="null"/>: a gap.</summary>
    public double?[] Hours { get; init; } = [100];

    public string? Fault { get; init; }

    /// <summary>Ctrl+C is pressed while it is asked.</summary>
    public bool IsInterrupted { get; init; }

    public IReadOnlyList<string> Notices { get; init; } = [];

    public List<IntensityQuery> Asked { get; } = [];

    public List<string?> Zones { get; } = [];

    public Task<IntensitySeries> ReadAsync(IntensityQuery query, CancellationToken cancelled)
    {
        Asked.Add(query);
        if (IsInterrupted)
        {
            throw new OperationCanceledException();
        }

        return Fault is not null ? throw new IntensitySourceException(Fault) : Task.FromResult(new IntensitySeries
        {
            Source = "Fake Grid v3",
            Zone = "FR-ZONE",
            Kind = Kind,
            Basis = "lifecycle",
            Boundary = "consumption",
            Notices = Notices,
            Points = [.. Hours.Index().Where(hour => hour.Item is not null).Select(hour =>
                new IntensityPoint(Start.AddHours(hour.Index), Start.AddHours(hour.Index + 1), CarbonIntensity.FromGramsPerKilowattHour(hour.Item!.Value)))],
        });
    }

    /// <summary>A world in which it is the source, at a time of the day.</summary>
    public Surroundings World(DateTimeOffset? now = null) => new(() => throw new InvalidOperationException("no machine is looked at"), new ManualTimeOf(now ?? Start))
    {
        OpenIntensity = (source, zone) =>
        {
            Zones.Add(zone);
            return source == Name ? this : IntensitySources.Open(source, zone, new EnvironmentVariables(_ => null), TimeProvider.System);
        },
    };

    private sealed class ManualTimeOf(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
