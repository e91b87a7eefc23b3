using System.Globalization;
using System.Text;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Benchmarks;

/// <summary>
/// What tracking costs <c>dotnet test</c>: a suite of trivial tests, run without the package, with it and nothing tracked,
/// and with every test tracked; beside it one that attaches a file to each test by itself, which is the platform's own part.
/// Variants take turns; a ratio is that of two runs of one round.
/// </summary>
internal static class SuiteCost
{
    private const int Classes = 100;
    private const int TestsOfAClass = 100;
    private const int Rounds = 5;

    private static readonly Dictionary<string, (string Packages, string Class, string Test, string Attach)> Frameworks = new()
    {
        ["xunit"] = (
            """<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup><ItemGroup><PackageReference Include="xunit.v3" Version="3.2.2" /><PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" /></ItemGroup>""",
            "", "[Xunit.Fact]", """Xunit.TestContext.Current.AddAttachment("window", Files.Content, "application/json");"""),
        ["nunit"] = (
            """<ItemGroup><PackageReference Include="NUnit" Version="4.6.1" /><PackageReference Include="NUnit3TestAdapter" Version="6.3.1" /></ItemGroup>""",
            "", "[NUnit.Framework.Test]", "NUnit.Framework.TestContext.AddTestAttachment(Files.New());"),
        ["mstest"] = (
            """<ItemGroup><PackageReference Include="MSTest.TestFramework" Version="4.5.3" /><PackageReference Include="MSTest.TestAdapter" Version="4.5.3" /></ItemGroup>""",
            "[Microsoft.VisualStudio.TestTools.UnitTesting.TestClass]", "[Microsoft.VisualStudio.TestTools.UnitTesting.TestMethod]",
            "TestContext.AddResultFile(Files.New());"),
    };

    /// <summary>Measures and prints.</summary>
    /// <param name="framework">One of <c>xunit</c>, <c>nunit</c>, <c>mstest</c>.</param>
    /// <param name="withTrx">Whether results are written, and attachments copied, as in CI.</param>
    public static async Task RunAsync(string framework, bool withTrx)
    {
        var feed = await PackedFeed.GetAsync();
        using var workspace = Workspace.Create("suite-cost", feed);
        string[] projects = ["Without", "Referenced", "Tracked", "Attaching"];
        foreach (var project in projects)
        {
            Write(workspace, project, framework, feed.Version);
            await MustPassAsync(workspace, "build", project, "--configuration", "Release");
        }

        (string Name, string Project, Dictionary<string, string?> Environment)[] variants =
        [
            ("without the package", "Without", []),
            ("referenced, nothing tracked", "Referenced", []),
            ("all tracked, attachments off", "Tracked", new() { ["ECO2TEST_ATTACHMENTS"] = "false" }),
            ("all tracked, attachments on", "Tracked", []),
            ("without the package, each test attaches a file", "Attaching", []),
        ];
        var seconds = variants.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= Rounds; round++)
        {
            for (var turn = 0; turn < variants.Length; turn++)
            {
                // Every other round backwards: who comes first finds another machine.
                var index = round % 2 == 0 ? turn : variants.Length - 1 - turn;
                var (_, project, environment) = variants[index];
                var results = workspace.PathOf("results");
                var ended = await workspace.DotnetAsync(environment, ["test", project, "--configuration", "Release", "--no-build", .. withTrx ? ["--logger", "trx"] : Array.Empty<string>(), "--results-directory", results]);
                if (Directory.Exists(results))
                {
                    Directory.Delete(results, recursive: true);
                }

                if (ended.ExitCode != 0)
                {
                    throw new InvalidOperationException(ended.ToString());
                }

                // The first round warms the disk's cache.
                if (round > 0)
                {
                    seconds[index].Add(ended.Time.TotalSeconds);
                }
            }
        }

        Console.WriteLine($"{framework}: {Classes * TestsOfAClass} trivial tests, dotnet test --no-build{(withTrx ? " --logger trx" : "")}, {Rounds} rounds");
        for (var index = 0; index < variants.Length; index++)
        {
            var ratios = seconds[index].Zip(seconds[0], (with, without) => with / without).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{variants[index].Name}: median {Median(seconds[index]):0.00} [{seconds[index].Min():0.00}..{seconds[index].Max():0.00}] s, {ratios[Rounds / 2]:0.000} x [{ratios[0]:0.000}..{ratios[^1]:0.000}]"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task MustPassAsync(Workspace workspace, params string[] arguments)
    {
        var ended = await workspace.DotnetAsync(arguments);
        if (ended.ExitCode != 0)
        {
            throw new InvalidOperationException(ended.ToString());
        }
    }

    private static void Write(Workspace workspace, string project, string framework, string version)
    {
        var (packages, classAttribute, test, attach) = Frameworks[framework];
        workspace.Write($"{project}/{project}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <IsTestProject>true</IsTestProject>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                {(project is "Without" or "Attaching" ? "" : $"""<PackageReference Include="Eco2Test" Version="{version}" />""")}
              </ItemGroup>
              {packages}
            </Project>
            """);
        var text = new StringBuilder();
        if (project == "Tracked")
        {
            text.AppendLine("[assembly: Eco2Test.TrackEmissions(Region = \"FR\")]");
        }

        var body = "";
        if (project == "Attaching")
        {
            body = attach;
            text.AppendLine("""
                static class Files
                {
                    public static readonly byte[] Content = new byte[1500];
                    static int _last;
                    public static string New()
                    {
                        var folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "suite-cost", System.Environment.ProcessId.ToString(), System.Threading.Interlocked.Increment(ref _last).ToString());
                        var file = System.IO.Path.Combine(System.IO.Directory.CreateDirectory(folder).FullName, "window.json");
                        System.IO.File.WriteAllBytes(file, Content);
                        return file;
                    }
                }
                """);
        }

        for (var c = 0; c < Classes; c++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{classAttribute} public class Suite{c} {{");
            if (framework == "mstest")
            {
                text.AppendLine("  public Microsoft.VisualStudio.TestTools.UnitTesting.TestContext TestContext { get; set; }");
            }

            for (var t = 0; t < TestsOfAClass; t++)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {test} public void Test{t}() {{ {body} }}");
            }

            text.AppendLine("}");
        }

        workspace.Write($"{project}/Tests.cs", text.ToString());
    }
}
