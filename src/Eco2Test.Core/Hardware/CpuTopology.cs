using System.Globalization;

namespace Eco2Test.Hardware;

/// <summary>How many sockets, cores and threads the machine has, as its operating system says.</summary>
/// <param name="Sockets">Packages.</param>
/// <param name="Cores">Cores of all sockets that are switched on.</param>
/// <param name="Threads">Hardware threads of all sockets that are switched on.</param>
internal sealed record CpuTopology(int Sockets, int Cores, int Threads)
{
    private const string Folder = "sys/devices/system/cpu";

    /// <summary>Threads of one socket, with those that are switched off but share its power.</summary>
    public required int ThreadsPerSocket { get; init; }

    /// <summary>Threads of the smaller cores, where the machine has cores of two kinds.</summary>
    public int EfficiencyThreads { get; init; }

    /// <summary>Reads <c>/sys/devices/system/cpu</c>, else <c>/proc/cpuinfo</c>; <see langword="null"/> when neither says.</summary>
    public static CpuTopology? Read(SystemFiles files) => FromSysfs(files) ?? FromCpuInfo(files);

    private static CpuTopology? FromSysfs(SystemFiles files)
    {
        var online = CpuList.Parse(files.Read($"{Folder}/online"));
        var sockets = new List<int>();
        var cores = new HashSet<string>(StringComparer.Ordinal);
        var threadsOfFirst = 0;
        foreach (var cpu in online)
        {
            if (Number(files, cpu, "topology/physical_package_id") is not { } socket || Number(files, cpu, "topology/core_id") is not { } core)
            {
                return null;
            }

            if (!sockets.Contains(socket))
            {
                sockets.Add(socket);
            }

            // Numbers of cores start anew on every die.
            cores.Add(string.Create(CultureInfo.InvariantCulture, $"{socket}/{Number(files, cpu, "topology/die_id")}/{core}"));
            threadsOfFirst += socket == sockets[0] ? 1 : 0;
        }

        return online.Count == 0 ? null : new CpuTopology(sockets.Count, cores.Count, online.Count)
        {
            ThreadsPerSocket = threadsOfFirst + (OfflineThreads(files, online.Count) / sockets.Count),
            EfficiencyThreads = EfficiencyThreadsOf(files, online),
        };
    }

    /// <summary>
    /// CPUs that are there but switched off leave the socket's power to be shared as it is made; which socket they are of,
    /// the kernel does not say. Where the second threads of all cores are switched off, those that are left have it all.
    /// </summary>
    private static int OfflineThreads(SystemFiles files, int online) =>
        files.Read($"{Folder}/smt/control")?.Trim() is "off" or "forceoff" ? 0
        : Math.Max(0, CpuList.Parse(files.Read($"{Folder}/present")).Count - online);

    /// <summary>Intel's kernels list the smaller cores; Arm's give each CPU a capacity.</summary>
    private static int EfficiencyThreadsOf(SystemFiles files, List<int> online)
    {
        var small = 0;
        if (files.Read("sys/devices/cpu_atom/cpus") is { } atoms)
        {
            foreach (var cpu in CpuList.Parse(atoms))
            {
                small += online.Contains(cpu) ? 1 : 0;
            }

            return small < online.Count ? small : 0;
        }

        var most = Number(files, online[0], "cpu_capacity");
        for (var i = 1; i < online.Count && most is not null; i++)
        {
            if (Number(files, online[i], "cpu_capacity") is not { } capacity)
            {
                return 0;
            }

            // Those that were seen before are smaller than one that is larger.
            small = capacity > most ? i : capacity < most ? small + 1 : small;
            most = Math.Max(capacity, most.Value);
        }

        return small;
    }

    private static int? Number(SystemFiles files, int cpu, string name)
    {
        Span<byte> text = stackalloc byte[16];
        var length = files.ReadStart(string.Create(CultureInfo.InvariantCulture, $"{Folder}/cpu{cpu}/{name}"), text);

        // A package that is not known is -1: one of its own.
        return length > 0 && System.Buffers.Text.Utf8Parser.TryParse(text[..length], out int number, out _) ? number : null;
    }

    private static CpuTopology? FromCpuInfo(SystemFiles files)
    {
        var sockets = new List<int>();
        var cores = new HashSet<string>(StringComparer.Ordinal);
        var threads = 0;
        int? siblings = null;
        foreach (var block in (files.Read(CpuInfoText.File) ?? "").Split("\n\n"))
        {
            var cpu = new CpuInfoText(block);
            if (cpu.Number("processor") is null)
            {
                continue;
            }

            threads++;
            siblings ??= cpu.Number("siblings");
            var socket = cpu.Number("physical id") ?? 0;
            if (!sockets.Contains(socket))
            {
                sockets.Add(socket);
            }

            cores.Add(string.Create(CultureInfo.InvariantCulture, $"{socket}/{cpu.Number("core id") ?? threads}"));
        }

        return siblings is not > 0 ? null : new CpuTopology(sockets.Count, cores.Count, threads) { ThreadsPerSocket = siblings.Value };
    }
}
