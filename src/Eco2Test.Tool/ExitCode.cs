namespace Eco2Test.Tool;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int UnexpectedFault = 1;
    public const int WrongInput = 2;

    /// <summary>What was run is over its budget.</summary>
    public const int BudgetExceeded = 3;

    /// <summary>Ended by Ctrl+C: 128 and the number of the signal, as shells have it.</summary>
    public const int Interrupted = 130;
}
