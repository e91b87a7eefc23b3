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
        var values = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(metadata => metadata.Key, metadata => metadata.Value, StringComparer.Ordinal);
        return name => values["Eco2Test." + name].FirstOrDefault();
    }

    /// <summary><c>.NETCoreApp,Version=v10.0</c> as <c>net10.0</c>.</summary>
    private static string? ShortFramework(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var framework = new FrameworkName(name);
        return $"net{framework.Version.Major}.{framework.Version.Minor}";
    }
}
