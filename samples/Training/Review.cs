namespace Training;

/// <summary>What a customer wrote, and whether the customer was happy. Mutable, since ML.NET fills it in.</summary>
public sealed class Review
{
    public string Text { get; set; } = "";

    public bool IsPositive { get; set; }
}
