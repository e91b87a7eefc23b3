namespace Eco2Test.Generators.Tests.Shapes;

/// <summary>Whatever the shape of a method and of its calls, with the attribute it does what it does without, inside of a window.</summary>
[Collection(nameof(ShapeTests))]
public class ShapeTests
{
    static ShapeTests() => Environment.SetEnvironmentVariable("ECO2TEST_RESULTS", Directory.CreateTempSubdirectory("eco2test-shapes").FullName);

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var host in CompilerHost.Names)
        {
            foreach (var shape in ShapeTable.All.Where(shape => !shape.NeedsCSharp14 || host != "4.14"))
            {
                rows.Add(host, shape.Name);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_shape_does_what_its_twin_does(string compiler, string shape)
    {
        var run = ShapeRun.In(compiler);
        run.Project.Complaints.ShouldBeEmpty();
        var expected = run.Shapes.Single(row => row.Name == shape);

        var twin = await run.Run(shape, tracked: false);
        var tracked = await run.Run(shape, tracked: true);

        tracked.Said.ShouldBe(twin.Said);
        tracked.Said.ShouldNotBeEmpty();
        (tracked.Windows, tracked.Outside).ShouldBe((expected.Windows, expected.Outside));
        (twin.Windows, twin.Outside).ShouldBe((0, twin.Outside));

        // What waited for a task may go on a moment before its window is closed.
        SpinWait.SpinUntil(() => !Probe.IsAnyOpen, TimeSpan.FromMinutes(1)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("4.14", "4.14")]
    [InlineData("5.9", "5.9")]
    public void The_generators_run_in_the_compiler_that_is_named(string compiler, string version) =>
        ShapeRun.In(compiler).Project.Version.ShouldBe(version);

    [Fact]
    public void All_compilers_are_given_the_same_text()
    {
        var texts = CompilerHost.Names.Select(name => CompilerHost.Named(name).Compile("Same", [("/home/ada/Shop/A.cs", ShapeTable.All[0].Write("Space", tracked: true))]).Generated).ToList();

        texts[0].ShouldNotBeEmpty();
        texts[1].ShouldBe(texts[0]);
        texts[2].ShouldBe(texts[0]);
    }
}
