using System.Reflection;
using BenchmarkDotNet.Running;
using Eco2Test.Hardware;
using Eco2Test.Metering;

namespace Eco2Test;

/// <summary>The settings of each benchmark: its attributes, nearest first, then those of the configuration, then the environment and the build.</summary>
internal sealed class BenchmarkSettings(EmissionsDiagnoserOptions ofConfig, EnvironmentVariables? environment = null)
{
    private const string Name = "[EmissionsDiagnoser] or its options";

    private readonly EnvironmentVariables _environment = environment ?? EnvironmentVariables.OfThisProcess;

    /// <summary>As a run reads them. Nothing is written but what BenchmarkDotNet exports.</summary>
    public RunSettings Of(BenchmarkCase benchmark) => Of(benchmark.Descriptor.WorkloadMethod, benchmark.Descriptor.Type);

    /// <summary>As above, of a method that the type has, or inherits.</summary>
    public RunSettings Of(MethodInfo method, Type type)
    {
        EmissionsDiagnoserOptions[] said = [.. new[] { Attribute(method), Attribute(type), Attribute(type.Assembly) }.OfType<EmissionsDiagnoserAttribute>().Select(attribute => attribute.Options), ofConfig];
        return RunSettings.Read(_environment, RunIdentity.BuildProperties(type.Assembly), attribute: (Name, Nearest)) with { KeepsJournal = false };

        string? Nearest(string setting) => said.Select(options => options.Value(setting)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
    }

    /// <summary>What cannot be read of them, and what would be right.</summary>
    public IEnumerable<string> ProblemsOf(BenchmarkCase benchmark) => ProblemsOf(Of(benchmark));

    /// <summary>As above.</summary>
    public static IEnumerable<string> ProblemsOf(RunSettings settings)
    {
        var problems = settings.Problems.Select(problem => problem[(problem.IndexOf(':') + 2)..]);
        return settings.Region is { } region && settings.Regions.FindPlace(region) is null
            ? problems.Append($"Region: {settings.Regions.Explain(region)}")
            : problems;
    }

    private static EmissionsDiagnoserAttribute? Attribute(ICustomAttributeProvider holder) =>
        holder.GetCustomAttributes(typeof(EmissionsDiagnoserAttribute), inherit: true) is [EmissionsDiagnoserAttribute attribute, ..] ? attribute : null;
}
