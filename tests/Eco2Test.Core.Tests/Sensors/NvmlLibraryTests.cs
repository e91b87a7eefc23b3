using System.Runtime.InteropServices;
using Eco2Test.Sensors;
using Eco2Test.TestKit.Nvml;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class NvmlLibraryTests
{
    [Fact]
    public void A_machine_without_the_driver_is_told_what_would_help()
    {
        var installed = NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1", out _);

        var library = NvmlLibrary.Load(out var missing);

        (library is null).ShouldBe(missing is not null);
        if (!installed)
        {
            missing.ShouldNotBeNull().Reason.ShouldStartWith("There is no NVIDIA driver");
        }
    }

    [Fact]
    public void A_library_with_the_right_name_and_no_functions_is_not_called()
    {
        NvmlLibrary.Load(CompiledLibrary.Empty(), out var missing).ShouldBeNull();

        missing.ShouldNotBeNull().Reason.ShouldContain("it lacks nvmlInit_v2");
        missing.Remedy.ShouldNotBeNull();
        missing.IsDenied.ShouldBeFalse();
    }

    [Fact]
    public void The_library_of_another_product_is_not_called()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libc.so.6");
        NvmlLibrary.Load("libc.so.6", out var missing).ShouldBeNull();

        missing.ShouldNotBeNull().Reason.ShouldContain("libc.so.6 is not NVIDIA's management library");
    }

    [Theory]
    [InlineData(9, "the driver is not loaded", "modprobe nvidia", false)]
    [InlineData(18, "driver and library have different versions", "Restart the machine", false)]
    [InlineData(4, "no permission", "/dev/nvidiactl", true)]
    [InlineData(17, "blocks the GPU's device file", "/dev/nvidiactl", true)]
    [InlineData(12, "the driver lacks a library of its own", "nvidia-smi", false)]
    [InlineData(999, "an internal error of the driver", "nvidia-smi", false)]
    [InlineData(12345, "NVML error 12345", "nvidia-smi", false)]
    public void A_driver_that_does_not_start_says_why_and_what_would_help(int code, string reason, string remedy, bool isDenied)
    {
        using var driver = new StandInNvml();
        driver.SetInitCode(code);

        NvmlLibrary.Load(driver.Path, out var missing).ShouldBeNull();

        missing.ShouldNotBeNull().Reason.ShouldContain(reason);
        missing.Remedy.ShouldNotBeNull().ShouldContain(remedy);
        missing.IsDenied.ShouldBe(isDenied);
    }

    [Fact]
    public void A_driver_without_a_GPU_is_told_apart_from_no_driver()
    {
        using var driver = new StandInNvml(gpus: 0);

        NvmlLibrary.Load(driver.Path, out var missing).ShouldBeNull();

        missing.ShouldNotBeNull().Reason.ShouldBe("The NVIDIA driver finds no GPU.");
        NvmlSensor.FindAll(null, driver).ShouldBeEmpty();
    }

    [Fact]
    public unsafe void Structures_have_the_lengths_that_the_driver_writes()
    {
        sizeof(NvmlMemory).ShouldBe(24);
        sizeof(NvmlProcessInfo).ShouldBe(24);
        sizeof(NvmlProcessSample).ShouldBe(32);
        sizeof(NvmlFieldValue).ShouldBe(40);
    }

    [Theory]
    [InlineData(0, 42.5)]
    [InlineData(1, uint.MaxValue)]
    [InlineData(4, -1)]
    [InlineData(5, -1)]
    [InlineData(6, ushort.MaxValue)]
    [InlineData(7, double.NaN)]
    public void A_field_has_the_value_of_its_type(int type, double expected)
    {
        var field = new NvmlFieldValue { Type = type };
        if (type == 0)
        {
            field.AsDouble = 42.5;
        }
        else
        {
            field.AsUInt64 = ulong.MaxValue;
        }

        field.Value.ShouldBe(expected);
    }

    [Fact]
    public void Every_documented_code_has_words_of_its_own()
    {
        int[] codes = [NvmlCode.Impossible, NvmlCode.Unreadable, .. Enumerable.Range(1, 29), NvmlCode.Unknown];

        codes.Select(NvmlCode.Describe).Distinct().Count().ShouldBe(codes.Length);
        codes.Select(NvmlCode.Describe).ShouldAllBe(text => !text.StartsWith("NVML error", StringComparison.Ordinal));
    }
}
