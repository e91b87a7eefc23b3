using System.Text.Json.Serialization;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>What a window measures.</summary>
[JsonConverter(typeof(KebabEnumConverter<WindowKind>))]
public enum WindowKind
{
    /// <summary>A test.</summary>
    Test,

    /// <summary>Set-up that several tests share.</summary>
    Fixture,

    /// <summary>A method, or a stretch of code between start and stop.</summary>
    Method,

    /// <summary>A whole build.</summary>
    Build,

    /// <summary>A project of a build.</summary>
    Project,

    /// <summary>A target of a project.</summary>
    Target,

    /// <summary>A task of a target.</summary>
    Task,
}
