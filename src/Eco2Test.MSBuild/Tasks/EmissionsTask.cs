using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>A task of Eco2Test: what goes wrong in it is said, and never the outcome of a build.</summary>
public abstract class EmissionsTask : Microsoft.Build.Utilities.Task
{
    static EmissionsTask() => CompiledAhead.Load();

    /// <summary>Full path of the project; <c>BuildEngine</c> would say the file that the task stands in.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>Such as <c>net10.0</c>.</summary>
    public string? TargetFramework { get; set; }

    /// <summary>Such as <c>Release</c>.</summary>
    public string? Configuration { get; set; }

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            Run();
        }
        catch (Exception fault)
        {
            Say(DiagnosticCodes.BuildFault, $"Eco2Test: {GetType().Name} of this project: {fault.Message.ReplaceLineEndings(" ").Trim()}");
            HasFailed();
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does the work, and may throw.</summary>
    private protected abstract void Run();

    /// <summary>It has thrown, which has been said.</summary>
    private protected virtual void HasFailed()
    {
    }

    /// <summary>Says a fault of ours, which is no warning: builds that make errors of warnings would fail by it.</summary>
    private protected void Say(string code, string message) =>
        Log.LogMessage(null, code, null, Project, 0, 0, 0, 0, MessageImportance.High, "{0}", message);

    /// <summary>What this node knows.</summary>
    private protected NodeState Node => NodeState.Of(BuildEngine4);

    /// <summary>Whose figure it is: each framework of a project has one.</summary>
    private protected ProjectKey Key => new(Project, Given(TargetFramework), Given(Configuration));

    private protected static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
