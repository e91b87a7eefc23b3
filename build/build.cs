// The build program of this repository: dotnet run build/build.cs -- <target> [--version X] [--feed FOLDER] [--over-budget] [--publish FOLDER] [--from REVISION] [--to REVISION]
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

var root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;
var artifacts = Path.Combine(root, "artifacts");
var feed = Path.Combine(artifacts, "feed");
var packages = Path.Combine(artifacts, "packages");
var testResults = Path.Combine(artifacts, "test-results");
var demoResults = Path.Combine(artifacts, "demo");
const string Solution = "Eco2Test.sln";
const string AcceptanceTests = "Eco2Test.Acceptance.Tests";
const string GpuTests = "Eco2Test.Gpu.Tests";

Target[] targets =
[
    new("build", "compile everything", options => Build(options.Version)),
    new("quick", "unit tests: all but the acceptance tests", _ => Quick()),
    new("test", "all tests; ends with the line 'N passed, N failed'", Test),
    new("pack", "packages into artifacts/feed", options => Pack(options.Version ?? LocalVersion(), options.Feed ?? feed)),
    new("demo", "the samples, tested against the packages as a user would; --over-budget: the failing path", Demo),
    new("nightly", "all tests, the acceptance tests once more, and what the generators cost of a compile", Nightly),
    new("gpu", "tests against the NVIDIA GPU of this machine; --publish FOLDER: as a program for Linux machines without .NET", Gpu),
    new("data", "check the tables that the product ships", _ => Data("check", root)),
    new("data-diff", "what changed in the tables; --from REVISION [--to REVISION]", DataDifference),
    new("clean", "remove what targets have written", _ => Clean()),
];

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    Directory.SetCurrentDirectory(root);
    var options = Options.Parse(args);
    if (targets.SingleOrDefault(target => target.Name == options.Target) is not { } chosen)
    {
        Console.WriteLine("dotnet run build/build.cs -- <target> [--version X] [--feed FOLDER] [--over-budget] [--publish FOLDER] [--from REVISION] [--to REVISION]\n");
        Array.ForEach(targets, target => Console.WriteLine($"  {target.Name,-11}{target.Summary}"));
        return options.Target is null ? 0 : throw new WrongArguments($"there is no target '{options.Target}'");
    }

    chosen.Run(options);
    return 0;
}
catch (WrongArguments fault)
{
    Console.Error.WriteLine($"error: {fault.Message}");
    return 2;
}
catch (BuildFailure fault)
{
    Console.Error.WriteLine($"error: {fault.Message}");
    return 1;
}
catch (TestsFailed outcome)
{
    // The last line of a test run is this one, and nothing but this one.
    Console.WriteLine(outcome.Message);
    return 1;
}

// The targets ---------------------------------------------------------------------------------------------------------

void Build(string? version) =>
    Dotnet(["build", Solution, "--configuration", "Release", .. VersionProperty(version)]);

void Quick()
{
    RequireCCompiler();
    Build(version: null);
    RunTests(TestProjects().Where(project => project.Name != AcceptanceTests), []);
}

void Test(Options options)
{
    RequireCCompiler();
    var feedOfThisRun = BuildAndPack(options);
    RunTests(TestProjects(), feedOfThisRun);
}

void Nightly(Options options)
{
    RequireCCompiler();
    var feedOfThisRun = BuildAndPack(options);

    // Ratios of one run, which need no quiet machine; over its limit it ends with 1.
    Dotnet(["run", "--project", "tests/Eco2Test.Benchmarks", "--configuration", "Release", "--no-build", "--", "generator"]);

    // As many mutated sources, and as large a solution, as a night has time for.
    Environment.SetEnvironmentVariable("ECO2TEST_MUTATIONS", "10000");
    Environment.SetEnvironmentVariable("ECO2TEST_PROJECTS", "300");
    TestProject[] projects = [.. TestProjects()];
    RunTests([.. projects, .. projects.Where(project => project.Name == AcceptanceTests).Select(project => project with { Suffix = ".again" })], feedOfThisRun);
}

void Demo(Options options)
{
    var version = options.Version ?? LocalVersion();
    Pack(version, feed);
    Clear(demoResults);
    if (options.OverBudget)
    {
        DemoOverBudget("TrainingTests", version);
        DemoBuildOverBudget("BuildBudget", version, "-p:Eco2TestProjectEnergyBudget=1 mJ", "ECO3001");
        DemoBuildOverBudget("BuildBudget", version, "-p:Eco2TestBuildEnergyBudget=1 mJ", "ECO3002");
        return;
    }

    DemoWithinBudget("TrainingTests", version);
    DemoWithinBudget("TrainingTests.NUnit", version);
    DemoWithinBudget("TrainingTests.MSTest", version);
    DemoWithinBudget("TrainingTests.XunitV2", version);
    DemoOnTestingPlatform("TrainingTests.Mtp", version);
    DemoOnTestingPlatform("TrainingTests.NUnit.Mtp", version);
    DemoOnTestingPlatform("TrainingTests.MSTest.Mtp", version);
    DemoOnTestingPlatform("TrainingTests.TUnit", version);
    DemoProgram("ConsoleTracking", version);
    DemoWithinBudget("ModelChoice", version);
    ShowPractices("ModelChoice");
    DemoBuild("BuildBudget", version);
}

void Gpu(Options options)
{
    if (options.Publish is { } folder)
    {
        Dotnet(["publish", $"tests/{GpuTests}", "--configuration", "Release", "--runtime", "linux-x64", "--self-contained", "--output", folder]);
        Console.WriteLine($"\nCopy {Path.Combine(folder, GpuTests)} to the machine with the GPU, and run it there.");
        return;
    }

    Dotnet(["run", "--project", $"tests/{GpuTests}", "--configuration", "Release"]);
}

void DataDifference(Options options)
{
    var from = options.From ?? throw new WrongArguments("data-diff needs --from REVISION");
    Data(options.To is { } to ? ["diff", root, from, to] : ["diff", root, from]);
}

void Clean() => Clear(artifacts);

// A program of its own, which tests can call: what is wrong, with file and line, and what changed.
void Data(params string[] arguments) => Dotnet(["run", "--project", "build/Eco2Test.Data", "--configuration", "Release", "--", .. arguments]);

// Building and packing ------------------------------------------------------------------------------------------------

// Compiles once, with the version that is then packed: reports name the version that wrote them.
(string, string)[] BuildAndPack(Options options)
{
    var version = options.Version ?? LocalVersion();
    Build(version);
    Pack(version, feed);
    return [("ECO2TEST_FEED", feed), ("ECO2TEST_FEED_VERSION", version)];
}

void Pack(string version, string folder)
{
    Directory.CreateDirectory(folder);
    foreach (var old in Directory.EnumerateFiles(folder, "Eco2Test*.*nupkg"))
    {
        File.Delete(old);
    }

    if (Directory.Exists(packages))
    {
        foreach (var old in Directory.EnumerateDirectories(packages, "eco2test*"))
        {
            Clear(old);
        }
    }

    Dotnet(["pack", PackableProjects(), "--configuration", "Release", "--output", folder, .. VersionProperty(version)]);
    foreach (var package in Directory.EnumerateFiles(folder, "*.nupkg").Order(StringComparer.Ordinal))
    {
        Console.WriteLine($"  {Path.GetRelativePath(root, package)}");
    }
}

// A solution filter of the projects that say they are packable: one command packs them, in the right order.
string PackableProjects()
{
    var projects = Directory.EnumerateFiles("src", "*.csproj", SearchOption.AllDirectories)
        .Where(file => File.ReadAllText(file).Contains("<IsPackable>true", StringComparison.Ordinal))
        .Select(file => file.Replace('/', '\\'))
        .Order(StringComparer.Ordinal);
    var filter = Path.Combine(artifacts, "Packable.slnf");
    Directory.CreateDirectory(artifacts);
    File.WriteAllText(filter, $$"""{ "solution": { "path": "../{{Solution}}", "projects": [{{string.Join(", ", projects.Select(Quoted))}}] } }""");
    return filter;
}

// New with every call: NuGet never looks again at a version that it has unpacked.
string LocalVersion() => $"0.1.0-local.{DateTime.UtcNow:yyyyMMddHHmmss}";

string[] VersionProperty(string? version) => version is null ? [] : [$"-p:Version={version}"];

// Testing -------------------------------------------------------------------------------------------------------------

// Cheap ones first, the acceptance tests last. Those that need a GPU are a target of their own.
IEnumerable<TestProject> TestProjects() =>
    Directory.EnumerateFiles("tests", "*.Tests.csproj", SearchOption.AllDirectories)
        .Select(file => new TestProject(Path.GetFileNameWithoutExtension(file), file))
        .Where(project => project.Name != GpuTests)
        .OrderBy(project => project.Name == AcceptanceTests)
        .ThenBy(project => project.Name, StringComparer.Ordinal);

// One project after the other: some tests measure time, and would measure their neighbours.
void RunTests(IEnumerable<TestProject> projects, (string, string)[] environment)
{
    Clear(testResults);
    List<TestResult> results = [];
    foreach (var project in projects)
    {
        var folder = Path.Combine(testResults, project.Name + project.Suffix);
        var clock = Stopwatch.StartNew();
        var exitCode = Start(
            ["test", project.File, "--no-build", "--configuration", "Release", "--logger", "trx", "--results-directory", folder],
            [.. environment, .. OwnPackageFolder()]);
        results.Add(Count(project.Name + project.Suffix, folder, exitCode, clock.Elapsed));
    }

    Console.WriteLine();
    foreach (var result in results)
    {
        Console.WriteLine($"{result.Name,-40}{result.Passed,6} passed{result.Failed,6} failed{result.Skipped,6} skipped{result.Time.TotalSeconds,8:0.0} s{result.Trouble}");
    }

    var line = $"{results.Sum(result => result.Passed)} passed, {results.Sum(result => result.Failed)} failed";
    if (results.Count == 0 || results.Any(result => result.Trouble.Length > 0))
    {
        throw new TestsFailed(line);
    }

    Console.WriteLine(line);
}

// The stand-in for NVIDIA's library is C. Where it can be, a compiler is installed.
void RequireCCompiler()
{
    if (!HasCCompiler() && OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
    {
        StartProgram("apt-get", ["update"], root);
        StartProgram("apt-get", ["install", "-y", "--no-install-recommends", "gcc", "libc6-dev"], root, ("DEBIAN_FRONTEND", "noninteractive"));
    }

    if (!HasCCompiler())
    {
        throw new BuildFailure("the tests compile a stand-in for NVIDIA's library and need a C compiler named 'cc': install gcc and the headers of libc (Debian, Ubuntu: sudo apt-get install -y gcc libc6-dev; Fedora: sudo dnf install -y gcc glibc-devel; macOS: xcode-select --install)");
    }
}

bool HasCCompiler() =>
    (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "cc.exe" : "cc")));

// Counts what the TRX files list, not what a console says; a project that lists nothing did not test anything.
TestResult Count(string name, string folder, int exitCode, TimeSpan time)
{
    var outcomes = (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories) : [])
        .SelectMany(file => XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "UnitTestResult"))
        .Select(element => (string?)element.Attribute("outcome"))
        .ToList();
    var passed = outcomes.Count(outcome => outcome == "Passed");
    var skipped = outcomes.Count(outcome => outcome == "NotExecuted");
    var failed = outcomes.Count - passed - skipped;
    var trouble = (failed, skipped, outcomes.Count, exitCode) switch
    {
        ( > 0, _, _, _) => "  FAILED",
        (_, > 0, _, _) => "  SKIPPED TESTS",
        (_, _, 0, _) => "  NO TEST RAN",
        (_, _, _, not 0) => $"  EXIT CODE {exitCode}",
        _ => "",
    };
    return new(name, passed, failed, skipped, time, trouble);
}

// The samples ---------------------------------------------------------------------------------------------------------

void DemoWithinBudget(string sample, string version)
{
    var (exitCode, folder) = TestSample(sample, version);
    if (exitCode != 0)
    {
        throw new BuildFailure($"the sample '{sample}' should keep its budgets, and its tests ended with exit code {exitCode}; its files are in {folder}");
    }

    ShowReports(sample, folder);
}

// The runner is chosen by the global.json of the folder in which 'dotnet test' is started; the tool, as it is here, makes the report.
void DemoOnTestingPlatform(string sample, string version)
{
    var folder = Path.Combine(demoResults, sample);
    var exitCode = StartProgram(
        "dotnet", ["test", "--configuration", "Release", $"-p:Eco2TestVersion={version}"], Path.Combine(root, "samples", sample), [.. OwnPackageFolder(), ("ECO2TEST_RESULTS", folder)]);
    if (exitCode != 0)
    {
        throw new BuildFailure($"the sample '{sample}' should keep its budgets, and its tests ended with exit code {exitCode}; its files are in {folder}");
    }

    Dotnet(["run", "--project", "src/Eco2Test.Tool", "--configuration", "Release", "--", "report", folder]);
    ShowReports(sample, folder);
}

void DemoOverBudget(string sample, string version)
{
    var (exitCode, folder) = TestSample(sample, version, "-p:OverBudget=true");
    var messages = Directory.EnumerateFiles(folder, "*.trx")
        .SelectMany(file => XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "Message"))
        .Select(element => element.Value)
        .Where(message => message.Contains("ECO2001", StringComparison.Ordinal))
        .ToList();
    if (exitCode == 0 || messages.Count == 0)
    {
        throw new BuildFailure($"the sample '{sample}' should fail with ECO2001; it ended with exit code {exitCode} and {messages.Count} such messages; its files are in {folder}");
    }

    ShowReports(sample, folder);
    Console.WriteLine("\nAs expected, the run failed:");
    messages.ForEach(message => Console.WriteLine($"  {message}"));
}

// A program appends to a file: what it says of each epoch must be there, and the report of its run beside it.
void DemoProgram(string sample, string version)
{
    var folder = Path.Combine(demoResults, sample);
    var file = Path.Combine(folder, "emission.csv");
    var exitCode = Start(
        ["run", "--project", $"samples/{sample}", "--configuration", "Release", $"-p:Eco2TestVersion={version}", "--", file],
        [.. OwnPackageFolder(), ("ECO2TEST_RESULTS", folder)]);
    string[] rows = File.Exists(file) ? File.ReadAllLines(file) : [];
    if (exitCode != 0 || rows.Length != 7 || rows.Count(row => row.Contains(",\"epoch: ", StringComparison.Ordinal)) != 4)
    {
        throw new BuildFailure($"the sample '{sample}' should leave a header, four epochs, what is in none, and a prediction in {file}; it ended with exit code {exitCode} and left {rows.Length} lines");
    }

    Console.WriteLine($"\n{string.Join('\n', rows)}\n");
    if (Directory.GetFiles(folder, "*.eco2test.json").Length != 1)
    {
        throw new BuildFailure($"the sample '{sample}' left no report in {folder}");
    }
}

// A build leaves a report of its own, and one of each project.
void DemoBuild(string sample, string version)
{
    var folder = Path.Combine(demoResults, sample);
    var (exitCode, _) = BuildSample(sample, version, folder);
    if (exitCode != 0 || !File.Exists(Path.Combine(folder, "build.eco2test.json")) || Directory.GetFiles(Path.Combine(folder, "projects"), "*.eco2test.json").Length != 3)
    {
        throw new BuildFailure($"the build of the sample '{sample}' should keep its budgets and leave a report of the whole and of three projects in {folder}; it ended with exit code {exitCode}");
    }

    ShowReports(sample, folder);
}

void DemoBuildOverBudget(string sample, string version, string budget, string code)
{
    var (exitCode, output) = BuildSample(sample, version, Path.Combine(demoResults, $"{sample}-{code}"), budget);
    var messages = output.Split('\n').Where(line => line.Contains($"error {code}", StringComparison.Ordinal)).Distinct().ToList();
    if (exitCode == 0 || messages.Count == 0)
    {
        throw new BuildFailure($"the build of the sample '{sample}' should fail with {code}; it ended with exit code {exitCode} and {messages.Count} such messages");
    }

    Console.WriteLine("\nAs expected, the build failed:");
    messages.ForEach(message => Console.WriteLine($"  {message.Trim()}"));
}

// With the logger of the package, as 'eco2test init build' would have put it there: restored first, it is where the packages are.
(int ExitCode, string Output) BuildSample(string sample, string version, string results, params string[] more)
{
    string[] what = [$"samples/{sample}", $"-p:Eco2TestVersion={version}"];
    (string, string)[] environment = [.. OwnPackageFolder(), ("ECO2TEST_BUILD_RESULTS", results)];
    Start(["restore", .. what], environment);
    var logger = Path.Combine(packages, "eco2test.msbuild", version, "tasks", "net8.0", "Eco2Test.MSBuild.dll");
    return Read(["build", .. what, "--configuration", "Release", "--no-incremental", $"-logger:Eco2Test.MSBuild.Eco2TestLogger,{logger}", .. more], environment);
}

(int ExitCode, string Folder) TestSample(string sample, string version, params string[] more)
{
    var folder = Path.Combine(demoResults, sample);
    var exitCode = Start(
        ["test", $"samples/{sample}", "--configuration", "Release", "--logger", "trx", "--results-directory", folder, $"-p:Eco2TestVersion={version}", .. more],
        OwnPackageFolder());
    return (exitCode, folder);
}

void ShowReports(string sample, string folder)
{
    string[] files = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
    if (!files.Any(file => file.EndsWith(".eco2test.json", StringComparison.Ordinal) && !file.EndsWith("window.eco2test.json", StringComparison.Ordinal)))
    {
        throw new BuildFailure($"the sample '{sample}' left no report in {folder}");
    }

    foreach (var report in files.Where(file => file.EndsWith(".eco2test.md", StringComparison.Ordinal)))
    {
        Console.WriteLine($"\n{File.ReadAllText(report)}");
    }

    Console.WriteLine($"Files of {sample}:");
    Array.ForEach(files, file => Console.WriteLine($"  {Path.GetRelativePath(root, file)}"));
}

// By the tool as it is here, not the one that was packed: it need not be installed.
void ShowPractices(string sample) =>
    Dotnet(["run", "--project", "src/Eco2Test.Tool", "--configuration", "Release", "--", "practices", Path.Combine(demoResults, sample, $"{sample}_net10.0.eco2test.json"), "--top", "5"]);

// Child processes -----------------------------------------------------------------------------------------------------

// The packages under test go to a folder of their own, not to the user's; all others are taken from the user's.
(string, string)[] OwnPackageFolder()
{
    var users = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
    return Directory.Exists(users)
        ? [("NUGET_PACKAGES", packages), ("NUGET_FALLBACK_PACKAGES", users)]
        : [("NUGET_PACKAGES", packages)];
}

void Dotnet(string[] arguments, params (string, string)[] environment)
{
    if (Start(arguments, environment) is not 0 and var exitCode)
    {
        throw new BuildFailure($"exit code {exitCode}: {CommandLine("dotnet", arguments)}");
    }
}

// Output goes straight to ours.
int Start(string[] arguments, params (string Name, string Value)[] environment) => StartProgram("dotnet", arguments, root, environment);

// As above, with what it writes, which is shown when it has ended.
(int ExitCode, string Output) Read(string[] arguments, params (string Name, string Value)[] environment)
{
    Console.WriteLine($"\n> {CommandLine("dotnet", arguments)}");
    var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true };
    foreach (var (name, value) in environment)
    {
        start.Environment[name] = value;
    }

    using var child = Process.Start(start) ?? throw new BuildFailure($"cannot start: {CommandLine("dotnet", arguments)}");
    var output = child.StandardOutput.ReadToEnd();
    child.WaitForExit();
    Console.Write(output);
    return (child.ExitCode, output);
}

int StartProgram(string program, string[] arguments, string folder, params (string Name, string Value)[] environment)
{
    Console.WriteLine($"\n> {CommandLine(program, arguments)}");
    var clock = Stopwatch.StartNew();
    var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
    foreach (var (name, value) in environment)
    {
        start.Environment[name] = value;
    }

    using var child = Process.Start(start) ?? throw new BuildFailure($"cannot start: {CommandLine(program, arguments)}");
    child.WaitForExit();
    Console.WriteLine($"< {clock.Elapsed.TotalSeconds:0.0} s");
    return child.ExitCode;
}

string CommandLine(string program, string[] arguments) =>
    string.Join(' ', arguments.Prepend(program).Select(argument => argument.Contains(' ', StringComparison.Ordinal) ? Quoted(argument) : argument));

string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

void Clear(string folder)
{
    if (Directory.Exists(folder))
    {
        Directory.Delete(folder, recursive: true);
    }
}

sealed record Target(string Name, string Summary, Action<Options> Run);

sealed record Options(string? Target, string? Version, string? Feed, bool OverBudget, string? Publish, string? From, string? To)
{
    public static Options Parse(string[] arguments)
    {
        var options = new Options(null, null, null, false, null, null, null);
        for (var next = 0; next < arguments.Length; next++)
        {
            options = arguments[next] switch
            {
                "--version" when next + 1 < arguments.Length => options with { Version = arguments[++next] },
                "--feed" when next + 1 < arguments.Length => options with { Feed = Path.GetFullPath(arguments[++next]) },
                "--publish" when next + 1 < arguments.Length => options with { Publish = Path.GetFullPath(arguments[++next]) },
                "--from" when next + 1 < arguments.Length => options with { From = arguments[++next] },
                "--to" when next + 1 < arguments.Length => options with { To = arguments[++next] },
                "--over-budget" => options with { OverBudget = true },
                var target when options.Target is null && !target.StartsWith('-') => options with { Target = target },
                var other => throw new WrongArguments($"'{other}' is not understood"),
            };
        }

        return options;
    }
}

sealed record TestProject(string Name, string File, string Suffix = "");

sealed record TestResult(string Name, int Passed, int Failed, int Skipped, TimeSpan Time, string Trouble);

sealed class BuildFailure(string message) : Exception(message);

sealed class TestsFailed(string line) : Exception(line);

sealed class WrongArguments(string message) : Exception(message);
