using System.Reflection;
using System.Runtime.Versioning;

namespace Eco2Test.Metering;

/// <summary>What an assembly says of itself.</summary>
internal sealed record RunIdentity(string Project, string? TargetFramework, string? Configuration, string Kind)
{
    public static RunIdentity Of(Assembly assembly, string kind) => Of(
        assembly.GetName().Name ?? "unknown",
        assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName,
        assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration,
        kind);

    /// <summary>As above, of an assembly that is not loaded.</summary>
    /// <param name="project">Its name.</param>
    /// <param name="frameworkName">What <see cref="TargetFrameworkAttribute"/> says.</param>
    /// <param name="configuration">What <see cref="AssemblyConfigurationAttribute"/> says.</param>
    /// <param name="kind">What kind of run it is.</param>
    public static RunIdentity Of(string project, string? frameworkName, string? configuration, string kind) =>
        new(project, ShortFramework(frameworkName), configuration is { Length: > 0 } ? configuration : null, kind);

    /// <summary>What the build left in an assembly: <c>[AssemblyMetadata("Eco2Test.Region", "FR")]</c>.</summary>
    public static Func<string, string?> BuildProperties(Assembly assembly)
    {
        var values = (AssemblyMetadataAttribute[])Attribute.GetCustomAttributes(assembly, typeof(AssemblyMetadataAttribute));
        return name => Array.Find(values, metadata => metadata.Key == "Eco2Test." + name)?.Value;
    }

    /// <summary><c>.NETCoreApp,Version=v10.0</c> as <c>net10.0</c>.</summary>
    private static string? ShortFramework(string? name)
    {
        const string Mark = ",Version=v";
        var version = name?.IndexOf(Mark, StringComparison.Ordinal) ?? -1;
        return version < 0 ? null : "net" + name![(version + Mark.Length)..];
    }
}
