namespace Eco2Test.Reports;

/// <summary>
/// Writes a line of a journal, member by member: the very bytes that <see cref="LineJson"/> gives (a test compares them).
/// A serializer compiles a thousand methods before its first line, which was most of what the first window of a process
/// cost.
/// </summary>
internal static class JournalLine
{
    private delegate void MemberWriter<in T>(JsonLine json, T value);

    /// <summary>Writes the entry, without an end of line.</summary>
    public static void Write(JsonLine json, JournalEntry value)
    {
        json.WriteStartObject();
        Member(json, "header"u8, value.Header, Write);
        Member(json, "intensity"u8, value.Intensity, Write);
        Member(json, "notice"u8, value.Notice, Write);
        Member(json, "window"u8, value.Window, Write);
        Member(json, "totals"u8, value.Totals, Write);
        Number(json, "durationSeconds"u8, value.DurationSeconds);
        Members(json, "open"u8, value.Open, Write);
        json.WriteEndObject();
    }

    private static void Write(JsonLine json, JournalHeader value)
    {
        Text(json, "schema"u8, value.Schema);
        Member(json, "tool"u8, value.Tool, Write);
        Member(json, "run"u8, value.Run, Write);
        Member(json, "testbed"u8, value.Testbed, Write);
        Member(json, "method"u8, value.Method, Write);
        json.WriteNumber("pue"u8, value.Pue);
        Member(json, "dataset"u8, value.Dataset, Write);
        Member(json, "actual"u8, value.Actual, Write);
        Member(json, "tariff"u8, value.Tariff, Write);
        Member(json, "embodiedMachine"u8, value.EmbodiedMachine, Write);
        Text(json, "functionalUnit"u8, value.FunctionalUnit);
        Member(json, "budgets"u8, value.Budgets, Write);
    }

    private static void Write(JsonLine json, JournalBudgets value)
    {
        Member(json, "policy"u8, value.Policy, Write);
        Texts(json, "problems"u8, value.Problems);
        Members(json, "groups"u8, value.Groups, Write);
    }

    private static void Write(JsonLine json, ReportBudgetPolicy value)
    {
        Text(json, "bound"u8, value.Bound);
        Text(json, "notMeasurable"u8, value.NotMeasurable);
    }

    private static void Write(JsonLine json, JournalBudget value)
    {
        Text(json, "scope"u8, value.Scope);
        Text(json, "pattern"u8, value.Pattern);
        Number(json, "energyJoules"u8, value.EnergyJoules);
        Number(json, "emissionsGrams"u8, value.EmissionsGrams);
        Text(json, "problem"u8, value.Problem);
    }

    private static void Write(JsonLine json, ReportTool value)
    {
        Text(json, "name"u8, value.Name);
        Text(json, "version"u8, value.Version);
    }

    private static void Write(JsonLine json, ReportRun value)
    {
        Text(json, "id"u8, value.Id);
        json.WriteString("startedAt"u8, value.StartedAt);
        json.WriteNumber("durationSeconds"u8, value.DurationSeconds);
        Text(json, "project"u8, value.Project);
        Text(json, "targetFramework"u8, value.TargetFramework);
        Text(json, "configuration"u8, value.Configuration);
        Text(json, "kind"u8, value.Kind);
        Member(json, "shard"u8, value.Shard, Write);
        Text(json, "commit"u8, value.Commit);
        Text(json, "branch"u8, value.Branch);
        Number(json, "pullRequest"u8, value.PullRequest);
        Text(json, "ci"u8, value.Ci);
        Member(json, "runner"u8, value.Runner, Write);
    }

    private static void Write(JsonLine json, ReportRunner value)
    {
        Text(json, "provider"u8, value.Provider);
        Text(json, "label"u8, value.Label);
        Text(json, "ownership"u8, value.Ownership);
        Text(json, "ownershipSource"u8, value.OwnershipSource);
    }

    private static void Write(JsonLine json, ReportShard value)
    {
        json.WriteNumber("index"u8, value.Index);
        json.WriteNumber("count"u8, value.Count);
    }

    private static void Write(JsonLine json, ReportTestbed value)
    {
        Text(json, "fingerprint"u8, value.Fingerprint);
        Text(json, "os"u8, value.Os);
        Text(json, "cpuModel"u8, value.CpuModel);
        json.WriteNumber("logicalProcessors"u8, value.LogicalProcessors);
        json.WriteNumber("memoryBytes"u8, value.MemoryBytes);
        Texts(json, "gpus"u8, value.Gpus);
    }

    private static void Write(JsonLine json, ReportMethod value)
    {
        Member(json, "cpu"u8, value.Cpu, Write);
        Member(json, "gpu"u8, value.Gpu, Write);
        Member(json, "ram"u8, value.Ram, Write);
    }

    private static void Write(JsonLine json, ReportMethodPart value)
    {
        json.WriteString("provenance"u8, Word(value.Provenance));
        Text(json, "source"u8, value.Source);
        Text(json, "detail"u8, value.Detail);
        json.WriteNumber("low"u8, value.Low);
        json.WriteNumber("high"u8, value.High);
    }

    private static void Write(JsonLine json, ReportDataset value)
    {
        Text(json, "version"u8, value.Version);
        Text(json, "sha256"u8, value.Sha256);
    }

    private static void Write(JsonLine json, ReportTariff value)
    {
        Text(json, "text"u8, value.Text);
        Text(json, "currency"u8, value.Currency);
        Text(json, "zone"u8, value.Zone);
        Number(json, "utcOffsetMinutes"u8, value.UtcOffsetMinutes);
    }

    private static void Write(JsonLine json, ReportEmbodiedMachine value)
    {
        json.WriteNumber("totalGrams"u8, value.TotalGrams);
        json.WriteNumber("lifetimeSeconds"u8, value.LifetimeSeconds);
        json.WriteNumber("share"u8, value.Share);
        Text(json, "source"u8, value.Source);
    }

    private static void Write(JsonLine json, ReportIntensity value)
    {
        Text(json, "key"u8, value.Key);
        Text(json, "region"u8, value.Region);
        Text(json, "name"u8, value.Name);
        json.WriteNumber("gramsPerKilowattHour"u8, value.GramsPerKilowattHour);
        Text(json, "kind"u8, value.Kind);
        Text(json, "basis"u8, value.Basis);
        Text(json, "boundary"u8, value.Boundary);
        Number(json, "year"u8, value.Year);
        Text(json, "source"u8, value.Source);
        json.WriteBoolean("assumed"u8, value.Assumed);
        json.WriteNumber("pue"u8, value.Pue);
        Text(json, "pueSource"u8, value.PueSource);
        Member(json, "marginal"u8, value.Marginal, Write);
    }

    private static void Write(JsonLine json, ReportMarginal value)
    {
        Text(json, "region"u8, value.Region);
        json.WriteNumber("gramsPerKilowattHour"u8, value.GramsPerKilowattHour);
        Text(json, "basis"u8, value.Basis);
        json.WriteNumber("year"u8, value.Year);
        Text(json, "source"u8, value.Source);
    }

    private static void Write(JsonLine json, ReportNotice value)
    {
        Text(json, "code"u8, value.Code);
        Text(json, "message"u8, value.Message);
    }

    private static void Write(JsonLine json, ReportWindow value)
    {
        json.WriteNumber("seq"u8, value.Seq);
        Text(json, "id"u8, value.Id);
        Text(json, "project"u8, value.Project);
        Text(json, "displayName"u8, value.DisplayName);
        json.WriteString("kind"u8, Word(value.Kind));
        Number(json, "parent"u8, value.Parent);
        json.WriteNumber("attempt"u8, value.Attempt);
        json.WriteNumber("count"u8, value.Count);
        Member(json, "spread"u8, value.Spread, Write);
        json.WriteString("outcome"u8, Word(value.Outcome));
        Texts(json, "categories"u8, value.Categories);
        Text(json, "comparison"u8, value.Comparison);
        json.WriteString("startedAt"u8, value.StartedAt);
        json.WriteNumber("durationSeconds"u8, value.DurationSeconds);
        json.WriteNumber("cpuSeconds"u8, value.CpuSeconds);
        Member(json, "energy"u8, value.Energy, Write);
        json.WriteNumber("emissionsGrams"u8, value.EmissionsGrams);
        json.WriteNumber("lowGrams"u8, value.LowGrams);
        json.WriteNumber("highGrams"u8, value.HighGrams);
        Number(json, "costAmount"u8, value.CostAmount);
        Number(json, "embodiedGrams"u8, value.EmbodiedGrams);
        Text(json, "intensity"u8, value.Intensity);
        json.WriteString("quality"u8, Word(value.Quality));
        if (value.Sampled)
        {
            json.WriteBoolean("sampled"u8, value.Sampled);
        }

        Numbers(json, "metrics"u8, value.Metrics);
        Member(json, "budget"u8, value.Budget, Write);
        json.WriteString("verdict"u8, Word(value.Verdict));
        Member(json, "source"u8, value.Source, Write);
    }

    private static void Write(JsonLine json, ReportEnergy value)
    {
        json.WriteNumber("joules"u8, value.Joules);
        json.WriteNumber("lowJoules"u8, value.LowJoules);
        json.WriteNumber("highJoules"u8, value.HighJoules);
        json.WriteNumber("cpuJoules"u8, value.CpuJoules);
        json.WriteNumber("gpuJoules"u8, value.GpuJoules);
        json.WriteNumber("ramJoules"u8, value.RamJoules);
        json.WriteNumber("selfJoules"u8, value.SelfJoules);
    }

    private static void Write(JsonLine json, ReportSpread value)
    {
        json.WriteNumber("leastJoules"u8, value.LeastJoules);
        json.WriteNumber("mostJoules"u8, value.MostJoules);
        json.WriteNumber("standardDeviationJoules"u8, value.StandardDeviationJoules);
    }

    private static void Write(JsonLine json, ReportBudget value)
    {
        Number(json, "energyJoules"u8, value.EnergyJoules);
        Number(json, "emissionsGrams"u8, value.EmissionsGrams);
    }

    private static void Write(JsonLine json, ReportSource value)
    {
        Text(json, "file"u8, value.File);
        json.WriteNumber("line"u8, value.Line);
    }

    private static void Write(JsonLine json, ReportTotals value)
    {
        json.WriteNumber("energyJoules"u8, value.EnergyJoules);
        json.WriteNumber("trackedJoules"u8, value.TrackedJoules);
        json.WriteNumber("untrackedJoules"u8, value.UntrackedJoules);
        json.WriteNumber("lowJoules"u8, value.LowJoules);
        json.WriteNumber("highJoules"u8, value.HighJoules);
        json.WriteNumber("correctionJoules"u8, value.CorrectionJoules);
        json.WriteNumber("overheadJoules"u8, value.OverheadJoules);
        json.WriteNumber("idleJoules"u8, value.IdleJoules);
        json.WriteNumber("emissionsGrams"u8, value.EmissionsGrams);
        json.WriteNumber("untrackedGrams"u8, value.UntrackedGrams);
        json.WriteNumber("lowGrams"u8, value.LowGrams);
        json.WriteNumber("highGrams"u8, value.HighGrams);
        Text(json, "intensity"u8, value.Intensity);
    }

    private static ReadOnlySpan<byte> Word(BudgetVerdict value) => value switch
    {
        BudgetVerdict.None => "none"u8,
        BudgetVerdict.Kept => "kept"u8,
        BudgetVerdict.Warned => "warned"u8,
        BudgetVerdict.Exceeded => "exceeded"u8,
        BudgetVerdict.NotMeasurable => "not-measurable"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private static ReadOnlySpan<byte> Word(MeasurementQuality value) => value switch
    {
        MeasurementQuality.Ok => "ok"u8,
        MeasurementQuality.Overlapped => "overlapped"u8,
        MeasurementQuality.BelowResolution => "below-resolution"u8,
        MeasurementQuality.Incomplete => "incomplete"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private static ReadOnlySpan<byte> Word(Provenance value) => value switch
    {
        Provenance.Measured => "measured"u8,
        Provenance.Modeled => "modeled"u8,
        Provenance.Assumed => "assumed"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private static ReadOnlySpan<byte> Word(TestOutcome value) => value switch
    {
        TestOutcome.Unknown => "unknown"u8,
        TestOutcome.Passed => "passed"u8,
        TestOutcome.Failed => "failed"u8,
        TestOutcome.Skipped => "skipped"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private static ReadOnlySpan<byte> Word(WindowKind value) => value switch
    {
        WindowKind.Test => "test"u8,
        WindowKind.Fixture => "fixture"u8,
        WindowKind.Method => "method"u8,
        WindowKind.Build => "build"u8,
        WindowKind.Project => "project"u8,
        WindowKind.Target => "target"u8,
        WindowKind.Task => "task"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private static void Member<T>(JsonLine json, ReadOnlySpan<byte> name, T? value, MemberWriter<T> write)
        where T : class
    {
        if (value is not null)
        {
            json.WriteStartObject(name);
            write(json, value);
            json.WriteEndObject();
        }
    }

    private static void Members<T>(JsonLine json, ReadOnlySpan<byte> name, IReadOnlyList<T>? values, MemberWriter<T> write)
    {
        if (values is null)
        {
            return;
        }

        json.WriteStartArray(name);
        for (var i = 0; i < values.Count; i++)
        {
            json.WriteStartObject();
            write(json, values[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Texts(JsonLine json, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < texts.Count; i++)
        {
            json.WriteStringValue(texts[i]);
        }

        json.WriteEndArray();
    }

    private static void Numbers(JsonLine json, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, double> numbers)
    {
        json.WriteStartObject(name);
        if (numbers.Count > 0)
        {
            foreach (var (key, value) in numbers)
            {
                json.WriteNumber(key, value);
            }
        }

        json.WriteEndObject();
    }

    private static void Text(JsonLine json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void Number(JsonLine json, ReadOnlySpan<byte> name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void Number(JsonLine json, ReadOnlySpan<byte> name, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }
}
