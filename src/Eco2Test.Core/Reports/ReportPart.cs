namespace Eco2Test.Reports;

/// <summary>One of the reports that a merged report sums up: what of it cannot be added up with the others.</summary>
public sealed record ReportPart
{
    /// <summary>Which run; with its start, this is what tells reports apart.</summary>
    public required ReportRun Run { get; init; }

    /// <summary>Its machine.</summary>
    public required ReportTestbed Testbed { get; init; }

    /// <summary>How its energy is known.</summary>
    public required ReportMethod Method { get; init; }

    /// <summary>Its sums; <see cref="ReportTotals.Intensity"/> is the key in the merged report.</summary>
    public required ReportTotals Totals { get; init; }

    /// <summary>How many windows it has.</summary>
    public required int Windows { get; init; }

    /// <summary>What it is known by in the merged report, in its windows and budgets too: <c>Shop.Tests (net10.0)</c>.</summary>
    public required string Name { get; init; }
}
