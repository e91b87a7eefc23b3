using System.Globalization;
using System.Text;
using Eco2Test.Reporting;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>Writes the inventory for people: plain text, broken between words only, the same in a terminal and in a file.</summary>
internal static class SensorInventoryText
{
    private const string Indent = "  ";
    private const int LabelWidth = 13;
    private const double BytesPerGibibyte = 1024.0 * 1024 * 1024;

    public static string Write(SensorInventory inventory, int width)
    {
        var page = new Page(Math.Max(width, SummaryExporter.NarrowestWidth));
        page.Paragraph("", $"Processor: {Processor(inventory.Processor)}.");
        page.Section("Read from devices");
        WriteChannels(inventory, page);
        page.Section("Modeled");
        WriteModels(inventory, page);
        if (inventory.Missing.Count > 0)
        {
            page.Section("Missing");
            WriteMissing(inventory.Missing, page);
        }

        if (inventory.Problems.Count > 0)
        {
            page.Section("Settings that cannot be read");
            foreach (var problem in inventory.Problems)
            {
                page.Paragraph(Indent, problem);
            }
        }

        return page.ToString();
    }

    private static string Processor(ProcessorFacts processor)
    {
        var cpus = processor.LogicalProcessors == 1 ? "1 logical CPU" : Invariant($"{processor.LogicalProcessors} logical CPUs");
        var quota = processor.AvailableCpus < processor.LogicalProcessors ? Invariant($", of which this process can keep {processor.AvailableCpus:0.##} busy") : "";
        return $"{processor.Name}, {cpus}{quota}{(processor.IsGuest ? ", in a guest of a hypervisor" : "")}";
    }

    private static void WriteChannels(SensorInventory inventory, Page page)
    {
        if (inventory.Channels.Count == 0)
        {
            page.Paragraph(Indent, "No device of this machine gives its energy. All figures are modeled.");
        }

        var names = ChannelNames.Numbered([.. inventory.Channels.Select(channel => channel.Device)]);
        foreach (var (channel, name) in inventory.Channels.Zip(names))
        {
            page.Entry(name);
            WriteChannel(channel, page);
        }

        if (inventory.NotAdded.Count > 0)
        {
            page.Section("There too, but not added");
        }

        foreach (var channel in inventory.NotAdded)
        {
            page.Entry(channel.Device);
            page.Fact("of", Of(channel.Domain));
            page.Fact("source", Source(channel));
            page.Fact("why not", channel.ContainedIn is { } whole ? $"contained in {whole}: adding it would count it twice" : "the double of another channel");
        }
    }

    private static void WriteChannel(ChannelFacts channel, Page page)
    {
        page.Fact("of", Of(channel.Domain));
        page.Fact("source", Source(channel));
        page.Fact("off by", channel.UncertaintyPercent is { } percent ? $"up to {QuantityText.Digits(percent)} % by the device's own account" : "not known: the device does not say");
        page.Fact("state", channel.State switch
        {
            ChannelState.Works => "works",
            ChannelState.DoesNotAnswer => $"does not answer: {channel.Fault}",
            _ => $"cannot be read: {channel.Fault}",
        });
        page.Fact("note", channel.Remark);
        if (channel.Gpu is { } gpu)
        {
            page.Fact("power now", Power(gpu));
            page.Fact("temperature", gpu.TemperatureCelsius is { } degrees ? $"{QuantityText.Digits(degrees)} °C" : null);
            page.Fact("memory", Memory(gpu));
            page.Fact("driver", gpu.DriverVersion);
            page.Fact("divided", gpu.IsPartitioned ? "yes, into instances (MIG), whose energy the driver does not tell apart" : null);
            page.Fact("shared", Sharing(gpu.Sharing));
        }
    }

    private static string Of(string domain) => domain switch
    {
        "package" => "a processor, with all that is in its package",
        "core" => "the cores of a processor",
        "uncore" => "what is in a processor beside its cores, such as its graphics",
        "dram" => "memory modules",
        "platform" => "the whole board, with its processors",
        "gpu" => "a GPU with its memory",
        _ => domain,
    };

    private static string Source(ChannelFacts channel)
    {
        var (kind, limit) = channel.IsSampledPower ? ("sampled power", "; what happens between two samples is not seen") : ("an energy counter", "");
        var period = channel.UpdatePeriodMilliseconds is { } milliseconds ? $", refreshed every {Duration.Write(TimeSpan.FromMilliseconds(milliseconds))}" : "";
        return $"{channel.Source}: {kind}, {ReportWords.Of(channel.Provenance)}{period}{limit}";
    }

    private static string? Power(GpuFacts gpu) => (gpu.PowerWatts, gpu.PowerLimitWatts) switch
    {
        ({ } now, { } limit) => $"{QuantityText.Digits(now)} W of at most {QuantityText.Digits(limit)} W",
        ({ } now, null) => $"{QuantityText.Digits(now)} W",
        (null, { } limit) => $"not told; at most {QuantityText.Digits(limit)} W",
        _ => null,
    };

    private static string? Memory(GpuFacts gpu) => (gpu.MemoryUsedBytes, gpu.MemoryBytes) switch
    {
        ({ } used, { } all) => $"{Gibibytes(used)} of {Gibibytes(all)} GiB in use",
        (null, { } all) => $"{Gibibytes(all)} GiB",
        _ => null,
    };

    private static string Gibibytes(long bytes) => QuantityText.Digits(bytes / BytesPerGibibyte);

    private static string? Sharing(SharingFacts? sharing)
    {
        if (sharing?.ProcessCount is not { } count)
        {
            return sharing is null ? null : $"not known whose its energy is: {sharing.Reason}";
        }

        var processes = count == 1 ? "1 process uses it" : Invariant($"{count} processes use it");
        var howMuch = sharing.TellsUtilization ? "the driver says how much each of them does" : "the driver does not say how much each of them does";
        return !sharing.AreProcessesRecognised
            ? $"{processes}, by the numbers of the host, which a container does not know: its energy cannot be told apart"
            : count == 0 ? "no process uses it now" : $"{processes}; {howMuch}";
    }

    private static void WriteModels(SensorInventory inventory, Page page)
    {
        var (cpu, ram) = (inventory.CpuModel, inventory.RamModel);
        page.Entry("CPU");
        page.Fact("used", cpu.IsInUse ? "yes: no counter of the processor can be read" : "no, the processor has a counter");
        page.Fact("source", $"{cpu.Source}, {ReportWords.Of(cpu.Provenance)}");
        page.Fact("from", cpu.Detail);
        page.Fact("active", Bounded(cpu.ActiveWattsPerCpu, "busy logical CPU, above idle"));
        page.Fact("idle", Bounded(cpu.IdleWattsPerCpu, "logical CPU"));
        page.Entry("Memory");
        page.Fact("used", ram.IsInUse ? "yes: no counter of memory can be read" : ram.IsContainedInCpu ? "no, nothing is added for memory" : "no, memory has a counter");
        page.Fact("source", $"{ram.Source}, {ReportWords.Of(ram.Provenance)}");
        page.Fact("from", ram.Detail);
        page.Fact("off by", ram is { LowFactor: { } low, HighFactor: { } high } ? $"the truth is {QuantityText.Digits(low)} to {QuantityText.Digits(high)} times the figure" : null);
    }

    private static string Bounded(BoundedWatts power, string of)
    {
        var factors = power.Central > 0 ? $" ({QuantityText.Digits(power.Low / power.Central)} to {QuantityText.Digits(power.High / power.Central)} times)" : "";
        return $"{QuantityText.Digits(power.Central)} W for each {of}; between {QuantityText.Digits(power.Low)} and {QuantityText.Digits(power.High)} W{factors}";
    }

    private static void WriteMissing(IReadOnlyList<MissingFacts> all, Page page)
    {
        foreach (var missing in all)
        {
            page.Entry(missing.Name);
            page.Fact(missing.IsDenied ? "no access" : "reason", missing.Reason);
            page.Fact("remedy", missing.Remedy ?? "none that is known");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Lines of at most so many columns.</summary>
    private sealed class Page(int width)
    {
        private readonly StringBuilder _text = new();

        public void Section(string heading) => _text.Append('\n').Append(heading).Append('\n');

        /// <summary>A name has a line of its own, on which it is never broken; what is longer than a line loses its middle.</summary>
        public void Entry(string name) => _text.Append(Indent).Append(TerminalText.CutMiddle(name.Length == 0 ? "(without a name)" : name, width - Indent.Length)).Append('\n');

        /// <summary>Nothing where there is nothing to say.</summary>
        public void Fact(string label, string? text)
        {
            if (text is not null)
            {
                Paragraph(Indent + Indent + TerminalText.Left(label, LabelWidth), text);
            }
        }

        /// <summary>A text whose further lines stand below its first.</summary>
        public void Paragraph(string before, string text)
        {
            foreach (var line in TerminalText.Wrap(text, width - before.Length))
            {
                _text.Append(before).Append(line).Append('\n');
                before = new string(' ', before.Length);
            }
        }

        public override string ToString() => _text.ToString();
    }
}
