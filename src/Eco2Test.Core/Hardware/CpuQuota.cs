using System.Globalization;

namespace Eco2Test.Hardware;

/// <summary>
/// How many CPUs a process can keep busy: a container limited to 1.5 CPUs has 1.5, though the run-time counts 2. The limits
/// are those of Linux' control groups, version 2 (<c>cpu.max</c>, <c>cpuset.cpus.effective</c>) and 1
/// (<c>cpu.cfs_quota_us</c>, <c>cpuset.effective_cpus</c>). A container inside another sees the limits of its own only, and
/// those of the outer one where that lets it look at its groups.
/// </summary>
internal static class CpuQuota
{
    /// <summary>Where systemd and container engines mount control groups.</summary>
    private const string Mount = "sys/fs/cgroup";

    /// <summary>The kernel's PATH_MAX: a longer path is none.</summary>
    private const int LongestPath = 4096;

    /// <summary>The smaller of the logical processors and the tightest limit.</summary>
    public static double AvailableCpus(SystemFiles files, int logicalProcessors)
    {
        var cpus = (double)logicalProcessors;

        // Lines of "hierarchy:controllers:path"; version 2 is hierarchy 0 without controllers.
        foreach (var line in (files.Read("proc/self/cgroup") ?? "").Split('\n'))
        {
            var first = line.IndexOf(':');
            var second = first < 0 ? -1 : line.IndexOf(':', first + 1);
            if (second < 0)
            {
                continue;
            }

            var controllers = line[(first + 1)..second];
            var path = PathOf(line[(second + 1)..]);
            if (controllers.Length == 0)
            {
                cpus = line[..first] == "0" ? Math.Min(cpus, LimitOf(files, Mount, path, QuotaOfVersion2, SetOfVersion2)) : cpus;
                continue;
            }

            foreach (var controller in controllers.Split(','))
            {
                cpus = controller switch
                {
                    // Mounted as cpu,cpuacct with a link from cpu, which a container may lack.
                    "cpu" => Math.Min(cpus, Math.Min(
                        LimitOf(files, $"{Mount}/cpu", path, QuotaOfVersion1, null),
                        LimitOf(files, $"{Mount}/cpu,cpuacct", path, QuotaOfVersion1, null))),
                    "cpuset" => Math.Min(cpus, LimitOf(files, $"{Mount}/cpuset", path, null, SetOfVersion1)),
                    _ => cpus,
                };
            }
        }

        return cpus;
    }

    /// <summary>
    /// Of <c>/a/b</c>, <c>/a</c> and the top, since every level limits those below. In a container the path can be the host's,
    /// which is not there, while its own group is mounted at the top.
    /// </summary>
    private static double LimitOf(SystemFiles files, string mount, string path, Func<SystemFiles, string, double?>? quota, Func<SystemFiles, string, double?>? set)
    {
        var least = double.PositiveInfinity;
        for (var folder = path; ; folder = folder[..folder.LastIndexOf('/')])
        {
            least = Math.Min(least, quota?.Invoke(files, mount + folder) ?? double.PositiveInfinity);
            least = Math.Min(least, set?.Invoke(files, mount + folder) ?? double.PositiveInfinity);
            if (folder.Length == 0)
            {
                return least;
            }
        }
    }

    private static double? QuotaOfVersion2(SystemFiles files, string folder)
    {
        var text = files.Read($"{folder}/cpu.max")?.Trim();
        var space = text?.IndexOf(' ') ?? -1;
        return space < 0 ? null : Cpus(text![..space], text[(space + 1)..]);
    }

    private static double? QuotaOfVersion1(SystemFiles files, string folder) =>
        files.Read($"{folder}/cpu.cfs_quota_us") is { } quota ? Cpus(quota, files.Read($"{folder}/cpu.cfs_period_us")) : null;

    private static double? SetOfVersion2(SystemFiles files, string folder) => CountOf(files.Read($"{folder}/cpuset.cpus.effective") ?? files.Read($"{folder}/cpuset.cpus"));

    private static double? SetOfVersion1(SystemFiles files, string folder) => CountOf(files.Read($"{folder}/cpuset.effective_cpus") ?? files.Read($"{folder}/cpuset.cpus"));

    private static double? CountOf(string? list) => list is not null && CpuList.Parse(list).Count is > 0 and var count ? count : null;

    /// <summary>The folder below the mount, without a slash at its end; the top when it is none.</summary>
    private static string PathOf(string path)
    {
        var folder = path.Trim().TrimEnd('/');
        return folder.Length <= LongestPath && folder.StartsWith('/') && !$"{folder}/".Contains("/../", StringComparison.Ordinal) && !HasControl(folder) ? folder : "";
    }

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Both are microseconds; <c>max</c> and <c>-1</c>, which are no limit, are no such numbers, and neither is garbage.</summary>
    private static double? Cpus(string? quota, string? period) =>
        long.TryParse(quota?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var used) && used > 0
        && long.TryParse(period?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var of) && of > 0
            ? (double)used / of
            : null;
}
