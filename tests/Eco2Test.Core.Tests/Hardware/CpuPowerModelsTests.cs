using CsCheck;
using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class CpuPowerModelsTests
{
    private static readonly CpuIdentity Epyc7763 = new("AMD EPYC 7763 64-Core Processor", "AuthenticAMD", 25, 1, 1, IsGuest: false, ThreadsPerSocket: 128, LogicalProcessors: 4);

    private static readonly CpuIdentity Unknown = new("QEMU Virtual CPU version 2.5+", "AuthenticAMD", 15, 107, 1, IsGuest: true, ThreadsPerSocket: 1, LogicalProcessors: 4);

    [Fact]
    public void The_users_watts_come_first()
    {
        var model = CpuPowerModels.Choose(Epyc7763, Power.FromWatts(5));

        model.Source.ShouldBe("user-watts");
        model.Provenance.ShouldBe(Provenance.Modeled);
        (model.ActivePower.Central + model.IdlePower.Central).Watts.ShouldBe(5, 1e-12);
        model.IncludesMemory.ShouldBeFalse();
        model.Detail.ShouldContain("5 W per busy logical CPU, as set by ECO2TEST_CPU_POWER");
    }

    [Fact]
    public void Bare_metal_has_the_TDP_of_its_exact_model_divided_by_the_threads_of_its_socket()
    {
        var model = CpuPowerModels.Choose(Epyc7763, userWatts: null);

        model.Source.ShouldBe("tdp-per-thread");
        model.Provenance.ShouldBe(Provenance.Modeled);
        (model.ActivePower.Central + model.IdlePower.Central).Watts.ShouldBe(280.0 / 128, 1e-12);
        model.IncludesMemory.ShouldBeFalse();
        model.Detail.ShouldStartWith("AMD EPYC 7763: TDP 280 W (eco2ai+codecarbon+greenalgorithms) over 128 threads of its socket");
    }

    [Fact]
    public void A_guest_has_the_coefficient_of_its_microarchitecture_also_when_its_name_is_in_the_table()
    {
        var model = CpuPowerModels.Choose(Epyc7763 with { IsGuest = true, ThreadsPerSocket = 2 }, userWatts: null);

        model.Source.ShouldBe("microarchitecture");
        model.Provenance.ShouldBe(Provenance.Modeled);
        model.ActivePower.Central.Watts.ShouldBe(2.02 - 0.45, 1e-12);
        model.IdlePower.Central.Watts.ShouldBe(0.45, 1e-12);
        model.IncludesMemory.ShouldBeTrue();
    }

    [Fact]
    public void A_masked_guest_whose_generation_has_no_coefficient_has_its_nearest_relatives_with_wider_bounds_and_says_that_it_is_assumed()
    {
        var model = CpuPowerModels.Choose(Epyc7763 with { ModelName = "AMD EPYC", Model = 17, IsGuest = true }, userWatts: null);

        model.Provenance.ShouldBe(Provenance.Assumed);
        model.Detail.ShouldStartWith("Zen 4 (EPYC 4th gen) has no coefficient; its nearest relative EPYC 3rd gen: 2.02 W busy");
        model.LowFactor.ShouldBe(0.4, 1e-12);
        model.HighFactor.ShouldBe(2.5, 1e-12);
    }

    [Fact]
    public void A_Cascade_Lake_guest_is_told_from_Skylake_by_its_stepping()
    {
        var intel = new CpuIdentity("Intel(R) Xeon(R) Processor", "GenuineIntel", 6, 85, 7, IsGuest: true, 2, 2);

        CpuPowerModels.Choose(intel, null).Detail.ShouldStartWith("Cascade Lake: 3.97 W busy");
        CpuPowerModels.Choose(intel with { Stepping = 4 }, null).Detail.ShouldStartWith("Skylake: 4.26 W busy");
    }

    [Fact]
    public void What_is_not_known_is_an_average_vCPU_with_wide_bounds_and_a_remedy()
    {
        var model = CpuPowerModels.Choose(Unknown, userWatts: null);

        model.Source.ShouldBe("average-vcpu");
        model.Provenance.ShouldBe(Provenance.Assumed);
        model.ActivePower.Central.Watts.ShouldBe(3.54 - 0.74, 1e-12);
        model.ActivePower.Low.Watts.ShouldBeLessThan(2.02 - 0.45, "the least of all coefficients, widened");
        model.ActivePower.High.Watts.ShouldBeGreaterThan(4.74 - 1, "the most of all coefficients, widened");
        model.Detail.ShouldContain("'QEMU Virtual CPU version 2.5+' is not known");
        model.Detail.ShouldContain("set ECO2TEST_CPU_POWER");
    }

    [Theory]
    [InlineData("AMD EPYC")]
    [InlineData("AMD EPYC Processor")]
    [InlineData("Intel Xeon Processor (Cascadelake)")]
    [InlineData("AMD Ryzen 9")]
    [InlineData("")]
    public void The_name_of_a_family_is_no_match_and_never_its_largest_model(string name)
    {
        var model = CpuPowerModels.Choose(Unknown with { ModelName = name, IsGuest = false, ThreadsPerSocket = 2 }, userWatts: null);

        model.Source.ShouldBe("average-vcpu");
    }

    [Fact]
    public void A_name_that_sources_disagree_about_is_no_match()
    {
        using var table = ProductData.Open("cpus.csv");
        var conflicts = CsvTable.Rows(table).Where(row => row[4].Length > 0).Select(row => row[0]).ToList();
        conflicts.ShouldContain("AMD A8-7650K");

        foreach (var name in conflicts.Take(5).Append("AMD A8-7650K"))
        {
            CpuPowerModels.Choose(Unknown with { ModelName = name, IsGuest = false, ThreadsPerSocket = 4 }, null).Source.ShouldBe("average-vcpu", name);
        }
    }

    [Fact]
    public void Without_the_threads_of_the_socket_there_is_no_TDP_per_thread()
    {
        CpuPowerModels.Choose(Epyc7763 with { ThreadsPerSocket = null }, null).Source.ShouldBe("microarchitecture");
        CpuPowerModels.Choose(Epyc7763 with { ThreadsPerSocket = 0 }, null).Source.ShouldBe("microarchitecture");
    }

    [Fact]
    public void A_slice_of_a_socket_is_never_charged_the_whole_socket_also_when_its_hypervisor_hides() =>
        CpuPowerModels.Choose(Epyc7763 with { ThreadsPerSocket = 2 }, null).Source.ShouldBe("microarchitecture", "64 cores cannot have 2 threads");

    [Theory]
    [InlineData("AMD EPYC 7763 64-Core Processor", "AMD EPYC 7763")]
    [InlineData("AMD Ryzen 9 5950X 16-Core Processor", "AMD Ryzen 9 5950X")]
    [InlineData("AMD Ryzen Threadripper PRO 5995WX 64-Cores", "AMD Ryzen Threadripper PRO 5995WX")]
    [InlineData("AMD Ryzen 7 5700G with Radeon Graphics", "AMD Ryzen 7 5700G")]
    [InlineData("AMD Ryzen AI 9 HX 370 w/ Radeon 890M", "AMD Ryzen AI 9 HX 370")]
    [InlineData("Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", "Intel Xeon E5-2680 v4")]
    [InlineData("Intel(R) Core(TM) i7-9700 CPU @ 3.00GHz", "Intel Core i7-9700")]
    [InlineData("Intel(R) Xeon(R) CPU           E5-2680  @ 2.70GHz", "Intel Xeon E5-2680")]
    [InlineData("12th Gen Intel(R) Core(TM) i9-12900K", "Intel Core i9-12900K")]
    [InlineData("13th Gen Intel(R) Core(TM) i7-13700K", "Intel Core i7-13700K")]
    public void A_name_is_read_as_tables_write_it_and_found(string name, string normal)
    {
        CpuName.Normalized(name).ShouldBe(normal);
        CpuPowerModels.Choose(Unknown with { ModelName = name, IsGuest = false, ThreadsPerSocket = 256 }, null).Source.ShouldBe("tdp-per-thread");
    }

    [Fact]
    public void Names_are_read_as_a_regular_expression_reads_them()
    {
        var decoration = new System.Text.RegularExpressions.Regex(@"\((R|TM|tm|r)\)|^\d+th Gen\b|\bCPU\b|\bProcessor\b|\b\d+-Cores?\b|@.*$|\b(with|w/) Radeon.*$");
        using var table = ProductData.Open("cpus.csv");
        foreach (var name in CsvTable.Rows(table).Select(row => row[0]))
        {
            foreach (var written in new[] { name, $"12th Gen {name} CPU @ 2.40GHz", $"{name} 64-Core Processor", $"{name} with Radeon Graphics" })
            {
                var expected = string.Join(' ', decoration.Replace(written, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                CpuName.Normalized(written).ShouldBe(expected, written);
            }
        }
    }

    [Theory]
    [InlineData("AMD EPYC")]
    [InlineData("Intel Xeon Processor")]
    [InlineData("Intel(R) Xeon(R) CPU @ 2.20GHz")]
    [InlineData("Intel(R) Xeon(R) Processor @ 2.90GHz")]
    [InlineData("QEMU Virtual CPU version 2.5+")]
    [InlineData("Common KVM processor")]
    [InlineData("Neoverse-N1")]
    [InlineData("7763")]
    [InlineData("\0")]
    [InlineData("   ")]
    public void No_name_of_a_family_a_hypervisor_or_a_part_of_one_is_a_model_on_bare_metal(string name) =>
        CpuPowerModels.Choose(Unknown with { ModelName = name, IsGuest = false, ThreadsPerSocket = 256 }, null).Source.ShouldBe("average-vcpu");

    [Fact]
    public void The_whole_socket_is_charged_for_a_slice_of_it_when_that_is_asked_for_and_the_bounds_reach_to_the_best_evidence()
    {
        var cpu = Epyc7763 with { IsGuest = true, ThreadsPerSocket = 4 };
        var best = CpuPowerModels.Choose(cpu, null);
        var model = CpuPowerModels.Choose(cpu, null, choice: CpuModelChoice.Tdp);

        (model.Source, model.Provenance, model.IncludesMemory).ShouldBe(("tdp", Provenance.Assumed, false));
        model.ActivePower.Central.Watts.ShouldBe(280.0 / 4, 1e-12);
        model.ActivePower.Low.ShouldBe(best.ActivePower.Low);
        model.IdlePower.Central.ShouldBe(Power.Zero);
        model.Detail.ShouldContain("for comparison only");

        var twoSockets = Epyc7763 with { Topology = new CpuTopology(2, 128, 256) { ThreadsPerSocket = 128 } };
        CpuPowerModels.Choose(twoSockets, null, choice: CpuModelChoice.Tdp).ActivePower.Central.Watts.ShouldBe(280.0 * 2 / 4, 1e-12);
        CpuPowerModels.Choose(Unknown, null, choice: CpuModelChoice.Tdp).ActivePower.Central.Watts.ShouldBe(100.1 / 4, 1e-12);
    }

    [Fact]
    public void A_hostile_name_is_no_match_and_takes_no_long_time() =>
        CpuPowerModels.Choose(Unknown with { ModelName = string.Concat(Enumerable.Repeat("(R) 64-Core CPU ", 20_000)), IsGuest = false, ThreadsPerSocket = 2 }, null)
            .Source.ShouldBe("average-vcpu");

    [Fact]
    public void Bounds_are_in_order_and_no_power_is_negative_or_absurd_whatever_the_processor()
    {
        using var table = ProductData.Open("cpus.csv");
        var names = CsvTable.Rows(table).Select(row => row[0]).Where((_, i) => i % 97 == 0).Append("nothing").ToArray();
        Gen.Select(Gen.OneOf(names), Gen.OneOf("AuthenticAMD", "GenuineIntel", "?"), Gen.Int[0, 30], Gen.Int[0, 255], Gen.Int[0, 15], Gen.Bool).Sample(
            (name, vendor, family, model, stepping, guest) =>
            {
                var power = CpuPowerModels.Choose(new CpuIdentity(name, vendor, family, model, stepping, guest, 256, 4), null);
                power.ActivePower.Low.ShouldBeGreaterThan(Power.Zero);
                power.ActivePower.Low.ShouldBeLessThan(power.ActivePower.Central);
                power.ActivePower.Central.ShouldBeLessThan(power.ActivePower.High);
                power.IdlePower.Low.ShouldBeGreaterThan(Power.Zero);
                power.IdlePower.Low.ShouldBeLessThan(power.IdlePower.Central);
                power.IdlePower.Central.ShouldBeLessThan(power.IdlePower.High);
                power.ActivePower.High.Watts.ShouldBeLessThan(20);
                power.Detail.ShouldNotBeEmpty();
            });
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void Every_culture_chooses_the_same(string culture)
    {
        var (bareMetal, average) = (CpuPowerModels.Choose(Epyc7763, null), CpuPowerModels.Choose(Unknown, null));

        HostileCulture.Run(culture, () =>
        {
            CpuPowerModels.Choose(Epyc7763, null).ShouldBe(bareMetal);
            CpuPowerModels.Choose(Unknown, null).ShouldBe(average);
        });
    }

    [Fact]
    public void Memory_costs_power_by_what_is_resident_unless_the_CPU_coefficient_contains_it()
    {
        var power = new RamPowerModel(ContainedInCpu: false).PowerOf(8L << 30);

        power.Central.Watts.ShouldBe(3, 1e-12);
        power.Low.Watts.ShouldBe(1.28, 1e-12);
        power.High.Watts.ShouldBe(5, 1e-12);
        new RamPowerModel(ContainedInCpu: true).PowerOf(8L << 30).ShouldBe(default);
        new RamPowerModel(ContainedInCpu: true).Detail.ShouldContain("count it twice");
    }
}
