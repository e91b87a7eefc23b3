using System.Globalization;
using System.Text;

namespace Eco2Test.Hardware;

/// <summary><c>/proc/cpuinfo</c>: blocks of "key : value", one for each processor. Only the first is read unless all are asked for.</summary>
internal sealed class CpuInfoText(string text)
{
    public const string File = "proc/cpuinfo";

    /// <summary>A block of an x86 processor, with all its flags, is about 1.5 KB.</summary>
    private const int LongestBlock = 16 * 1024;

    /// <summary>The first processor. With hundreds of them the file is long, and the kernel is slow to write it.</summary>
    public static CpuInfoText ReadFirst(SystemFiles files)
    {
        var buffer = new byte[LongestBlock];
        var text = Encoding.UTF8.GetString(buffer, 0, Math.Max(0, files.ReadStart(File, buffer))).TrimStart('\n');
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return new CpuInfoText(end < 0 ? text : text[..end]);
    }

    /// <summary>The value of a key where it stands first; <see langword="null"/> when it is missing or empty.</summary>
    public string? this[string key]
    {
        get
        {
            var rest = text.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf('\n');
                var line = end < 0 ? rest : rest[..end];
                if (line.StartsWith(key, StringComparison.Ordinal))
                {
                    var value = line[key.Length..].TrimStart();
                    if (value.Length > 0 && value[0] == ':')
                    {
                        value = value[1..].Trim();
                        return value.IsEmpty ? null : value.ToString();
                    }
                }

                rest = end < 0 ? default : rest[(end + 1)..];
            }

            return null;
        }
    }

    /// <summary>A value that is a whole number.</summary>
    public int? Number(string key) =>
        int.TryParse(this[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A value such as <c>0xd0c</c>.</summary>
    public int? Hexadecimal(string key) =>
        this[key] is { } value && value.StartsWith("0x", StringComparison.Ordinal)
        && int.TryParse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether a list of words has this one.</summary>
    public bool Has(string key, string word) => this[key] is { } words && $" {words} ".Contains($" {word} ", StringComparison.Ordinal);
}
