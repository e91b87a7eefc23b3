namespace Eco2Test.Reports;

/// <summary>An exception in the words of a report, which holds no path: of one that is quoted, as the run-time does, the name is left.</summary>
internal static class FaultText
{
    /// <summary>Its type and its message.</summary>
    public static string Of(Exception fault) => $"{fault.GetType().Name}: {WithoutPaths(fault.Message)}";

    /// <summary>A message of which no quoted path tells where the program stands.</summary>
    /// <param name="message">The message.</param>
    /// <param name="known">A folder that is known to be in it; its name may hold a quote.</param>
    public static string WithoutPaths(string message, string? known = null)
    {
        var parts = (known is null ? message : message.Replace(known, Path.GetFileName(known), StringComparison.Ordinal)).Split('\'');
        for (var i = 1; i < parts.Length; i++)
        {
            parts[i] = Path.IsPathRooted(parts[i]) ? Path.GetFileName(parts[i]) : parts[i];
        }

        return string.Join('\'', parts);
    }
}
