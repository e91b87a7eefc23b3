using Eco2Test.Metering;
using Eco2Test.Reports;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Reports;

/// <summary>The samples of a build in a file.</summary>
public sealed class BuildSamplesFileTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void What_is_written_is_read_again(string culture) => HostileCulture.Run(culture, () =>
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "new", "build.eco2test.samples");
        using (var file = new BuildSamplesFile(path))
        {
            file.Add(At(0, 0, Use(1, 0, BuildProcessRole.Entry, 0)));
            file.NodeIs(2, 7);
            file.Add(At(50, 1.25, Use(1, 0, BuildProcessRole.Entry, 31.25), Use(7, 0, BuildProcessRole.Node, 10)));
            file.Add(At(100, 2.5, Use(1, 0, BuildProcessRole.Entry, 31.25), Use(7, 1, BuildProcessRole.Node, 60)));
        }

        var samples = BuildSamplesFile.Read(path);

        samples.Nodes.ShouldBe([new(2, 7)]);
        samples.Intervals.All.Select(interval => (interval.Length.TotalMilliseconds, interval.Used.Cpu.Central.Joules, interval.Used.Cpu.High.Joules)).ShouldBe([(50, 1.25, 2.5), (50, 1.25, 2.5)]);
        samples.Intervals.All[1].Processes.ShouldBe([Use(7, 1, BuildProcessRole.Node, 50)]);
        File.ReadAllLines(path)[..4].ShouldBe([
            "eco2test-samples/v1",
            "process 1 0 entry",
            "sample 2026-01-31T12:00:00.0000000+00:00 0 0 0 0 0 0 0 0 0 0 1=0",
            "node 2 7"]);
    });

    [Theory]
    [InlineData("sample 2026-01-31T12:00:00.05")]
    [InlineData("sample 2026-01-31T12:00:00.0500000+00:00 0 0 0 0 0 0 0 0 0 0 9=1")]
    [InlineData("nod")]
    public void A_last_line_that_was_cut_off_is_left_out_and_one_before_it_is_a_fault(string cut)
    {
        const string Whole = "eco2test-samples/v1\nprocess 1 0 entry\n";

        BuildSamplesFile.Read(new StringReader(Whole + cut)).Roles.Count.ShouldBe(1);
        Should.Throw<FormatException>(() => BuildSamplesFile.Read(new StringReader($"{Whole}{cut}\nprocess 1 0 entry\n"))).Message
            .ShouldBe("line 3 is no line of a file of samples");
    }

    [Fact]
    public void Another_file_is_none() =>
        Should.Throw<FormatException>(() => BuildSamplesFile.Read(new StringReader("{}"))).Message.ShouldBe("it does not begin with 'eco2test-samples/v1'");

    [Fact]
    public void Where_it_cannot_be_written_nothing_is_and_it_says_so()
    {
        using var folder = new TempFolder();
        var taken = Path.Combine(folder.Path, "taken");
        File.WriteAllText(taken, "");

        using var file = new BuildSamplesFile(Path.Combine(taken, "build.eco2test.samples"));
        file.Add(At(0, 0));

        file.Fault.ShouldNotBeNullOrEmpty();
    }

    private static BuildSample At(double milliseconds, double joules, params BuildProcessUse[] processes) => new(
        Start.AddMilliseconds(milliseconds), processes,
        new ActiveUse(new BoundedEnergy(Energy.Zero, Energy.FromJoules(joules), Energy.FromJoules(2 * joules)), default, default, joules / 10));

    private static BuildProcessUse Use(int id, int parent, BuildProcessRole role, double milliseconds) => new(id, parent, role, TimeSpan.FromMilliseconds(milliseconds));
}
