namespace Eco2Test.Carbon.Live;

/// <summary>How long a service is waited for.</summary>
/// <param name="Attempt">One call.</param>
/// <param name="Total">All attempts of a call, and the pauses between them.</param>
/// <param name="LongestPause">A service that asks for a longer one is not waited for.</param>
/// <param name="Retries">How often a call is made again.</param>
internal sealed record Patience(TimeSpan Attempt, TimeSpan Total, TimeSpan LongestPause, int Retries)
{
    /// <summary>What somebody at a terminal bears.</summary>
    public static Patience Default { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(30), 3);
}
