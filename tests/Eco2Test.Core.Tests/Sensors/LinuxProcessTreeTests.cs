using System.Diagnostics;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class LinuxProcessTreeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("child")]
    [InlineData(") S 1 (9 9 9 9")]
    [InlineData("a b) R 0 0")]
    public void A_living_child_is_seen_with_its_CPU_time_and_memory_whatever_its_name(string name)
    {
        Assert.SkipUnless(File.Exists("/proc/thread-self/children"), "this kernel does not list children");
        File.CreateSymbolicLink(_folder[name], "/bin/sh");
        const string Burn = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo ready; read end";
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "\"$1\" -c \"$2\"; true", "sh", _folder[name], Burn])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            parent.StandardOutput.ReadLine().ShouldBe("ready");

            var reading = new LinuxProcessTree(parent.Id, ticksPerSecond: 100).Read(pageSize: 4096);

            reading.Count.ShouldBe(1);
            reading.CpuTime.TotalSeconds.ShouldBeInRange(0.01, 60);
            reading.ResidentBytes.ShouldBeInRange(100_000, 1 << 30);
        }
        finally
        {
            parent.StandardInput.Close();
            parent.WaitForExit();
        }
    }

    [Fact]
    public void A_process_that_does_not_exist_has_no_children() =>
        new LinuxProcessTree(int.MaxValue, 100).Read(4096).ShouldBe(default);

    public void Dispose() => _folder.Dispose();
}
