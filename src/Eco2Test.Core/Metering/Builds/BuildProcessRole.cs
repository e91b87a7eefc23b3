namespace Eco2Test.Metering;

/// <summary>What a process does for a build.</summary>
internal enum BuildProcessRole
{
    /// <summary>The process that the build was started as, or the MSBuild server that took it over.</summary>
    Entry,

    /// <summary>A worker node, also one that an earlier build left for this one.</summary>
    Node,

    /// <summary>The compiler server, which all builds of the user share: of it only what it did meanwhile.</summary>
    CompilerServer,

    /// <summary>A process that runs tasks for a node.</summary>
    TaskHost,

    /// <summary>A test host or a test application, with what runs it.</summary>
    TestHost,

    /// <summary>Any other process that one of them started, also after its parent ended.</summary>
    Child,
}
