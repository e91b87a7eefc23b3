using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class CpuIdentityTests : IDisposable
{
    private readonly TempFolder _root = new();

    [Fact]
    public void Bare_metal_says_its_name_its_CPUID_and_the_threads_of_its_socket() => Read(CpuInfo.BareMetalEpyc7763).ShouldBe(
        new CpuIdentity("AMD EPYC 7763 64-Core Processor", "AuthenticAMD", 25, 1, 1, IsGuest: false, ThreadsPerSocket: 128, LogicalProcessors: 4));

    [Fact]
    public void A_guest_is_told_by_its_flag_and_its_first_processor_counts() => Read(CpuInfo.CascadeLakeGuest).ShouldBe(
        new CpuIdentity("Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz", "GenuineIntel", 6, 85, 7, IsGuest: true, ThreadsPerSocket: 2, LogicalProcessors: 4));

    [Fact]
    public void A_masked_name_leaves_the_CPUID() => Read(CpuInfo.MaskedEpycGuest).ShouldBe(
        new CpuIdentity("AMD EPYC", "AuthenticAMD", 25, 17, 1, IsGuest: true, ThreadsPerSocket: 2, LogicalProcessors: 4));

    [Fact]
    public void A_desktop_is_no_guest() => Read(CpuInfo.Ryzen5950X).ShouldBe(
        new CpuIdentity("AMD Ryzen 9 5950X 16-Core Processor", "AuthenticAMD", 25, 33, 2, IsGuest: false, ThreadsPerSocket: 32, LogicalProcessors: 4));

    [Theory]
    [InlineData("0x41", "0xd0c", "Neoverse-N1")]
    [InlineData("0x41", "0xd40", "Neoverse-V1")]
    [InlineData("0x41", "0xd4f", "Neoverse-V2")]
    [InlineData("0x61", "0x023", "Apple M1")]
    public void An_Arm_processor_that_has_only_numbers_is_named_by_them(string implementer, string part, string name) =>
        Read(CpuInfo.ArmWithoutName.Replace("0x41", implementer, StringComparison.Ordinal).Replace("0xd0c", part, StringComparison.Ordinal)).ModelName.ShouldBe(name);

    [Theory]
    [InlineData("0x41", "0xfff")]
    [InlineData("65", "0xd0c")]
    [InlineData("0x41", "d0c")]
    [InlineData("0xffffffffffff", "0xd0c")]
    public void A_processor_without_a_name_is_unknown_and_nothing_is_made_up(string implementer, string part)
    {
        var cpu = Read(CpuInfo.ArmWithoutName.Replace("0x41", implementer, StringComparison.Ordinal).Replace("0xd0c", part, StringComparison.Ordinal));

        cpu.ModelName.ShouldStartWith("unknown ");
        (cpu.Vendor, cpu.Family, cpu.Model, cpu.Stepping, cpu.ThreadsPerSocket).ShouldBe((null, null, null, null, null));
    }

    [Theory]
    [MemberData(nameof(CpuInfo.Garbage), MemberType = typeof(CpuInfo))]
    public void Garbage_is_an_unknown_processor(string text)
    {
        var cpu = Read(text);

        cpu.ModelName.ShouldStartWith("unknown ");
        (cpu.Family, cpu.Model, cpu.Stepping, cpu.ThreadsPerSocket, cpu.IsGuest).ShouldBe((null, null, null, null, false));
        cpu.LogicalProcessors.ShouldBe(4);
    }

    [Fact]
    public void A_system_without_the_file_has_an_unknown_processor() =>
        CpuIdentity.FromLinux(new SystemFiles(_root["nothing"]), 4).ModelName.ShouldStartWith("unknown ");

    [Fact]
    public void A_folder_where_the_file_should_be_is_no_description()
    {
        Directory.CreateDirectory(_root["proc/cpuinfo"]);

        CpuIdentity.FromLinux(new SystemFiles(_root), 4).ModelName.ShouldStartWith("unknown ");
        new SystemFiles(_root).Folders("proc").ShouldBe(["cpuinfo"]);
        new SystemFiles(_root).Folders("sys").ShouldBeEmpty();
    }

    [Fact]
    public void A_name_of_100_KB_is_none() =>
        Read($"processor\t: 0\nmodel name\t: {new string('E', 100_000)}\n").ModelName.ShouldStartWith("unknown ");

    [Theory]
    [InlineData("AMD64 Family 25 Model 1 Stepping 1, AuthenticAMD", "AuthenticAMD", 25, 1, 1)]
    [InlineData("Intel64 Family 6 Model 85 Stepping 7, GenuineIntel", "GenuineIntel", 6, 85, 7)]
    public void Windows_says_family_model_and_stepping_which_name_the_microarchitecture(string identifier, string vendor, int family, int model, int stepping)
    {
        var cpu = CpuIdentity.FromWindows(Environment(identifier), 4);

        cpu.ShouldBe(new CpuIdentity(cpu.ModelName, vendor, family, model, stepping, IsGuest: false, ThreadsPerSocket: null, 4));
        cpu.HasName.ShouldBeFalse();
        CpuPowerModels.Choose(cpu, null).Source.ShouldBe("microarchitecture");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ARMv8 (64-bit) Family 8 Model D0C Revision 301, Arm Limited")]
    [InlineData("AMD64 Family 25 Model 1 Stepping 1")]
    [InlineData("AMD64 Family , AuthenticAMD")]
    [InlineData(",,,")]
    public void What_Windows_does_not_say_is_unknown(string identifier)
    {
        var cpu = CpuIdentity.FromWindows(Environment(identifier), 4);

        (cpu.HasName, cpu.Vendor, cpu.Family).ShouldBe((false, null, null));
    }

    [Fact]
    public void The_instruction_cpuid_says_what_Linux_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.Intrinsics.X86.X86Base.IsSupported, "an x86 processor");
        var linux = CpuIdentity.FromLinux(SystemFiles.OfThisMachine, 4) with { Topology = null, ThreadsPerSocket = null };

        CpuidInstruction.Read(4).ShouldBe(linux);
        CpuIdentity.Read(OperatingSystemKind.Windows, new SystemFiles(_root), Environment(""), 4).ShouldBe(linux, "as on Windows");
    }

    [Fact]
    public void A_Mac_is_asked_by_its_names_of_things()
    {
        var answers = new Dictionary<string, byte[]>
        {
            ["machdep.cpu.brand_string"] = "Apple M1 (Virtual)\0"u8.ToArray(),
            ["hw.physicalcpu"] = [3, 0, 0, 0], ["hw.logicalcpu"] = [3, 0, 0, 0], ["hw.packages"] = [1, 0, 0, 0], ["kern.hv_vmm_present"] = [1, 0, 0, 0],
        };
        var cpu = CpuIdentity.FromMac(new CpuSysctl(answers.GetValueOrDefault), 3);

        (cpu.ModelName, cpu.IsGuest, cpu.ThreadsPerSocket).ShouldBe(("Apple M1 (Virtual)", true, 3));
        CpuName.Normalized(cpu.ModelName).ShouldBe("Apple M1");
        CpuIdentity.FromMac(new CpuSysctl(_ => null), 3).HasName.ShouldBeFalse();
        CpuIdentity.FromMac(new CpuSysctl(_ => []), 3).Topology.ShouldBeNull();
    }

    [Fact]
    public void A_system_that_is_not_the_one_it_is_taken_for_has_an_unknown_processor()
    {
        CpuIdentity.Read(OperatingSystemKind.Other, SystemFiles.OfThisMachine, Environment(""), 4).HasName.ShouldBeFalse();
        CpuIdentity.Read(OperatingSystemKind.Linux, new SystemFiles(_root), Environment(""), 4).HasName.ShouldBeFalse();
        if (!OperatingSystem.IsMacOS())
        {
            CpuIdentity.Read(OperatingSystemKind.MacOs, SystemFiles.OfThisMachine, Environment(""), 4).HasName.ShouldBeFalse("there is no such library");
        }
    }

    public void Dispose() => _root.Dispose();

    private CpuIdentity Read(string cpuinfo)
    {
        _root.Write("proc/cpuinfo", cpuinfo);
        return CpuIdentity.FromLinux(new SystemFiles(_root), logicalProcessors: 4) with { Topology = null };
    }

    private static EnvironmentVariables Environment(string identifier) => new(name => name == "PROCESSOR_IDENTIFIER" ? identifier : null);
}
