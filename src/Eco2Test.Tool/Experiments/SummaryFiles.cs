using System.Text;
using Eco2Test.Reporting;

namespace Eco2Test.Tool;

/// <summary>Reads the result files of trackers.</summary>
internal static class SummaryFiles
{
    // A million rows take about 250 MB; what is larger is something else.
    private const int LargestFile = 512 * 1024 * 1024;

    /// <summary>The sums of a file, also of one that is being written.</summary>
    /// <exception cref="InputException">There is no such file, or it is no result file.</exception>
    public static EmissionsSummary Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException(ToolCodes.PathNotFound, $"There is no file '{path}'. Give the CSV file of EmissionsTracker, of Eco2AI or of CodeCarbon.");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return EmissionsSummary.Of(ReadAll(reader, path));
        }
        catch (FormatException fault)
        {
            throw new InputException(ToolCodes.NotAResultFile, $"'{path}' is no result file of a tracker: {fault.Message}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ToolCodes.NotAResultFile, $"'{path}' cannot be read: {fault.Message}");
        }
    }

    /// <summary>The whole text; counted while it is read, since a pipe does not tell how much comes.</summary>
    private static string ReadAll(StreamReader reader, string path)
    {
        var (text, buffer) = (new StringBuilder(), new char[64 * 1024]);
        for (int count; (count = reader.Read(buffer)) > 0; text.Append(buffer, 0, count))
        {
            if (text.Length + count > LargestFile)
            {
                throw new InputException(ToolCodes.FileTooLarge, $"'{path}' is too large to be a result file: at most {LargestFile / (1024 * 1024)} MiB are read.");
            }
        }

        return text.ToString();
    }
}
