using System.Reflection;
using Microsoft.Testing.Platform.Extensions;

namespace Eco2Test.TestingPlatform;

/// <summary>What the parts of the extension say of themselves.</summary>
internal abstract class EmissionsExtension : IExtension
{
    public string Uid => $"Eco2Test.{GetType().Name}";

    public string Version { get; } = typeof(EmissionsExtension).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    public string DisplayName => "Eco2Test";

    public string Description => "Energy and carbon of the test run: a report, and budgets that fail it.";

    public virtual Task<bool> IsEnabledAsync() => Task.FromResult(true);
}
