using System.Globalization;
using System.Text.RegularExpressions;
using Eco2Test.Hardware;

namespace Eco2Test.Tool;

/// <summary>The devices that the command line names.</summary>
internal sealed record WantedDevices(
    string[] Gpus, string[] Cpus, string[] Instances, string[] Runners, double? Ram, int? Count, int? Cores, double? Utilization);

/// <summary>What the tables know of the devices that were named, and what was taken for what.</summary>
internal sealed partial record FoundDevices(IReadOnlyList<DeviceLoad> Loads, IReadOnlyList<string> Notes)
{
    private const int OtherModels = 4;

    public static FoundDevices Find(WantedDevices wanted)
    {
        CheckThatTheyGoTogether(wanted);
        var (loads, notes) = (new List<DeviceLoad>(), new List<string>());
        foreach (var (name, count) in Counted(wanted.Gpus, wanted.Count))
        {
            loads.Add(DeviceLoad.Of(Gpu(name, notes), count, wanted.Utilization));
        }

        foreach (var (name, count) in Counted(wanted.Cpus, wanted.Count))
        {
            loads.Add(DeviceLoad.Of(Cpu(name, count, wanted.Cores), count, wanted.Cores, wanted.Utilization));
        }

        foreach (var (name, count) in Counted(wanted.Instances, wanted.Count))
        {
            loads.AddRange(DeviceLoad.Of(Instance(name), count, wanted.Utilization));
        }

        foreach (var (name, count) in Counted(wanted.Runners, wanted.Count))
        {
            loads.Add(DeviceLoad.Of(Runner(name), count, wanted.Utilization));
        }

        if (wanted.Ram is { } gigabytes)
        {
            loads.Add(DeviceLoad.OfMemory(gigabytes));
        }

        return new(loads, [.. notes, .. loads.SelectMany(load => load.Notes).Distinct()]);
    }

    private static void CheckThatTheyGoTogether(WantedDevices wanted)
    {
        var named = wanted.Gpus.Length + wanted.Cpus.Length + wanted.Instances.Length + wanted.Runners.Length;
        if (named == 0 && wanted.Ram is null)
        {
            throw Wrong("No device is named: use --gpu, --cpu, --ram, --instance or --runner.");
        }

        if (wanted.Count is not null && (named != 1 || NumberOf().IsMatch(wanted.Gpus.Concat(wanted.Cpus).Concat(wanted.Instances).Concat(wanted.Runners).Single())))
        {
            throw Wrong("--count is of the one device that is named; of several, or where it is said already, write the number before the name: --gpu 8xV100.");
        }

        if (wanted.Cores is not null && (wanted.Cpus.Length != 1 || wanted.Count > 1 || NumberOf().IsMatch(wanted.Cpus[0])))
        {
            throw Wrong("--cores is of one socket of one --cpu.");
        }

        if (wanted.Ram is not null && wanted.Instances.Length + wanted.Runners.Length > 0)
        {
            throw Wrong("The power of an --instance and of a --runner contains its memory: --ram would count it twice.");
        }
    }

    private static IEnumerable<(string Name, int Count)> Counted(string[] names, int? count)
    {
        foreach (var name in names)
        {
            var match = NumberOf().Match(name);
            yield return match.Success
                ? (match.Groups["name"].Value, int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))
                : (name, count ?? 1);
        }
    }

    private static GpuModel Gpu(string name, List<string> notes)
    {
        var all = GpuModel.All();
        var gpu = GpuModel.Find(name)
            ?? throw Unknown("--gpu", name, NearestNames.Of(name, all.SelectMany(each => each.Aliases.Append(each.Name))), "'eco2test estimate --help' has examples");
        if (!string.Equals(gpu.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            var others = NearestNames.Of(name, all.Select(each => each.Name), OtherModels).Where(other => other != gpu.Name && other.Contains(name.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
            notes.Add($"'{name.Trim()}' is taken for {gpu.Name}{(others.Count == 0 ? "" : $"; others are {string.Join(", ", others)}")}.");
        }

        return gpu;
    }

    private static CpuModel Cpu(string name, int sockets, int? cores)
    {
        var found = CpuModel.Find(name);
        if (found.Count == 0)
        {
            // The table has names of families too, which mean no processor.
            throw Unknown("--cpu", name, NearestNames.Of(name, CpuModel.All().Select(each => each.Name).Where(each => each.Any(char.IsAsciiDigit))), "write the whole name, such as 'AMD EPYC 7763'");
        }

        var cpu = found[0];
        if (found.Any(other => other.Tdp != cpu.Tdp))
        {
            throw new InputException(ToolCodes.UnknownDevice, $"--cpu: '{name.Trim()}' is several processors: {string.Join(", ", found.Select(each => $"'{each.Name}' with {each.Tdp}"))}; write the whole name of one.");
        }

        if (cores is { } some && (cpu.Cores is not { } all || some > all))
        {
            throw Wrong(cpu.Cores is null
                ? $"--cores: how many cores {cpu.Name} has is not known; leave --cores out for {(sockets == 1 ? "the whole socket" : "whole sockets")}."
                : $"--cores: {cpu.Name} has {cpu.Cores} cores.");
        }

        return cpu;
    }

    private static CloudInstance Instance(string name) => CloudInstance.Find(name) ?? throw Unlisted("--instance", name, "size", CloudInstance.All().Select(each => each.Key));

    private static LentRunner Runner(string name) => LentRunner.Find(name) ?? throw Unlisted("--runner", name, "power", LentRunner.All().Select(each => each.Key));

    private static InputException Unknown(string option, string name, IReadOnlyList<string> nearest, string otherwise) =>
        new(ToolCodes.UnknownDevice, $"{option}: '{name}' is not known; {(nearest.Count > 0 ? $"did you mean {string.Join(" or ", nearest.Select(near => $"'{near}'"))}?" : $"{otherwise}.")}");

    private static InputException Unlisted(string option, string name, string what, IEnumerable<string> known) =>
        new(ToolCodes.UnknownMachine, $"{option}: the {what} of '{name}' is not known; known are {string.Join(", ", known)}.");

    private static InputException Wrong(string message) => new(ToolCodes.DevicesDoNotGoTogether, message);

    /// <summary><c>8xV100</c>.</summary>
    [GeneratedRegex(@"^\s*(?<number>[1-9][0-9]{0,5})\s*[x×*]\s*(?<name>\S.*)$")]
    private static partial Regex NumberOf();
}
