using System.Text;

namespace Eco2Test.Sensors;

/// <summary>The door to the files in which control groups are made; tests give another root. Nothing throws.</summary>
/// <param name="root">The folder that paths start from.</param>
/// <param name="whenMade">Does what the kernel does in a folder that was made.</param>
internal sealed class ControlGroupFolder(string root, Action<string>? whenMade = null)
{
    /// <summary>Makes a group; the folder it is in must be there.</summary>
    /// <returns>Whether it was made: not when it was there before, or may not be.</returns>
    public bool TryMake(string path)
    {
        var folder = Full(path);
        return Tries(() =>
        {
            if (Directory.Exists(folder) || !Directory.Exists(Path.GetDirectoryName(folder)))
            {
                return false;
            }

            Directory.CreateDirectory(folder);
            whenMade?.Invoke(folder);
            return true;
        });
    }

    /// <summary>The text of a file; <see langword="null"/> when it cannot be read.</summary>
    public string? Read(string path)
    {
        string? text = null;
        Tries(() =>
        {
            text = File.ReadAllText(Full(path));
            return true;
        });
        return text;
    }

    /// <summary>Writes into a file that is there.</summary>
    public bool TryWrite(string path, string text) => Tries(() =>
    {
        using var file = new FileStream(Full(path), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(Encoding.UTF8.GetBytes(text));
        return true;
    });

    /// <summary>Removes a group in which nobody is; the kernel's own files in it are no obstacle.</summary>
    public bool TryRemove(string path) => Tries(() =>
    {
        Directory.Delete(Full(path), recursive: false);
        return true;
    });

    private string Full(string path) => Path.Combine(root, path.TrimStart('/'));

    private static bool Tries(Func<bool> attempt)
    {
        try
        {
            return attempt();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
