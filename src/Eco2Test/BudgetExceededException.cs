namespace Eco2Test;

/// <summary>A test used more energy, or emitted more, than its budget allows.</summary>
public sealed class BudgetExceededException : Exception
{
    /// <summary>With a message that says by how much, how it is known, and how sure that is.</summary>
    public BudgetExceededException(string message)
        : base(message)
    {
    }
}
