using System.Text.Encodings.Web;
using System.Text.Json;

namespace Eco2Test.Tool;

/// <summary>The form of JSON that commands print: indented, and accents as they are, since it is read by people and programs and not put into a page.</summary>
internal static class ReadableJson
{
    public static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
