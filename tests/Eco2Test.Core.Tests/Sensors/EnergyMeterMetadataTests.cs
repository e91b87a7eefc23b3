using CsCheck;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class EnergyMeterMetadataTests
{
    private static readonly string[] Names = ["RAPL_Package0_PKG", "RAPL_Package0_PP0", "RAPL_Package0_DRAM"];

    [Fact]
    public void Version_1_has_one_channel() => EnergyMeterMetadata.Parse(1, FakeEnergyMeter.Version1("CPU_CORES")).ShouldBe(["CPU_CORES"]);

    [Fact]
    public void Version_2_has_as_many_as_it_says() => EnergyMeterMetadata.Parse(2, FakeEnergyMeter.Version2(Names)).ShouldBe(Names);

    [Fact]
    public void Names_that_are_filled_up_with_spaces_are_trimmed() =>
        EnergyMeterMetadata.Parse(2, FakeEnergyMeter.Version2("RAPL_Package0_PKG      ", "A\0garbage")).ShouldBe(["RAPL_Package0_PKG", "A"]);

    [Fact]
    public void No_channels_are_no_channels() => EnergyMeterMetadata.Parse(2, FakeEnergyMeter.Version2()).ShouldNotBeNull().ShouldBeEmpty();

    [Fact]
    public void A_channel_of_another_unit_has_no_name()
    {
        EnergyMeterMetadata.Parse(2, FakeEnergyMeter.Version2(unit: 7, "A", "B")).ShouldBe([null, null]);
        EnergyMeterMetadata.Parse(1, FakeEnergyMeter.Version1("A", unit: -1)).ShouldBe([null]);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    [InlineData(uint.MaxValue)]
    public void A_version_that_is_not_known_says_nothing(uint version) => EnergyMeterMetadata.Parse(version, FakeEnergyMeter.Version2(Names)).ShouldBeNull();

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    public void Bytes_that_end_early_say_nothing_wherever_they_end(uint version)
    {
        var whole = version == 1 ? FakeEnergyMeter.Version1(Names[0]) : FakeEnergyMeter.Version2(Names);

        for (var length = 0; length < whole.Length; length++)
        {
            EnergyMeterMetadata.Parse(version, whole.AsSpan(0, length)).ShouldBeNull($"{length} of {whole.Length} bytes");
        }
    }

    [Fact]
    public void More_channels_than_a_device_has_are_a_lie()
    {
        var metadata = FakeEnergyMeter.Version2(Names);
        (metadata[66], metadata[67]) = (0xFF, 0xFF);

        EnergyMeterMetadata.Parse(2, metadata).ShouldBeNull();
    }

    [Fact]
    public void A_name_that_is_longer_than_the_rest_is_a_lie()
    {
        var metadata = FakeEnergyMeter.Version2("A");
        (metadata[72], metadata[73]) = (0xFF, 0xFF);

        EnergyMeterMetadata.Parse(2, metadata).ShouldBeNull();
    }

    [Fact]
    public void Whatever_the_bytes_are_nothing_is_thrown_and_no_more_channels_are_found_than_bytes_can_hold() =>
        Gen.Select(Gen.UInt[0, 3], Gen.Byte.Array[0, 400]).Sample((version, bytes) =>
            (EnergyMeterMetadata.Parse(version, bytes)?.Count ?? 0).ShouldBeLessThanOrEqualTo(Math.Max(1, bytes.Length / 6)));
}
