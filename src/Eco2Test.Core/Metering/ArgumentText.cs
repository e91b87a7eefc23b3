namespace Eco2Test.Metering;

/// <summary>
/// A value that the targets of a package hand to VSTest, which knows no quoting: a semicolon or an equals sign in a path would end
/// it, and VSTest would leave out all of it. So they are written as <c>%3B</c> and <c>%3D</c>, and a percent sign as <c>%25</c>.
/// </summary>
internal static class ArgumentText
{
    /// <summary>What was meant.</summary>
    public static string Read(string text) => text
        .Replace("%3B", ";", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
