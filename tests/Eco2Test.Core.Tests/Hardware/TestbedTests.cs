using Eco2Test.Hardware;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class TestbedTests
{
    private static readonly CpuIdentity Cpu = new("AMD EPYC", "AuthenticAMD", 25, 17, 1, IsGuest: true, ThreadsPerSocket: 2, LogicalProcessors: 4);

    [Fact]
    public void Equal_machines_have_equal_fingerprints() =>
        Testbed.Describe(Cpu with { }, ["GPU"]).Fingerprint.ShouldBe(Testbed.Describe(Cpu, ["GPU"]).Fingerprint);

    [Fact]
    public void Machines_that_differ_in_what_costs_energy_have_different_fingerprints()
    {
        string[] fingerprints =
        [
            Testbed.Describe(Cpu, []).Fingerprint,
            Testbed.Describe(Cpu with { ModelName = "AMD EPYC 7763" }, []).Fingerprint,
            Testbed.Describe(Cpu with { Model = 1 }, []).Fingerprint,
            Testbed.Describe(Cpu with { IsGuest = false }, []).Fingerprint,
            Testbed.Describe(Cpu with { LogicalProcessors = 8 }, []).Fingerprint,
            Testbed.Describe(Cpu, ["GPU"]).Fingerprint,
            Testbed.Describe(Cpu, ["GPU", "GPU"]).Fingerprint,
        ];

        fingerprints.ShouldBeUnique();
        fingerprints.ShouldAllBe(fingerprint => fingerprint.Length == 16 && fingerprint.All(char.IsAsciiHexDigitLower));
    }

    /// <summary>From the authors' test vectors (http://www.isthe.com/chongo/tech/comp/fnv/): a report of next year must find this year's.</summary>
    [Theory]
    [InlineData("", 0xcbf29ce484222325)]
    [InlineData("a", 0xaf63dc4c8601ec8c)]
    [InlineData("foobar", 0x85944171f73967e8)]
    public void Its_hash_is_the_one_that_is_documented(string text, ulong hash) =>
        Testbed.Hash(System.Text.Encoding.UTF8.GetBytes(text)).ShouldBe(hash);

    [Fact]
    public void It_describes_the_machine()
    {
        var testbed = Testbed.Describe(Cpu, ["NVIDIA A100"]);

        testbed.CpuModel.ShouldBe("AMD EPYC");
        testbed.LogicalProcessors.ShouldBe(4);
        testbed.Gpus.ShouldBe(["NVIDIA A100"]);
        testbed.MemoryBytes.ShouldBeGreaterThan(0);
        testbed.Os.ShouldNotBeEmpty();
        testbed.Os.ShouldNotContain("#");
    }

    [Fact]
    public void It_names_neither_the_host_nor_its_user()
    {
        var testbed = Testbed.Describe(Cpu, []);

        foreach (var name in new[] { Environment.MachineName, Environment.UserName, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) })
        {
            if (name.Length > 3)
            {
                testbed.ToString().ShouldNotContain(name);
            }
        }
    }
}
