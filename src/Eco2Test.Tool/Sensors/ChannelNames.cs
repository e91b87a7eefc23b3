namespace Eco2Test.Tool;

/// <summary>Tells devices of one name apart: a server has eight GPUs of one kind.</summary>
internal static class ChannelNames
{
    /// <summary>The same names; those that are there several times with their number, in the given order.</summary>
    public static IReadOnlyList<string> Numbered(IReadOnlyList<string> names)
    {
        var counts = names.CountBy(name => name).ToDictionary();
        var seen = new Dictionary<string, int>();
        return [.. names.Select(name => counts[name] == 1 ? name : $"{name}, {seen[name] = seen.GetValueOrDefault(name) + 1} of {counts[name]}")];
    }
}
