using System.Xml.Linq;

namespace Eco2Test.TestKit.Acceptance;

/// <summary>
/// What a TRX file says: the results, and where their attachments lie. <c>dotnet test</c> copies attachments to
/// <c>&lt;deployment root&gt;/In/&lt;execution id&gt;/</c> beside the file, those of the whole run to <c>&lt;deployment root&gt;/In/</c>.
/// </summary>
public sealed record Trx
{
    private Trx(string file, XElement run)
    {
        File = file;
        var attachments = Path.Combine(Path.GetDirectoryName(file)!, DeploymentRoot(run), "In");
        var methods = run.Within("TestDefinitions").Elements()
            .ToDictionary(test => test.Text("id"), test => test.Within("TestMethod").SingleOrDefault(), StringComparer.OrdinalIgnoreCase);
        Results = [.. run.Within("Results").Elements()
            .Where(element => element.Name.LocalName == "UnitTestResult")
            .Select(element => TrxResult.Read(element, methods.GetValueOrDefault(element.Text("testId")), attachments))];

        var summary = run.Within("ResultSummary").SingleOrDefault();
        Outcome = summary?.Text("outcome") ?? "";
        Output = summary is null ? "" : string.Concat(summary.Within("Output", "StdOut").Select(element => element.Value));
        Attachments = summary is null ? [] : [.. summary.CollectorLinks().Select(link => Resolve(attachments, link))];
    }

    /// <summary>The file itself.</summary>
    public string File { get; }

    /// <summary>The outcome of the whole: <c>Completed</c> or <c>Failed</c>.</summary>
    public string Outcome { get; }

    /// <summary>What tests printed outside any test.</summary>
    public string Output { get; }

    /// <summary>All results, in the order of the file.</summary>
    public IReadOnlyList<TrxResult> Results { get; }

    /// <summary>Files attached to the run.</summary>
    public IReadOnlyList<string> Attachments { get; }

    /// <summary>Reads a file.</summary>
    public static Trx Read(string file) => new(file, XDocument.Load(file).Root!);

    /// <summary>Reads the only TRX of a results folder.</summary>
    public static Trx ReadOnlyOneIn(string folder) => Directory.GetFiles(folder, "*.trx") switch
    {
        [var file] => Read(file),
        var files => throw new InvalidOperationException($"'{folder}' should hold one TRX file; it holds {files.Length}"),
    };

    /// <summary>All results of a method: one, or one per row.</summary>
    public IReadOnlyList<TrxResult> ResultsOf(string method) => [.. Results.Where(result => TestNames.MethodOf(result.Name) == method)];

    /// <summary>The one result of a method that has no rows.</summary>
    public TrxResult ResultOf(string method) => ResultsOf(method) switch
    {
        [var result] => result,
        var results => throw new InvalidOperationException(
            $"'{File}' should have one result of '{method}'; it has {results.Count}, among these: {string.Join(", ", Results.Select(result => result.Name))}"),
    };

    /// <summary>The path of an attachment, which platforms write with either slash; older ones leave the file where it is, and write all of its path.</summary>
    internal static string Resolve(string folder, string link) => Path.IsPathRooted(link) ? link : Path.Combine([folder, .. link.Split('/', '\\')]);

    private static string DeploymentRoot(XElement run) =>
        run.Within("TestSettings", "Deployment").Select(deployment => deployment.Text("runDeploymentRoot")).FirstOrDefault() ?? "";
}

/// <summary>One result of a TRX file.</summary>
public sealed record TrxResult
{
    /// <summary>As the framework displays it.</summary>
    public required string Name { get; init; }

    /// <summary>The full name of the class.</summary>
    public required string ClassName { get; init; }

    /// <summary><c>Passed</c>, <c>Failed</c> or <c>NotExecuted</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it failed; empty when it did not.</summary>
    public required string Message { get; init; }

    /// <summary>What it printed.</summary>
    public required string StdOut { get; init; }

    /// <summary>Paths of the files attached to it, by itself or by a data collector.</summary>
    public required IReadOnlyList<string> Attachments { get; init; }

    internal static TrxResult Read(XElement result, XElement? method, string attachments)
    {
        var ownFolder = Path.Combine(attachments, result.Attribute("relativeResultsDirectory")?.Value ?? result.Text("executionId"));
        return new()
        {
            Name = result.Text("testName"),
            ClassName = method?.Text("className") ?? "",
            Outcome = result.Text("outcome"),
            Message = string.Concat(result.Within("Output", "ErrorInfo", "Message").Select(element => element.Value)),
            StdOut = string.Concat(result.Within("Output", "StdOut").Select(element => element.Value)),
            Attachments =
            [
                .. result.Within("ResultFiles", "ResultFile").Select(file => Trx.Resolve(ownFolder, file.Text("path"))),
                .. result.CollectorLinks().Select(link => Trx.Resolve(ownFolder, link)),
            ],
        };
    }
}

/// <summary>Names of tests: frameworks write them with namespace and class or without, and arguments in three ways.</summary>
public static class TestNames
{
    /// <summary>The method: <c>Rows</c> for <c>Ns.Class.Rows(n: 1)</c>, <c>Rows(1)</c>, <c>Rows (1)</c> and <c>Ns.Class.Rows#1</c>.</summary>
    public static string MethodOf(string name)
    {
        var end = name.IndexOfAny(['(', '#']);
        var withoutArguments = (end < 0 ? name : name[..end]).TrimEnd();
        return withoutArguments[(withoutArguments.LastIndexOf('.') + 1)..];
    }
}

/// <summary>Elements by local names: TRX has one namespace, and two writers that do not agree on it.</summary>
internal static class TrxElements
{
    public static IEnumerable<XElement> Within(this XElement element, params string[] path) =>
        path.Aggregate<string, IEnumerable<XElement>>([element], (found, name) => found.Elements().Where(child => child.Name.LocalName == name));

    public static string Text(this XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    public static IEnumerable<string> CollectorLinks(this XElement element) =>
        element.Within("CollectorDataEntries", "Collector", "UriAttachments", "UriAttachment", "A").Select(link => link.Text("href"));
}
