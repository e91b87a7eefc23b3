using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>
/// Says what a project is at: <c>waits</c> for others, and what its node does meanwhile is not its own; <c>continues</c>;
/// <c>compiles</c>, and the compiler server works for it; <c>compiled</c>; <c>compiledNothing</c>, since all was up to date;
/// <c>failed</c>, and nobody works on it any more.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class MarkEmissions : EmissionsTask
{
    /// <summary>One of the six.</summary>
    [Required]
    public string Phase { get; set; } = "";

    /// <inheritdoc/>
    private protected override void Run()
    {
        switch (Phase)
        {
            case "waits":
                Node.Wait(Key, waits: true);
                break;
            case "continues":
                Node.Wait(Key, waits: false);
                break;
            case "compiles":
                Node.Compile(Key, begins: true);
                break;
            case "compiled":
                Node.Compile(Key, begins: false);
                break;
            case "compiledNothing":
                Node.CancelCompile(Key);
                break;
            case "failed":
                Node.Fail(Key);
                break;
            default:
                throw new ArgumentException($"'{Phase}' is no phase; there are waits, continues, compiles, compiled, compiledNothing and failed");
        }
    }
}
