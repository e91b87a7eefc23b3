namespace Eco2Test;

/// <summary>The codes of test runs and of builds; each has a page in docs/diagnostics.</summary>
internal static class DiagnosticCodes
{
    public const string BudgetExceeded = "ECO2001";
    public const string BudgetWarned = "ECO2002";
    public const string BudgetNotMeasurable = "ECO2003";
    public const string SettingUnreadable = "ECO2004";
    public const string BudgetWithoutData = "ECO2012";
    public const string RegionAssumed = "ECO2010";
    public const string GpuShared = "ECO2020";
    public const string SensorFault = "ECO2021";
    public const string JournalFault = "ECO2022";
    public const string TrackerFault = "ECO2023";
    public const string RunIncomplete = "ECO2024";
    public const string Debugging = "ECO2025";
    public const string SensorDenied = "ECO2026";
    public const string GpuAsynchronous = "ECO2027";
    public const string PowerSampled = "ECO2028";
    public const string PricedByTable = "ECO2030";
    public const string IntensityRemark = "ECO2031";
    public const string NoTimeline = "ECO2032";
    public const string ResultFileFault = "ECO2033";
    public const string OtherProcessesUnknown = "ECO2034";
    public const string NoFunctionalUnit = "ECO2037";
    public const string HostEnded = "ECO2041";
    public const string AttachmentsUnmatched = "ECO2043";
    public const string CollectorFault = "ECO2044";
    public const string TestsSampled = "ECO2045";
    public const string BenchmarkNotMeasured = "ECO2050";
    public const string BenchmarkBelowResolution = "ECO2051";
    public const string BenchmarkSettingUnreadable = "ECO2052";
    public const string BenchmarkChildrenUnseen = "ECO2053";
    public const string ProjectBudgetExceeded = "ECO3001";
    public const string BuildBudgetExceeded = "ECO3002";
    public const string BuildBudgetWarned = "ECO3003";
    public const string BuildBudgetNotMeasurable = "ECO3004";
    public const string BuildSettingUnreadable = "ECO3005";
    public const string BuildBudgetWithoutData = "ECO3006";
    public const string BuildModeUnnamed = "ECO3007";
    public const string SettingLocked = "ECO3008";
    public const string BuildFault = "ECO3009";
    public const string BuildSkipped = "ECO3010";
    public const string BuildReportFault = "ECO3011";
    public const string RunBudgetWithoutCollector = "ECO3012";
    public const string NodesOfOtherBuilds = "ECO3013";
    public const string ProcessesByNameOnly = "ECO3014";
    public const string NodesMatched = "ECO3015";
    public const string WouldFail = "ECO3016";
    public const string CompilerServerShared = "ECO3017";
    public const string BuildSettingTooLate = "ECO3018";
    public const string BuildPricedByProjects = "ECO3019";
}
