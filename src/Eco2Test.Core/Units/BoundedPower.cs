namespace Eco2Test.Units;

/// <summary>A power with its bounds.</summary>
internal readonly record struct BoundedPower(Power Low, Power Central, Power High)
{
    /// <summary>A central value and its bounds as factors of it.</summary>
    public static BoundedPower Around(Power central, double low, double high) => new(central * low, central, central * high);

    /// <summary>Whether it is a power that something can draw, with its bounds in order.</summary>
    public bool IsSound => Low >= Power.Zero && Low <= Central && Central <= High && double.IsFinite(High.Watts);

    public static BoundedEnergy operator *(BoundedPower power, TimeSpan time) => new(power.Low * time, power.Central * time, power.High * time);
}
