using Eco2Test.Carbon;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>A row of a report that was cut out of samples: a test without a window, or a part of a build.</summary>
internal sealed record SampledRow
{
    public required int Seq { get; init; }

    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    public required WindowKind Kind { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>What it used, by kind.</summary>
    public required ActiveUse Use { get; init; }

    /// <summary>The sum, with the bounds that are shown.</summary>
    public required BoundedEnergy Energy { get; init; }

    public required bool IsBelowResolution { get; init; }

    public required bool IsOverlapped { get; init; }

    /// <summary>As the report has it.</summary>
    public ReportWindow At(Price price)
    {
        var emissions = price.Emissions(Energy);
        return new ReportWindow
        {
            Seq = Seq,
            Id = Id,
            DisplayName = DisplayName,
            Kind = Kind,
            StartedAt = StartedAt,
            DurationSeconds = Duration.TotalSeconds,
            CpuSeconds = Use.CpuSeconds,
            Energy = new ReportEnergy
            {
                Joules = Energy.Central.Joules,
                LowJoules = Energy.Low.Joules,
                HighJoules = Energy.High.Joules,
                CpuJoules = Use.Cpu.Central.Joules,
                GpuJoules = Use.Gpu.Central.Joules,
                RamJoules = Use.Ram.Central.Joules,
                SelfJoules = Energy.Central.Joules,
            },
            EmissionsGrams = emissions.Central.Grams,
            LowGrams = emissions.Low.Grams,
            HighGrams = emissions.High.Grams,
            Intensity = price.Key,
            Quality = IsBelowResolution ? MeasurementQuality.BelowResolution
                : IsOverlapped ? MeasurementQuality.Overlapped
                : MeasurementQuality.Ok,
            Sampled = true,
        };
    }
}
