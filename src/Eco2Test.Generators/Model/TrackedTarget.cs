namespace Eco2Test.Generators.Model;

/// <summary>
/// A method or class with the attribute. Its settings are merged with those of the classes around it, not yet with those
/// of the assembly: an edit of one must not touch the model of the other.
/// </summary>
/// <param name="Target">The name by which the run-time finds it; see <c>TrackedMethod.Target</c>.</param>
/// <param name="Settings">What is asked for.</param>
/// <param name="Path">The path of the file as the compiler has it.</param>
/// <param name="Line">The line of the name, from 1.</param>
/// <param name="Names">The simple names of the methods that it is for.</param>
internal sealed record TrackedTarget(string Target, TrackingSettings Settings, string Path, int Line, EquatableArray<string> Names);
