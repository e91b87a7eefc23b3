namespace Eco2Test.Tool;

/// <summary>The words of reports for whose machine a run was on.</summary>
internal static class Ownerships
{
    public const string Owned = "owned";
    public const string Leased = "leased";
    public const string Hosted = "hosted";
    public const string SelfHosted = "self-hosted";

    /// <summary>Where reports do not say.</summary>
    public const string Unknown = "unknown";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Owned, Leased, Hosted, SelfHosted, Unknown];
}
