using System.Globalization;

namespace Eco2Test.Reports;

/// <summary>
/// Writes reports so that none is lost: the newest has the name that everybody knows, one of an earlier run that has it is
/// kept beside it, under the time at which it was written, such as <c>Shop.Tests_net10.0.20260314T092653Z.eco2test.json</c>.
/// </summary>
internal sealed class KeptReports(ResultsFolder folder)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private const int MostPauses = 100;

    /// <summary>What is named as a report is and is none: the turn of who writes, and samples, which are those of the run that ends now.</summary>
    private static readonly string[] NotOfReport = [".lock", ".samples"];

    // The file can be gone by the time at which it is looked for: another has just had its turn.
    private const int FewPauses = 3;

    /// <summary>Writes the files of the newest run.</summary>
    /// <param name="stem">The name that they share.</param>
    /// <param name="files">What each name ends with, such as <c>.eco2test.json</c>, and what is in it.</param>
    /// <returns>The files' paths.</returns>
    /// <exception cref="IOException">One of them cannot be written.</exception>
    public IReadOnlyList<string> Write(string stem, IReadOnlyList<(string Extension, string Content)> files)
    {
        Directory.CreateDirectory(folder.Path);
        using var ours = WaitForTurn(stem);
        KeepEarlier(stem);
        return [.. files.Select(file => folder.Write(stem + file.Extension, file.Content))];
    }

    /// <summary>Writes the files of a run that ended earlier, at <paramref name="endedAt"/>, and is not the newest.</summary>
    public IReadOnlyList<string> WriteEarlier(string stem, DateTime endedAt, IReadOnlyList<(string Extension, string Content)> files)
    {
        Directory.CreateDirectory(folder.Path);
        using var ours = WaitForTurn(stem);
        var free = Free(stem, endedAt);
        return [.. files.Select(file => folder.Write(free + file.Extension, file.Content))];
    }

    /// <summary>Two runs that end at once write one after the other. Who was killed while it wrote is not waited for, nor who takes seconds.</summary>
    private FileStream? WaitForTurn(string stem)
    {
        var turn = Path.Combine(folder.Path, $"{stem}.eco2test.lock");
        for (var pause = 0; pause < MostPauses; pause++)
        {
            try
            {
                return new FileStream(turn, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(turn) || pause < FewPauses)
            {
                Thread.Sleep(Pause);
            }
        }

        return null;
    }

    private void KeepEarlier(string stem)
    {
        var report = Path.Combine(folder.Path, stem + ResultsFolder.ReportExtension);
        if (!File.Exists(report) || new FileInfo(report).LinkTarget is not null)
        {
            return;
        }

        var kept = Free(stem, File.GetLastWriteTimeUtc(report));
        foreach (var file in Directory.EnumerateFiles(folder.Path, $"{stem}.eco2test.*").Where(file => !NotOfReport.Contains(Path.GetExtension(file))))
        {
            File.Move(file, Path.Combine(folder.Path, kept + Path.GetFileName(file)[stem.Length..]), overwrite: true);
        }
    }

    /// <summary>A stem that no report has.</summary>
    private string Free(string stem, DateTime time)
    {
        var dated = $"{stem}.{time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        var free = dated;
        for (var number = 2; File.Exists(Path.Combine(folder.Path, free + ResultsFolder.ReportExtension)); number++)
        {
            free = $"{dated}.{number.ToString(CultureInfo.InvariantCulture)}";
        }

        return free;
    }
}
