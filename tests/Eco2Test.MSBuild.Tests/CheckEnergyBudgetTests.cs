using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Eco2Test.MSBuild.Tests;

/// <summary>The task that holds a project against its budgets, where MSBuild fails it.</summary>
public sealed class CheckEnergyBudgetTests
{
    [Theory]
    [InlineData("ProjectEnergyBudget", null, "message ECO3009, error ECO3006")]
    [InlineData("BuildEmissionsBudget", null, "message ECO3009, error ECO3006")]
    [InlineData("ProjectEnergyBudget", "warn", "message ECO3009, warning ECO3006")]
    [InlineData("Region", null, "message ECO3009")]
    public void A_fault_of_ours_fails_a_build_only_where_it_leaves_a_budget_unjudged(string setting, string? severity, string said)
    {
        var engine = DispatchProxy.Create<IBuildEngine4, BrokenEngine>();
        var task = new CheckEnergyBudget
        {
            BuildEngine = engine,
            Project = "/Shop/Core.csproj",
            Settings = [Setting(setting, "1 J"), .. severity is null ? Array.Empty<ITaskItem>() : [Setting("ProjectBudgetSeverity", severity)]],
        };

        var succeeded = task.Execute();

        string.Join(", ", ((BrokenEngine)engine).Said).ShouldBe(said);
        succeeded.ShouldBe(!said.Contains("error"));
    }

    private static TaskItem Setting(string name, string value) => new(name, new Dictionary<string, string> { ["Value"] = value });

    /// <summary>An engine that keeps nothing for tasks, and notes what they say.</summary>
    public class BrokenEngine : DispatchProxy
    {
        public List<string> Said { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (args)
            {
                case [BuildErrorEventArgs error]:
                    Said.Add($"error {error.Code}");
                    break;
                case [BuildWarningEventArgs warning]:
                    Said.Add($"warning {warning.Code}");
                    break;
                case [BuildMessageEventArgs message]:
                    Said.Add($"message {message.Code}");
                    break;
                case [_, RegisteredTaskObjectLifetime]:
                    throw new InvalidOperationException("the engine keeps nothing");
            }

            return targetMethod!.ReturnType == typeof(bool) ? false : targetMethod.ReturnType == typeof(int) ? 0 : null;
        }
    }
}
