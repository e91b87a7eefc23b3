namespace Eco2Test.Tool;

/// <summary>The codes of the tool's errors; each has a page in docs/diagnostics.</summary>
internal static class ToolCodes
{
    public const string WrongArguments = "ECO4000";
    public const string PathNotFound = "ECO4001";
    public const string NoReport = "ECO4002";
    public const string NotAReport = "ECO4003";
    public const string FileTooLarge = "ECO4004";
    public const string UnknownRegion = "ECO4005";
    public const string CannotWrite = "ECO4006";
    public const string NoAnswerFromSensors = "ECO4007";
    public const string WrongPerformanceTable = "ECO4034";
    public const string UnknownMetric = "ECO4035";
    public const string CannotSave = "ECO4036";
    public const string UnusableFigures = "ECO4037";
}
