using Eco2Test.Generators.Model;

namespace Eco2Test.Generators.Exact;

/// <summary>A method in the exact form, as text.</summary>
/// <param name="Target">The method, as the table names it.</param>
/// <param name="Namespace">The namespace that it is in, or nothing.</param>
/// <param name="Types">The types around it from the outermost: <c>partial class Box&lt;T&gt;</c>.</param>
/// <param name="Attributes">What goes onto the method.</param>
/// <param name="Signature">Its declaration without constraints, as in the other part.</param>
/// <param name="Constraints">One clause a line.</param>
/// <param name="ReturnsVoid">Whether it returns nothing.</param>
/// <param name="ReturnsRef">Whether it returns by reference.</param>
/// <param name="GoesOn">Whether its work goes on after it has returned.</param>
/// <param name="Call">Calls the method with the work.</param>
/// <param name="Repetition">The method of the run-time that repeats it, or nothing where it cannot be repeated.</param>
/// <param name="MinimumSeconds">For how long it is to be repeated, as far as the assembly does not say.</param>
internal sealed record ExactMethod(
    string Target,
    string Namespace,
    EquatableArray<string> Types,
    EquatableArray<string> Attributes,
    string Signature,
    EquatableArray<string> Constraints,
    bool ReturnsVoid,
    bool ReturnsRef,
    bool GoesOn,
    string Call,
    string Repetition,
    double? MinimumSeconds);
