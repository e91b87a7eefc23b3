using System.Text.Json.Serialization;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>What a figure is worth.</summary>
[JsonConverter(typeof(KebabEnumConverter<MeasurementQuality>))]
public enum MeasurementQuality
{
    /// <summary>It is the window's own.</summary>
    Ok,

    /// <summary>Windows were open at the same time, and part of it could not be told apart; the bounds say how much.</summary>
    Overlapped,

    /// <summary>The window was shorter than its sensors can resolve; no budget is decided on it unless its upper bound keeps it.</summary>
    BelowResolution,

    /// <summary>The process ended before the window closed.</summary>
    Incomplete,
}
