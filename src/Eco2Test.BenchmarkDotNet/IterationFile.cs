namespace Eco2Test;

/// <summary>The file in which the process of a benchmark leaves the CPU times of its iterations. Where it cannot be written or read there are none.</summary>
internal static class IterationFile
{
    /// <summary>A name that nobody has.</summary>
    public static string NewPath() => Path.Combine(Path.GetTempPath(), $"eco2test-{Guid.NewGuid():N}.iterations");

    public static void Write(string path, IReadOnlyList<IterationCpuTime> iterations)
    {
        try
        {
            File.WriteAllLines(path, iterations.Select(iteration => iteration.ToString()));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The benchmark goes on, and its figure has wider bounds.
        }
    }

    /// <summary>Reads it, and removes it.</summary>
    public static IReadOnlyList<IterationCpuTime> Take(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return [];
            }

            var lines = File.ReadAllLines(path);
            File.Delete(path);
            return IterationCpuTime.Parse(lines);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
