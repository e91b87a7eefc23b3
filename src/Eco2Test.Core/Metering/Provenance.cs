using System.Text.Json.Serialization;
using Eco2Test.Reports;

namespace Eco2Test;

/// <summary>How a figure is known.</summary>
[JsonConverter(typeof(KebabEnumConverter<Provenance>))]
public enum Provenance
{
    /// <summary>A sensor of the device counted it.</summary>
    Measured,

    /// <summary>A model of this very device computed it from what it did.</summary>
    Modeled,

    /// <summary>A model of devices in general computed it: this one could not be identified.</summary>
    Assumed,
}
