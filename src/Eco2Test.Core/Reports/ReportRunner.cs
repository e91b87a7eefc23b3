namespace Eco2Test.Reports;

/// <summary>Whose machine a run was on, as far as the CI service's documented variables or the user say so; nothing is guessed.</summary>
public sealed record ReportRunner
{
    /// <summary>The CI service: <c>github</c>, <c>gitlab</c>, <c>azure</c>; <see langword="null"/> outside of one.</summary>
    public string? Provider { get; init; }

    /// <summary>The service's name for the machine, where it is a known one: <c>ubuntu-24.04</c>.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// What the service says: <c>hosted</c> or <c>self-hosted</c>; what the user says comes before that: <c>owned</c>,
    /// <c>leased</c> or <c>hosted</c>. <see langword="null"/>: nobody says.
    /// </summary>
    public string? Ownership { get; init; }

    /// <summary>Who says so: <c>set</c>, or the name of the service's variable.</summary>
    public string? OwnershipSource { get; init; }
}
