namespace Eco2Test.Generators.Hooks;

/// <summary>The text of a hook, as it stands beside this file.</summary>
internal static class HookSource
{
    public static string Read(string file)
    {
        using var stream = typeof(HookSource).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
