namespace Eco2Test.Reports;

/// <summary>
/// One line of a journal: the header first, then whatever becomes known. <see cref="Totals"/> and <see cref="Open"/> are
/// of the moment at which the line was made, so the last line that has them closes the books.
/// </summary>
internal sealed record JournalEntry
{
    public JournalHeader? Header { get; init; }

    public ReportIntensity? Intensity { get; init; }

    public ReportNotice? Notice { get; init; }

    /// <summary>A window that closed.</summary>
    public ReportWindow? Window { get; init; }

    /// <summary>The sums.</summary>
    public ReportTotals? Totals { get; init; }

    /// <summary>Wall time since the process started.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The windows that were open, with what they had used.</summary>
    public IReadOnlyList<ReportWindow>? Open { get; init; }
}

/// <summary>What is known of a run when it starts.</summary>
internal sealed record JournalHeader
{
    public const string CurrentSchema = "eco2test-journal/v1";

    public string Schema { get; init; } = CurrentSchema;

    public required ReportTool Tool { get; init; }

    public required ReportRun Run { get; init; }

    public required ReportTestbed Testbed { get; init; }

    public required ReportMethod Method { get; init; }

    public required double Pue { get; init; }

    public required ReportDataset Dataset { get; init; }

    /// <summary>The price of the place where the run is said to run; <see langword="null"/>: nobody says.</summary>
    public ReportIntensity? Actual { get; init; }

    /// <summary>The price of electricity; <see langword="null"/> when none is set.</summary>
    public ReportTariff? Tariff { get; init; }

    /// <summary>What making the machine emitted; <see langword="null"/>: nobody says.</summary>
    public ReportEmbodiedMachine? EmbodiedMachine { get; init; }

    /// <summary>The metric whose sum is the functional unit; <see langword="null"/>: nobody named one.</summary>
    public string? FunctionalUnit { get; init; }

    /// <summary>How budgets are judged, and those of the run and of groups; <see langword="null"/>: as by default, and there are none.</summary>
    public JournalBudgets? Budgets { get; init; }
}

/// <summary>What whoever makes the report needs to judge the budgets of the run and of groups.</summary>
internal sealed record JournalBudgets
{
    /// <summary>How they are judged.</summary>
    public required ReportBudgetPolicy Policy { get; init; }

    /// <summary>Settings that could not be read: no budget can be trusted then.</summary>
    public IReadOnlyList<string> Problems { get; init => field = value ?? []; } = [];

    /// <summary>The budgets.</summary>
    public IReadOnlyList<JournalBudget> Groups { get; init => field = value ?? []; } = [];
}

/// <summary>A budget of the run or of a group, before it is judged.</summary>
internal sealed record JournalBudget
{
    public required string Scope { get; init; }

    public string? Pattern { get; init; }

    public double? EnergyJoules { get; init; }

    public double? EmissionsGrams { get; init; }

    /// <summary>What could not be read of it.</summary>
    public string? Problem { get; init; }
}
