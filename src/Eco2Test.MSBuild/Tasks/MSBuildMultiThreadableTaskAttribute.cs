namespace Microsoft.Build.Framework;

/// <summary>
/// What MSBuild 18 looks for, by its name, to run a task in the process of the build under <c>-mt</c>: elsewhere a task would
/// measure a process that does nothing else. The oldest MSBuild that we support does not have it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
