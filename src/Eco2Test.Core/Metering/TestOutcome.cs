using System.Text.Json.Serialization;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>What became of a test.</summary>
[JsonConverter(typeof(KebabEnumConverter<TestOutcome>))]
public enum TestOutcome
{
    /// <summary>The framework did not say, or the window is no test.</summary>
    Unknown,

    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was skipped while it ran.</summary>
    Skipped,
}
