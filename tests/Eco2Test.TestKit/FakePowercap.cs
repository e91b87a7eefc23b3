using System.Globalization;
using System.Text;

namespace Eco2Test.TestKit;

/// <summary>
/// A folder that imitates Linux' powercap framework, to be the root of the system's files: zones as links from
/// <c>sys/class/powercap</c> into <c>sys/devices/virtual/powercap</c>, counters that wrap, and all that can go wrong.
/// <code>
/// using var powercap = new FakePowercap();
/// var package = powercap.AddZone("intel-rapl:0", "package-0");
/// var files = new SystemFiles(powercap.Root, powercap.Refuse);
/// package.Add(joules: 5);
/// </code>
/// </summary>
public sealed class FakePowercap : IDisposable
{
    /// <summary>Where a counter of 32 bits of 61 µJ starts anew: what Intel's servers say.</summary>
    public const ulong UsualRange = 262_143_328_850;

    private readonly HashSet<string> _denied = new(StringComparer.Ordinal);

    /// <summary>A machine of which only <c>/proc/cpuinfo</c> is there, if <paramref name="vendor"/> is not null.</summary>
    public FakePowercap(string? vendor = "GenuineIntel")
    {
        if (vendor is not null)
        {
            Write("proc/cpuinfo", $"processor\t: 0\nvendor_id\t: {vendor}\ncpu family\t: 6\nmodel\t\t: 85\nmodel name\t: Fake CPU\nflags\t\t: fpu\n");
        }
    }

    /// <summary>What the system's files start from.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("eco2test").FullName;

    /// <summary>Throws for a file that was denied, as the kernel does for all but root.</summary>
    public void Refuse(string path)
    {
        if (_denied.Contains(path))
        {
            throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        }
    }

    /// <summary>Adds a zone.</summary>
    /// <param name="id">Its folder, such as <c>intel-rapl:0</c>, or <c>intel-rapl:0:1</c> for a part of that.</param>
    /// <param name="name">What its driver calls it, such as <c>package-0</c>, <c>core</c>, <c>dram</c>, <c>psys</c>; no file when null.</param>
    /// <param name="microjoules">Where its counter stands.</param>
    /// <param name="range">Where it starts anew; no file when null.</param>
    public FakeZone AddZone(string id, string? name, ulong microjoules = 1_000_000_000, ulong? range = UsualRange)
    {
        var zone = new FakeZone(this, id, range ?? UsualRange);
        Link(id, id);
        if (name is not null)
        {
            zone.Write("name", name + "\n");
        }

        if (range is { } modulus)
        {
            zone.Write("max_energy_range_uj", modulus.ToString(CultureInfo.InvariantCulture) + "\n");
        }

        zone.Microjoules = microjoules;
        return zone;
    }

    /// <summary>Gives a zone's folder one more name; one that is not there makes a link that leads nowhere, as container engines leave them.</summary>
    public void Link(string name, string id)
    {
        Directory.CreateDirectory(Path.Combine(Root, "sys/class/powercap"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "sys/class/powercap", name), $"../../devices/virtual/powercap/{id.Split(':')[0]}/{id}");
    }

    /// <summary>Writes any file below the root.</summary>
    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>One zone.</summary>
    public sealed class FakeZone
    {
        private readonly FakePowercap _powercap;
        private readonly string _id;
        private readonly ulong _range;
        private ulong _microjoules;

        internal FakeZone(FakePowercap powercap, string id, ulong range) => (_powercap, _id, _range) = (powercap, id, range);

        /// <summary>Where the counter stands.</summary>
        public ulong Microjoules
        {
            get => _microjoules;
            set
            {
                _microjoules = value;
                SetText(value.ToString(CultureInfo.InvariantCulture) + "\n");
            }
        }

        private string Folder => Path.Combine(_powercap.Root, "sys/devices/virtual/powercap", _id.Split(':')[0], _id);

        private string Energy => Path.Combine(Folder, "energy_uj");

        private string NameInClass => $"sys/class/powercap/{_id}/energy_uj";

        /// <summary>The counter counts on, and starts anew when it is full.</summary>
        public void Add(double joules) => Microjoules = (Microjoules + (ulong)Math.Round(joules * 1e6)) % _range;

        /// <summary>Replaces what the counter's file holds by any text, in the same file, as a kept handle sees it.</summary>
        public void SetText(string text)
        {
            Directory.CreateDirectory(Folder);
            using var file = new FileStream(Energy, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = Encoding.UTF8.GetBytes(text);
            file.Write(bytes);
            file.SetLength(bytes.Length);
        }

        /// <summary>Writes another file of the zone.</summary>
        public void Write(string name, string text)
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, name), text);
        }

        /// <summary>The counter may be read by root only.</summary>
        public void Deny() => _powercap._denied.Add(NameInClass);

        /// <summary>The counter may be read again.</summary>
        public void Allow() => _powercap._denied.Remove(NameInClass);

        /// <summary>
        /// The driver is unloaded. A handle that was open gives nothing more: the kernel answers it with an error, this with
        /// an empty text.
        /// </summary>
        public void Vanish()
        {
            SetText("");
            File.Delete(Energy);
        }

        /// <summary>The driver is loaded anew: the counter is there again, where it stands.</summary>
        public void Return() => Microjoules = _microjoules;

        /// <summary>A folder is where the counter's file should be.</summary>
        public void BecomeFolder()
        {
            Vanish();
            Directory.CreateDirectory(Energy);
        }
    }
}
