using System.Globalization;
using System.Text;
using System.Text.Json;
using Eco2Test.Budgets;
using Microsoft.Build.Framework;

namespace Eco2Test.MSBuild;

/// <summary>
/// What a task tells the logger, as a message that nobody else needs: <c>eco2test: node pid=4711</c>,
/// <c>eco2test: budgets [{"name": "BuildEnergyBudget", "value": "5 Wh", …}]</c>, and
/// <c>eco2test: project {"file": "/Shop/Core.csproj", "isJudged": true, …}</c>. Written and read here only; they also stand in
/// binary logs.
/// </summary>
internal static class BuildMessage
{
    private const string Sender = "Eco2Test";
    private const string Prefix = "eco2test: ";
    private const string NodePrefix = Prefix + "node pid=";
    private const string BudgetsPrefix = Prefix + "budgets ";
    private const string ProjectPrefix = Prefix + "project ";

    /// <summary>That the node which says this is that process.</summary>
    public static string Node(int processId) => string.Create(CultureInfo.InvariantCulture, $"{NodePrefix}{processId}");

    /// <summary>What a project sets for the whole build.</summary>
    public static string Budgets(IEnumerable<WrittenProperty> properties) => BudgetsPrefix + Json(json => Write(json, properties));

    /// <summary>That a project with budgets was built, and whether its task has judged them.</summary>
    public static string Project(SaidProject project) => ProjectPrefix + Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("file", project.File);
        json.WriteString("framework", project.TargetFramework);
        json.WriteBoolean("isJudged", project.IsJudged);
        json.WritePropertyName("properties");
        Write(json, project.Properties);
        json.WriteEndObject();
    });

    /// <summary>A text of ours as a message.</summary>
    public static BuildMessageEventArgs Of(string text) => new(text, helpKeyword: null, Sender, MessageImportance.Low);

    /// <summary>The text of a message of ours; <see langword="null"/> for all others, whose text is not asked for: it may not be made yet.</summary>
    public static string? Text(BuildMessageEventArgs message) =>
        message.SenderName == Sender && message.Message is { } text && text.StartsWith(Prefix, StringComparison.Ordinal) ? text : null;

    /// <summary>The number of the process that a node says it is; <see langword="null"/> when this says something else.</summary>
    public static int? ProcessIdOf(string text) =>
        text.StartsWith(NodePrefix, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(NodePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            ? processId
            : null;

    /// <summary>What a project sets for the whole build; <see langword="null"/> when this says something else.</summary>
    /// <exception cref="JsonException">Nobody can read it.</exception>
    public static IReadOnlyList<WrittenProperty>? BudgetsOf(string text)
    {
        if (!text.StartsWith(BudgetsPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(text.AsMemory(BudgetsPrefix.Length));
        return [.. json.RootElement.EnumerateArray().Select(Read)];
    }

    /// <summary>The project that was built; <see langword="null"/> when this says something else.</summary>
    /// <exception cref="JsonException">Nobody can read it.</exception>
    public static SaidProject? ProjectOf(string text)
    {
        if (!text.StartsWith(ProjectPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(text.AsMemory(ProjectPrefix.Length));
        var project = json.RootElement;
        return new(
            project.GetProperty("file").GetString()!, project.GetProperty("framework").GetString(), project.GetProperty("isJudged").GetBoolean(),
            [.. project.GetProperty("properties").EnumerateArray().Select(Read)]);
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<WrittenProperty> properties)
    {
        json.WriteStartArray();
        foreach (var (name, value, place) in properties)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteString("file", place?.File);
            json.WriteNumber("line", place?.Line ?? 0);
            json.WriteNumber("column", place?.Column ?? 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static WrittenProperty Read(JsonElement property)
    {
        var name = property.GetProperty("name").GetString()!;
        var place = property.GetProperty("file").GetString() is { } file
            ? new SettingPlace(WrittenProperty.Prefix + name, file, property.GetProperty("line").GetInt32(), property.GetProperty("column").GetInt32())
            : null;
        return new(name, property.GetProperty("value").GetString()!, place);
    }
}

/// <summary>What a task tells the logger of a project that may have budgets.</summary>
/// <param name="File">Full path of the project.</param>
/// <param name="TargetFramework">Such as <c>net10.0</c>; <see langword="null"/> for a project without one.</param>
/// <param name="IsJudged">Whether its budgets have been judged; else the logger does it.</param>
/// <param name="Properties">What MSBuild has evaluated for it; empty where it is judged.</param>
internal sealed record SaidProject(string File, string? TargetFramework, bool IsJudged, IReadOnlyList<WrittenProperty> Properties);
