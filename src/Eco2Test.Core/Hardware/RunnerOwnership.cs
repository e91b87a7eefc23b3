namespace Eco2Test.Hardware;

/// <summary>Whose machine a run is on, within the organisational boundary of the GHG Protocol: only its user knows that.</summary>
internal enum RunnerOwnership
{
    /// <summary>The organisation's own.</summary>
    Owned,

    /// <summary>Leased, and operated by the organisation.</summary>
    Leased,

    /// <summary>Somebody else's, who sells its use.</summary>
    Hosted,
}
