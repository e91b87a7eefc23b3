namespace Eco2Test.Reports;

/// <summary>Sums and differences of the energies that windows report.</summary>
internal static class ReportEnergies
{
    public static ReportEnergy Sum(ReportEnergy one, ReportEnergy other) => Combined(one, other, 1);

    public static ReportEnergy Difference(ReportEnergy one, ReportEnergy other) => Combined(one, other, -1);

    private static ReportEnergy Combined(ReportEnergy one, ReportEnergy other, int sign) => new()
    {
        Joules = one.Joules + (sign * other.Joules),
        LowJoules = one.LowJoules + (sign * other.LowJoules),
        HighJoules = one.HighJoules + (sign * other.HighJoules),
        CpuJoules = one.CpuJoules + (sign * other.CpuJoules),
        GpuJoules = one.GpuJoules + (sign * other.GpuJoules),
        RamJoules = one.RamJoules + (sign * other.RamJoules),
        SelfJoules = one.SelfJoules + (sign * other.SelfJoules),
    };
}
