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

    [Fact]
    public void A_processor_without_a_name_is_unknown_and_nothing_is_made_up()
    {
        var cpu = Read(CpuInfo.ArmWithoutName);

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

    public void Dispose() => _root.Dispose();

    private CpuIdentity Read(string cpuinfo)
    {
        _root.Write("proc/cpuinfo", cpuinfo);
        return CpuIdentity.FromLinux(new SystemFiles(_root), logicalProcessors: 4);
    }
}
