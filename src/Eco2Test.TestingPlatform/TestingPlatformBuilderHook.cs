using System.ComponentModel;
using Microsoft.Testing.Platform.Builder;

namespace Eco2Test.TestingPlatform;

/// <summary>What the generated entry point of a test application calls: the package's targets name it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TestingPlatformBuilderHook
{
    /// <summary>Adds the extension.</summary>
    /// <param name="testApplicationBuilder">The application.</param>
    /// <param name="arguments">Its arguments, which are not looked at here.</param>
    public static void AddExtensions(ITestApplicationBuilder testApplicationBuilder, string[] arguments) => testApplicationBuilder.AddEmissionsReport();
}
