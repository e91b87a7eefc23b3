using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eco2Test.Reports;

/// <summary>Writes <c>BelowResolution</c> as <c>below-resolution</c>.</summary>
internal sealed class KebabEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
