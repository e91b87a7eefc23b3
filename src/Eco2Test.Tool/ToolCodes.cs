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
    public const string UnknownIntensitySource = "ECO4010";
    public const string MissingCredential = "ECO4011";
    public const string NotAnIntensityFile = "ECO4012";
    public const string WrongServiceAddress = "ECO4013";
    public const string NoIntensity = "ECO4014";
    public const string NoPlace = "ECO4015";
    public const string JournalNotPriced = "ECO4016";
    public const string NoForecast = "ECO4017";
    public const string NoTimeToRun = "ECO4018";
    public const string NotAResultFile = "ECO4020";
    public const string RowsLeftOut = "ECO4021";
    public const string UnknownDevice = "ECO4024";
    public const string UnknownMachine = "ECO4025";
    public const string DevicesDoNotGoTogether = "ECO4026";
    public const string NoRunOfYear = "ECO4030";
    public const string InventoryFileUnusable = "ECO4031";
    public const string NotForInventory = "ECO4032";
    public const string WrongPerformanceTable = "ECO4034";
    public const string UnknownMetric = "ECO4035";
    public const string CannotSave = "ECO4036";
    public const string UnusableFigures = "ECO4037";
    public const string NoCommand = "ECO4040";
    public const string CommandNotFound = "ECO4041";
    public const string NotARepository = "ECO4042";
    public const string PathNotForResponseFile = "ECO4043";
    public const string NoLogger = "ECO4044";
    public const string SetupNotWritten = "ECO4045";
}
