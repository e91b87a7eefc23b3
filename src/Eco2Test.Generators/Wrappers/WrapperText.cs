using Eco2Test.Generators.Model;

namespace Eco2Test.Generators.Wrappers;

/// <summary>A method as text that can be written anywhere in its compilation.</summary>
/// <param name="Name">The method's own name, as C# writes it.</param>
/// <param name="Attributes">What is repeated of its attributes, one a line.</param>
/// <param name="IsUnsafe">Whether its signature has pointers.</param>
/// <param name="ReturnType">The type it returns, with <c>ref</c>.</param>
/// <param name="TypeParameters"><c>&lt;T, U&gt;</c> or nothing: those of its types, then its own.</param>
/// <param name="Parameters">Without brackets; the receiver is the first.</param>
/// <param name="Constraints">One clause a line.</param>
/// <param name="Call">Calls it with the parameters.</param>
/// <param name="Accessor">The accessor through which the call goes, with <c>{0}</c> for its name; <see langword="null"/> when the method can be seen.</param>
/// <param name="GoesOn">Whether its work goes on after it has returned.</param>
/// <param name="Defines">The symbols of its <c>[Conditional]</c> attributes.</param>
internal sealed record WrapperText(
    string Name,
    EquatableArray<string> Attributes,
    bool IsUnsafe,
    string ReturnType,
    string TypeParameters,
    string Parameters,
    EquatableArray<string> Constraints,
    string Call,
    string? Accessor,
    bool GoesOn,
    EquatableArray<string> Defines)
{
    public bool ReturnsVoid => ReturnType == "void";

    public bool ReturnsRef => ReturnType.StartsWith("ref ", StringComparison.Ordinal);
}
