using System.Reflection;
using System.Runtime.Versioning;

namespace Eco2Test.Metering;

/// <summary>What an assembly says of itself.</summary>
internal sealed record RunIdentity(string Project, string? TargetFramework, string? Configuration, string Kind)
{
    public static RunIdentity Of(Assembly assembly, string kind) => new(
        assembly.GetName().Name ?? "unknown",
        ShortFramework(assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName),
        assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } configuration ? configuration : null,
        kind);

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
