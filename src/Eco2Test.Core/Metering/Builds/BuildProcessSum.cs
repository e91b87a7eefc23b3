namespace Eco2Test.Metering;

/// <summary>What the processes of a build have used up to a moment.</summary>
/// <param name="Processes">Each process that has used anything, one for each number; CPU time only grows, also of those that have ended.</param>
/// <param name="CpuTime">Of all of them together.</param>
/// <param name="ResidentBytes">Of those that live.</param>
internal sealed record BuildProcessSum(IReadOnlyList<BuildProcessUse> Processes, TimeSpan CpuTime, long ResidentBytes)
{
    public static BuildProcessSum None { get; } = new([], TimeSpan.Zero, 0);

    /// <summary>The living processes that are to be looked at the next time, those included that may turn out to work for the build.</summary>
    public IReadOnlyCollection<int> Followed { get; init; } = [];

    /// <summary>Of those, the ones that work for the build.</summary>
    public IReadOnlyCollection<int> Living { get; init; } = [];
}

/// <summary>What a report has to say about how processes were counted.</summary>
/// <param name="Code">The diagnostic.</param>
/// <param name="Message">What it is about.</param>
internal readonly record struct BuildProcessNotice(string Code, string Message);
