namespace Eco2Test.Hardware;

/// <summary>The one door to environment variables; tests come in through the constructor.</summary>
internal sealed class EnvironmentVariables(Func<string, string?> read)
{
    /// <summary>Those of this process.</summary>
    public static EnvironmentVariables OfThisProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Tells this process, and those that it starts from now on; <see langword="null"/> takes it back.</summary>
    public static void Tell(string name, string? value) => Environment.SetEnvironmentVariable(name, value);

    /// <summary>The value, or <see langword="null"/> when the variable is missing or blank.</summary>
    public string? this[string name] => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
