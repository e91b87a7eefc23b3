using System.Globalization;

namespace Eco2Test.Hardware;

/// <summary>
/// How many CPUs a process can keep busy: a container limited to 1.5 CPUs has 1.5, though the run-time counts 2. The limits
/// are those of Linux' control groups, version 2 (<c>cpu.max</c>) and 1 (<c>cpu.cfs_quota_us</c>).
/// </summary>
internal static class CpuQuota
{
    /// <summary>Where systemd and container engines mount control groups.</summary>
    private const string Mount = "sys/fs/cgroup";

    /// <summary>The kernel's PATH_MAX: a longer path is none.</summary>
    private const int LongestPath = 4096;

    /// <summary>The smaller of the logical processors and the tightest limit.</summary>
    public static double AvailableCpus(SystemFiles files, int logicalProcessors) =>
        Math.Min(logicalProcessors, Limits(files).DefaultIfEmpty(double.PositiveInfinity).Min());

    private static IEnumerable<double> Limits(SystemFiles files)
    {
        // Lines of "hierarchy:controllers:path"; version 2 is hierarchy 0 without controllers.
        foreach (var line in (files.Read("proc/self/cgroup") ?? "").Split('\n'))
        {
            if (line.Split(':', 3) is not [var hierarchy, var controllers, var path])
            {
                continue;
            }

            if (hierarchy == "0" && controllers.Length == 0)
            {
                foreach (var folder in OwnAndAbove(path))
                {
                    if (files.Read($"{Mount}{folder}/cpu.max")?.Split(' ', '\n') is [var quota, var period, ..] && Cpus(quota, period) is { } cpus)
                    {
                        yield return cpus;
                    }
                }
            }
            else if (controllers.Split(',').Contains("cpu"))
            {
                foreach (var folder in OwnAndAbove(path))
                {
                    // Mounted as cpu,cpuacct with a link from cpu, which a container may lack.
                    foreach (var controller in new[] { "cpu", "cpu,cpuacct" })
                    {
                        var at = $"{Mount}/{controller}{folder}";
                        if (Cpus(files.Read($"{at}/cpu.cfs_quota_us"), files.Read($"{at}/cpu.cfs_period_us")) is { } cpus)
                        {
                            yield return cpus;
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// <c>/a/b</c>, <c>/a</c> and the top, since every level limits those below. In a container the path can be the host's,
    /// which is not there, while its own group is mounted at the top.
    /// </summary>
    private static IEnumerable<string> OwnAndAbove(string path)
    {
        var folder = path.Trim().TrimEnd('/');
        if (folder.Length <= LongestPath && folder.StartsWith('/') && !folder.Split('/').Contains("..") && !folder.Any(char.IsControl))
        {
            for (; folder.Length > 0; folder = folder[..folder.LastIndexOf('/')])
            {
                yield return folder;
            }
        }

        yield return "";
    }

    /// <summary>Both are microseconds; <c>max</c> and <c>-1</c>, which are no limit, are no such numbers, and neither is garbage.</summary>
    private static double? Cpus(string? quota, string? period) =>
        long.TryParse(quota?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var used) && used > 0
        && long.TryParse(period?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var of) && of > 0
            ? (double)used / of
            : null;
}
