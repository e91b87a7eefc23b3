namespace Eco2Test.Settings;

/// <summary>A stretch of a settings file. Self-contained, because the generator compiles this file too.</summary>
/// <param name="Start">Its first character, from 0.</param>
/// <param name="End">The character behind its last one.</param>
internal readonly record struct SettingsSpan(int Start, int End)
{
    public static SettingsSpan FromBounds(int start, int end) => new(start, end);

    /// <summary>Line and column of its first character, both from 1, as compilers and editors count them.</summary>
    public (int Line, int Column) PlaceIn(string text)
    {
        var (line, start) = (1, 0);
        for (var i = 0; i < Start && i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                (line, start) = (line + 1, i + 1);
            }
        }

        return (line, Start - start + 1);
    }
}
