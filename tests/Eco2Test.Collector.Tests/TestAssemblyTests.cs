namespace Eco2Test.Collector.Tests;

public sealed class TestAssemblyTests
{
    private static readonly string _thisFile = typeof(TestAssemblyTests).Assembly.Location;

    [Fact]
    public void An_assembly_says_what_it_is_without_being_loaded()
    {
        var read = TestAssembly.Read(_thisFile);

        read.Identity.ShouldBe(new("Eco2Test.Collector.Tests", "net10.0", typeof(TestAssemblyTests).Assembly.Location.Contains("debug", StringComparison.OrdinalIgnoreCase) ? "Debug" : "Release", "test"));
    }

    [Fact]
    public void What_the_build_left_of_settings_is_read()
    {
        var read = TestAssembly.Read(_thisFile);

        read.Settings["Region"].ShouldBe("FR");
        read.Settings["File.RunEnergyBudget"].ShouldBe("5 kJ");
    }

    [Fact]
    public void Only_tests_of_xunit_v2_that_are_tracked_hand_attachments_over() => TestAssembly.Read(_thisFile).HandsOverAttachments.ShouldBeFalse();

    [Fact]
    public void What_is_no_assembly_is_said()
    {
        using var folder = new TempFolder();

        Should.Throw<BadImageFormatException>(() => TestAssembly.Read(folder.Write("Tests.dll", "no assembly")));
        Should.Throw<IOException>(() => TestAssembly.Read(Path.Combine(folder.Path, "missing.dll")));
    }
}
