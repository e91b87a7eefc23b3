using System.Security.Cryptography;

namespace Eco2Test.Hardware;

/// <summary>The one door to the tables that the product carries.</summary>
internal static class ProductData
{
    /// <summary>SHA-256 over all tables, in the order of their names.</summary>
    public static string Sha256 { get; } = Hash();

    /// <summary>A table by its file name.</summary>
    public static StreamReader Open(string name) =>
        new(typeof(ProductData).Assembly.GetManifestResourceStream("data/" + name)
            ?? throw new InvalidOperationException($"The table '{name}' is not in {typeof(ProductData).Assembly.GetName().Name}."));

    private static string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in typeof(ProductData).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var stream = typeof(ProductData).Assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }
}
