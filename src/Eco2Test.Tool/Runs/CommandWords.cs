namespace Eco2Test.Tool;

/// <summary>The words of a command that is run for somebody: they are handed over as they were given, whatever is in them.</summary>
internal static class CommandWords
{
    private const string End = "--";
    private const int MostWords = 3;
    private const int LongestWord = 40;

    /// <summary>What stands before the first <c>--</c> is the tool's, what follows the command's, with every further <c>--</c>.</summary>
    public static (string[] Own, string[] Command) Split(string[] args)
    {
        var end = Array.IndexOf(args, End);
        return end < 0 ? (args, []) : (args[..end], args[(end + 1)..]);
    }

    /// <summary>
    /// What a command is called in a report: its first words, of paths the last part, up to the first that is an option, or that
    /// looks like anything but a name. What follows may hold what nobody wants in a report: a token, a folder of somebody's.
    /// </summary>
    public static string Name(IReadOnlyList<string> words) => string.Join(' ', words
        .Take(MostWords)
        .Select((word, place) => place == 0 ? Program(word) : LastPart(word))
        .TakeWhile((word, place) => place == 0 || IsName(word)));

    private static string Program(string word)
    {
        var name = LastPart(word);
        name = name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        return IsName(name) ? name : "command";
    }

    private static string LastPart(string word)
    {
        var path = word.TrimEnd('/', '\\');
        return path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    private static bool IsName(string word) => word.Length is > 0 and <= LongestWord && char.IsLetterOrDigit(word[0]) && word.Any(char.IsLetter)
        && word.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' or '-' or '+');
}
