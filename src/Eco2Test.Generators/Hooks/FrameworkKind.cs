namespace Eco2Test.Generators.Hooks;

/// <summary>A test framework, with its version where versions differ for a hook.</summary>
internal enum FrameworkKind
{
    XunitV2,
    XunitV3,
    NUnit,
    MSTest,
    TUnit,
}
