namespace Eco2Test.Tool;

/// <summary>What runs used and emitted, added up. The units are in the names.</summary>
internal readonly record struct InventoryAmounts
{
    public double DeviceJoules { get; init; }

    public double LowDeviceJoules { get; init; }

    public double HighDeviceJoules { get; init; }

    /// <summary>Device × PUE.</summary>
    public double BuildingJoules { get; init; }

    public double Grams { get; init; }

    public double LowGrams { get; init; }

    public double HighGrams { get; init; }

    /// <summary>What making the machines emitted, of the runs that know it.</summary>
    public double EmbodiedGrams { get; init; }

    public static InventoryAmounts operator +(InventoryAmounts one, InventoryAmounts other) => new()
    {
        DeviceJoules = one.DeviceJoules + other.DeviceJoules,
        LowDeviceJoules = one.LowDeviceJoules + other.LowDeviceJoules,
        HighDeviceJoules = one.HighDeviceJoules + other.HighDeviceJoules,
        BuildingJoules = one.BuildingJoules + other.BuildingJoules,
        Grams = one.Grams + other.Grams,
        LowGrams = one.LowGrams + other.LowGrams,
        HighGrams = one.HighGrams + other.HighGrams,
        EmbodiedGrams = one.EmbodiedGrams + other.EmbodiedGrams,
    };

    /// <summary>The part of a year. Bounds keep their distance, also of what corrections made negative.</summary>
    public InventoryAmounts Part(double share, double timeShare)
    {
        var part = Math.Abs(share);
        return new InventoryAmounts
        {
            DeviceJoules = DeviceJoules * share,
            LowDeviceJoules = (DeviceJoules * share) - ((DeviceJoules - LowDeviceJoules) * part),
            HighDeviceJoules = (DeviceJoules * share) + ((HighDeviceJoules - DeviceJoules) * part),
            BuildingJoules = BuildingJoules * share,
            Grams = Grams * share,
            LowGrams = (Grams * share) - ((Grams - LowGrams) * part),
            HighGrams = (Grams * share) + ((HighGrams - Grams) * part),
            EmbodiedGrams = EmbodiedGrams * timeShare,
        };
    }
}
