using System.Globalization;
using System.Text;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Reports;

/// <summary>
/// What the processes of a build used, written while it runs, so that a binary log can be joined with it later. A line for
/// each sample; a file of a process that was killed is whole but for its last line.
/// </summary>
/// <remarks>
/// <code>
/// eco2test-samples/v1
/// node 2 4711
/// process 4711 4700 node
/// sample 2026-01-31T12:00:00.0500000+00:00 0.05 0.4 0.5 0.6 0 0 0 0 0 0 4711=31.25
/// </code>
/// A node says its process; a process its parent and role, again when they change; a sample the moment, CPU seconds, joules of
/// CPU, GPU and memory (lower, central and upper, each from the start of the build), and CPU time in milliseconds, from the
/// start, of each process that has worked since the sample before.
/// </remarks>
internal sealed class BuildSamplesFile : IDisposable
{
    /// <summary>What the name of such a file ends with.</summary>
    public const string Extension = ".eco2test.samples";

    private const string Header = "eco2test-samples/v1";
    private const string Node = "node";
    private const string Process = "process";
    private const string Sample = "sample";

    private readonly Dictionary<int, BuildProcessUse> _written = [];
    private readonly StringBuilder _lines = new();
    private StreamWriter? _file;

    /// <summary>Begins a file; where it cannot be written, nothing is, and <see cref="Fault"/> says why.</summary>
    public BuildSamplesFile(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _file = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault = FaultText.Of(fault);
        }

        _lines.Append(Header).Append('\n');
        Flush();
    }

    /// <summary>Why nothing is written, if so.</summary>
    public string? Fault { get; private set; }

    /// <summary>A node said which process it is.</summary>
    public void NodeIs(int node, int processId)
    {
        _lines.Append(CultureInfo.InvariantCulture, $"{Node} {node} {processId}\n");
        Flush();
    }

    /// <summary>Adds a sample.</summary>
    public void Add(BuildSample sample)
    {
        foreach (var process in sample.Processes)
        {
            if (!_written.TryGetValue(process.Id, out var known) || (known.Parent, known.Role) != (process.Parent, process.Role))
            {
                _lines.Append(CultureInfo.InvariantCulture, $"{Process} {process.Id} {process.Parent} {BuildProcessRoles.Name(process.Role)}\n");
            }
        }

        var used = sample.Used;
        _lines.Append(Sample).Append(' ').Append(sample.At.ToString("O", CultureInfo.InvariantCulture)).Append(CultureInfo.InvariantCulture, $" {used.CpuSeconds:R}");
        foreach (var energy in new[] { used.Cpu, used.Gpu, used.Ram })
        {
            _lines.Append(CultureInfo.InvariantCulture, $" {energy.Low.Joules:R} {energy.Central.Joules:R} {energy.High.Joules:R}");
        }

        foreach (var process in sample.Processes)
        {
            if (!_written.TryGetValue(process.Id, out var known) || known.CpuTime != process.CpuTime)
            {
                _lines.Append(CultureInfo.InvariantCulture, $" {process.Id}={process.CpuTime.TotalMilliseconds:R}");
            }

            _written[process.Id] = process;
        }

        _lines.Append('\n');
        Flush();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Hands it to the operating system, which keeps it even when this process is killed.</summary>
    private void Flush()
    {
        try
        {
            _file?.Write(_lines);
            _file?.Flush();
        }
        catch (IOException fault)
        {
            Fault = FaultText.Of(fault);
            _file = null;
        }

        _lines.Clear();
    }

    /// <summary>Reads such a file, also one whose last line was cut off.</summary>
    /// <exception cref="FormatException">It is none; the message says which line, without the file's name.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BuildSamples Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return Read(reader);
    }

    /// <summary>Reads the lines of such a file.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public static BuildSamples Read(TextReader reader)
    {
        if (reader.ReadLine() != Header)
        {
            throw new FormatException($"it does not begin with '{Header}'");
        }

        var samples = new BuildSamples();
        var number = 1;
        var line = reader.ReadLine();
        while (line is not null)
        {
            var next = reader.ReadLine();
            number++;
            if (!TryRead(line, samples) && next is not null)
            {
                throw new FormatException($"line {number.ToString(CultureInfo.InvariantCulture)} is no line of a file of samples");
            }

            line = next;
        }

        return samples;
    }

    private static bool TryRead(string line, BuildSamples samples)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case Node when words.Length == 3 && Number(words[1]) is { } node && Number(words[2]) is { } processId:
                samples.Nodes[node] = processId;
                return true;
            case Process when words.Length == 4 && Number(words[1]) is { } id && Number(words[2]) is { } parent && BuildProcessRoles.Parse(words[3]) is { } role:
                samples.Roles[id] = (parent, role);
                return true;
            case Sample:
                return TryReadSample(words, samples);
            default:
                return false;
        }
    }

    private static bool TryReadSample(string[] words, BuildSamples samples)
    {
        const int Figures = 10;
        var figures = new double[Figures];
        if (words.Length < Figures + 2
            || !DateTimeOffset.TryParseExact(words[1], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            || Enumerable.Range(0, Figures).Any(i => !TryNumber(words[i + 2], out figures[i])))
        {
            return false;
        }

        List<BuildProcessUse> processes = [];
        foreach (var word in words.AsSpan(Figures + 2))
        {
            var parts = word.Split('=');
            if (parts.Length != 2 || Number(parts[0]) is not { } id || !TryNumber(parts[1], out var milliseconds) || !samples.Roles.TryGetValue(id, out var role))
            {
                return false;
            }

            processes.Add(new BuildProcessUse(id, role.Parent, role.Role, TimeSpan.FromMilliseconds(milliseconds)));
        }

        samples.Intervals.Add(new BuildSample(at, processes, new ActiveUse(Energies(1), Energies(4), Energies(7), figures[0])));
        return true;

        BoundedEnergy Energies(int first) =>
            new(Energy.FromJoules(figures[first]), Energy.FromJoules(figures[first + 1]), Energy.FromJoules(figures[first + 2]));
    }

    private static int? Number(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool TryNumber(string word, out double number) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && Math.Abs(number) < 1e15;
}

/// <summary>What a file of samples says.</summary>
internal sealed class BuildSamples
{
    /// <summary>What processes used, interval by interval.</summary>
    public BuildIntervals Intervals { get; } = new();

    /// <summary>The process of each node that has said it.</summary>
    public Dictionary<int, int> Nodes { get; } = [];

    /// <summary>The parent and the role of each process.</summary>
    public Dictionary<int, (int Parent, BuildProcessRole Role)> Roles { get; } = [];
}
