using System.Runtime.CompilerServices;

namespace Eco2Test.TestKit;

/// <summary>
/// Compares a text with an approved one, a file beside the test. When they differ, the text lies beside it as
/// <c>.received.txt</c>: look at it, and rename it if it is right.
/// </summary>
public static class Approved
{
    public static void Matches(string received, string name, [CallerFilePath] string test = "")
    {
        var approvedPath = Path.Combine(Path.GetDirectoryName(test)!, $"{name}.approved.txt");
        var receivedPath = Path.ChangeExtension(Path.ChangeExtension(approvedPath, null), ".received.txt");
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).Replace("\r\n", "\n") : null;
        if (received == approved)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        throw new InvalidOperationException($"The text is not the approved one. Compare '{receivedPath}' with '{approvedPath}'. It is:\n{received}");
    }
}
