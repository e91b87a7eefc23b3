using Eco2Test.Generators.Model;
using Eco2Test.Generators.Wrappers;

namespace Eco2Test.Generators.Calls;

/// <summary>A tracked method with the calls of it in a project.</summary>
/// <param name="Target">The method, as the table names it.</param>
/// <param name="Row">The target of the row that it is tracked by.</param>
/// <param name="Carrier">A type of the assembly that has the row, as <c>typeof</c> takes it.</param>
/// <param name="Wrapper">The text of its wrapper.</param>
/// <param name="Sites">Its calls, in the order of their files and lines.</param>
internal sealed record TrackedCall(string Target, string Row, string Carrier, WrapperText Wrapper, EquatableArray<CallSite> Sites);

/// <summary>A call.</summary>
/// <param name="Version">The version of the location.</param>
/// <param name="Data">The location, which holds a checksum of the file: an edit anywhere in it changes it.</param>
/// <param name="Place">For people: <c>Models/Trainer.cs(12,9)</c>.</param>
internal sealed record CallSite(int Version, string Data, string Place);
