using System.Text;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>How a sentence is written for a kind of document.</summary>
/// <param name="Escape">Text of tables, so that no letter of it is read as markup.</param>
/// <param name="Times">The sign between number and thing.</param>
/// <param name="UnitSpace">The space between number and unit, at which no line breaks.</param>
/// <param name="Dash">Between two bounds.</param>
/// <param name="Co2e">What is emitted.</param>
internal sealed record PaperStyle(Func<string, string> Escape, string Times, string UnitSpace, string Dash, string Co2e)
{
    public static PaperStyle Markdown { get; } = new(MarkdownText.Prose, "×", "\u00A0", "–", "CO₂e");

    public static PaperStyle Latex { get; } = new(LatexText, "$\\times$", "\\,", "--", "CO\\textsubscript{2}e");

    /// <summary>The ten letters that mean something to LaTeX, as letters; signs beyond ASCII that its text fonts may lack, as commands.</summary>
    private static string LatexText(string text)
    {
        var latex = new StringBuilder(text.Length);
        foreach (var letter in TerminalText.Clean(text))
        {
            latex.Append(letter switch
            {
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '<' => "\\textless{}",
                '>' => "\\textgreater{}",
                '|' => "\\textbar{}",
                '"' => "\\textquotedbl{}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{letter}",
                '×' => "$\\times$",
                'µ' or 'μ' => "\\textmu{}",
                '’' => "'",
                _ => letter.ToString(),
            });
        }

        return latex.ToString();
    }
}
