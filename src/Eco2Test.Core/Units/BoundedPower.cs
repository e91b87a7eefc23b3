namespace Eco2Test.Units;

/// <summary>A power with its bounds.</summary>
internal readonly record struct BoundedPower(Power Low, Power Central, Power High)
{
    /// <summary>A central value and its bounds as factors of it.</summary>
    public static BoundedPower Around(Power central, double low, double high) => new(central * low, central, central * high);

    public static BoundedEnergy operator *(BoundedPower power, TimeSpan time) => new(power.Low * time, power.Central * time, power.High * time);
}
