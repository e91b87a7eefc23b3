using System.CommandLine;

namespace Eco2Test.Tool;

/// <summary>What arguments of the commands have in common.</summary>
internal static class Arguments
{
    /// <summary>Says of a mistyped option that it is one: an argument of many values would take it for a value.</summary>
    public static Argument<string[]> WithoutOptions(this Argument<string[]> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            {
                result.AddError($"'{token.Value}' is not an option.");
            }
        });
        return argument;
    }
}
