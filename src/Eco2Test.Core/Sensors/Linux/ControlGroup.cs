using System.Globalization;
using Eco2Test.Hardware;

namespace Eco2Test.Sensors;

/// <summary>
/// A control group of the kernel that a command is put into: its CPU time is that of every process that was ever in it, to
/// the microsecond, whoever took them over and whether anybody saw them. Processes that were there before, as reused nodes,
/// are not in it. It needs a folder of groups in which this user may make one: root, or a user to whom one is delegated.
/// Nothing throws.
/// </summary>
internal sealed class ControlGroup : IDisposable
{
    private readonly ControlGroupFolder _folder;
    private readonly string _path;

    private ControlGroup(ControlGroupFolder folder, string path, ControlGroupVersion version) => (_folder, _path, Version) = (folder, path, version);

    /// <summary>Which interface of the kernel counts.</summary>
    public ControlGroupVersion Version { get; }

    private string Parent => _path[.._path.LastIndexOf('/')];

    /// <summary>A new group; <see langword="null"/> where none can be made.</summary>
    public static ControlGroup? TryCreate() => LinuxFiles.IsSupported ? TryCreate(SystemFiles.OfThisMachine, new ControlGroupFolder("/"), Environment.ProcessId) : null;

    /// <param name="files">Where mounts and the own group are described.</param>
    /// <param name="folder">Makes and removes groups.</param>
    /// <param name="processId">Makes its name one that nobody else has.</param>
    internal static ControlGroup? TryCreate(SystemFiles files, ControlGroupFolder folder, int processId)
    {
        foreach (var place in Places(files))
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{place.Path}/eco2test-{processId}");
            if (!folder.TryMake(path))
            {
                continue;
            }

            var group = new ControlGroup(folder, path, place.Version);
            if (group.CpuTime is not null)
            {
                return group;
            }

            group.Dispose();
        }

        return null;
    }

    /// <summary>Puts a process into it; children that it starts from then on are in it as well.</summary>
    /// <param name="processId">Its number, or 0: this process.</param>
    /// <returns>Whether it is.</returns>
    public bool TryJoin(int processId) => _folder.TryWrite($"{_path}/cgroup.procs", processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Puts a process back to where the group was made. Who joins, starts a command and leaves again, has missed nothing of it.</summary>
    /// <param name="processId">Its number, or 0: this process.</param>
    /// <returns>Whether it is out.</returns>
    public bool TryLeave(int processId) => _folder.TryWrite($"{Parent}/cgroup.procs", processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>CPU time of all that were ever in it; <see langword="null"/> when it cannot be read.</summary>
    public TimeSpan? CpuTime => Version == ControlGroupVersion.Two
        ? Number(Line(_folder.Read($"{_path}/cpu.stat"), "usage_usec ")) is { } microseconds ? TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond) : null
        : Number(_folder.Read($"{_path}/cpuacct.usage")) is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null;

    /// <summary>The numbers of those that live in it.</summary>
    public IReadOnlyList<int> Living =>
        [.. (_folder.Read($"{_path}/cgroup.procs") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => int.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Removes it; those that still live in it go back to where the group was made.</summary>
    public void Dispose()
    {
        foreach (var process in Living)
        {
            TryLeave(process);
        }

        _folder.TryRemove(_path);
    }

    /// <summary>Where this process is in each of the two interfaces: groups below it are its own to make.</summary>
    private static IEnumerable<(string Path, ControlGroupVersion Version)> Places(SystemFiles files)
    {
        var own = files.Read("proc/self/cgroup") ?? "";
        foreach (var mount in (files.Read("proc/self/mounts") ?? "").Split('\n'))
        {
            var words = mount.Split(' ');
            if (words is [_, var at, "cgroup2", ..] && OwnPath(own, "0::") is { } unified)
            {
                yield return ($"{at}{unified}", ControlGroupVersion.Two);
            }
        }

        foreach (var mount in (files.Read("proc/self/mounts") ?? "").Split('\n'))
        {
            var words = mount.Split(' ');
            if (words is [_, var at, "cgroup", var options, ..] && options.Split(',').Contains("cpuacct") && OwnPath(own, "cpuacct") is { } accounting)
            {
                yield return ($"{at}{accounting}", ControlGroupVersion.One);
            }
        }
    }

    /// <summary>The path in <c>0::/path</c>, or in <c>2:cpu,cpuacct:/path</c>, without the slash of the first group.</summary>
    private static string? OwnPath(string own, string which)
    {
        foreach (var line in own.Split('\n'))
        {
            var parts = line.Split(':', 3);
            if (parts.Length == 3 && (line.StartsWith(which, StringComparison.Ordinal) || parts[1].Split(',').Contains(which)))
            {
                return parts[2].TrimEnd('/');
            }
        }

        return null;
    }

    private static string? Line(string? text, string start)
    {
        foreach (var line in (text ?? "").Split('\n'))
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line[start.Length..];
            }
        }

        return null;
    }

    private static long? Number(string? text) => long.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The two interfaces of the kernel to control groups.</summary>
internal enum ControlGroupVersion
{
    /// <summary>The older one, whose part <c>cpuacct</c> counts.</summary>
    One,

    /// <summary>The unified one.</summary>
    Two,
}
