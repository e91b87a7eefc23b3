namespace Eco2Test.Tool;

/// <summary>The arguments or the files are wrong; the message says what, where, and what would be right.</summary>
internal sealed class InputException(string code, string message) : Exception(message)
{
    public string Code => code;
}
