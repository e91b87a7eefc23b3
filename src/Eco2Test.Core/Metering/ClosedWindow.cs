using Eco2Test.Budgets;
using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>What closing a window gave.</summary>
internal sealed record ClosedWindow(ReportWindow Window, Measurement Measurement, BudgetOutcome Budget, ReportIntensity Intensity);
