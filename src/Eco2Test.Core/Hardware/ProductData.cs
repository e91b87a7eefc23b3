namespace Eco2Test.Hardware;

/// <summary>The one door to the tables that the product carries. The hash over all of them is computed when the product is built.</summary>
internal static partial class ProductData
{
    /// <summary>A table by its file name.</summary>
    public static StreamReader Open(string name) => new(Resource(name));

    /// <summary>The bytes of a table, where they lie in the assembly.</summary>
    public static unsafe ReadOnlySpan<byte> Bytes(string name)
    {
        // The memory is the assembly's, and this code is of the same one: it stays as long as anybody can ask.
        var table = (UnmanagedMemoryStream)Resource(name);
        return new ReadOnlySpan<byte>(table.PositionPointer, (int)table.Length);
    }

    private static Stream Resource(string name) =>
        typeof(ProductData).Assembly.GetManifestResourceStream("data/" + name)
        ?? throw new InvalidOperationException($"The table '{name}' is not in {typeof(ProductData).Assembly.GetName().Name}.");
}
