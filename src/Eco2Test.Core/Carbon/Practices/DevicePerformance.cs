using System.Globalization;

namespace Eco2Test.Carbon;

/// <summary>How fast a device is, as a multiple of another, and who says so.</summary>
internal sealed record DeviceSpeed(double Relative, string Source);

/// <summary>
/// How fast devices are at the user's work: a table of <c>device,speed,source</c>, the speeds of one class in any one unit, such
/// as items per second. No table of the product has that: it depends on the work.
/// </summary>
internal sealed class DevicePerformance
{
    private const string Form = "device,speed,source";

    private readonly Dictionary<TableDevice, DeviceSpeed> _speeds = [];

    private DevicePerformance()
    {
    }

    /// <summary>The processors of the product's table.</summary>
    public DeviceTable Processors { get; } = DeviceTable.Processors();

    /// <summary>The GPUs of the product's table.</summary>
    public DeviceTable Gpus { get; } = DeviceTable.Gpus();

    /// <summary>Nobody says how fast anything is.</summary>
    public static DevicePerformance None() => new();

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">It has another form, or names a device that is not known; the message says in which line.</exception>
    public static DevicePerformance Parse(string csv)
    {
        using var lines = new StringReader(csv.TrimStart('\ufeff'));
        if (lines.ReadLine()?.Trim() is var header && header != Form)
        {
            throw new FormatException($"its first line is '{header}' and must be '{Form}'");
        }

        var performance = new DevicePerformance();
        for (var number = 2; lines.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                performance.Add(line, number);
            }
        }

        return performance._speeds.Count > 0 ? performance : throw new FormatException("it has no device");
    }

    /// <summary>How fast a device is as a multiple of the run's own; <see langword="null"/> when nobody says.</summary>
    /// <exception cref="FormatException">The speed of the run's own device is not given.</exception>
    public DeviceSpeed? Of(TableDevice other, TableDevice own)
    {
        if (!_speeds.TryGetValue(other, out var speed))
        {
            return null;
        }

        return _speeds.TryGetValue(own, out var reference)
            ? new(speed.Relative / reference.Relative, speed.Source)
            : throw new FormatException($"it says how fast '{other.Name}' is, and not how fast '{own.Name}' is, on which the run was: add a line for it, with the speed 1 if the others are multiples of it");
    }

    private void Add(string line, int number)
    {
        using var row = new StringReader($"{Form}\n{line}");
        var fields = CsvTable.Rows(row).Single();
        if (fields.Length != 3 || fields.Any(string.IsNullOrWhiteSpace))
        {
            throw new FormatException($"line {number} must have the three fields {Form}");
        }

        var name = fields[0].Trim();
        var device = Processors.Find(name) ?? Gpus.Find(name)
            ?? throw new FormatException($"line {number}: there is no processor '{name}' of which the tables have {Processors.Need}, and no GPU of which they have {Gpus.Need}");
        if (!double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) || !double.IsFinite(speed) || speed <= 0)
        {
            throw new FormatException($"line {number}: the speed '{fields[1]}' must be a number above zero, such as 2.5");
        }

        if (!_speeds.TryAdd(device, new(speed, fields[2].Trim())))
        {
            throw new FormatException($"line {number}: the device '{device.Name}' has a line already");
        }
    }
}
