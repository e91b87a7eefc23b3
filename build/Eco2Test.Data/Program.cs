using System.Diagnostics;
using System.Xml.Linq;

namespace Eco2Test.Data;

/// <summary>Stewardship of the tables that the product ships: <c>check ROOT</c>, and <c>diff ROOT FROM [TO]</c>.</summary>
internal static class Program
{
    private static int Main(string[] args) => args switch
    {
        ["check", var root] => Check(root),
        ["diff", var root, var from] => Diff(root, from, to: null),
        ["diff", var root, var from, var to] => Diff(root, from, to),
        _ => Usage(),
    };

    /// <summary>What is wrong with the tables of a checkout.</summary>
    internal static IReadOnlyList<Fault> FaultsOf(string root) => new Validator(Files(root), Hashed(root)).Validate();

    /// <summary>The files in <c>data/</c>.</summary>
    internal static Dictionary<string, byte[]> Files(string root) =>
        Directory.EnumerateFiles(Path.Combine(root, "data")).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes, StringComparer.Ordinal);

    /// <summary>The tables whose hash every report has.</summary>
    internal static string[] Hashed(string root) =>
        XDocument.Load(Path.Combine(root, "src", "Eco2Test.Core", "Eco2Test.Core.csproj")).Descendants("_HashedTable")
            .Select(element => (string?)element.Attribute("Include")).OfType<string>().Single().Split(';');

    private static int Check(string root)
    {
        var faults = FaultsOf(root);
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        Console.WriteLine(faults.Count == 0 ? $"data/ is valid: {TableRules.All.Count} tables." : $"data/ has {faults.Count} fault{(faults.Count == 1 ? "" : "s")}.");
        return faults.Count == 0 ? 0 : 1;
    }

    private static int Diff(string root, string from, string? to)
    {
        foreach (var revision in new[] { from, to }.OfType<string>())
        {
            if (Git(root, "rev-parse", "--verify", "--quiet", $"{revision}^{{commit}}") is null)
            {
                Console.Error.WriteLine($"error: '{revision}' is no revision of this repository");
                return 2;
            }
        }

        var changed = 0;
        foreach (var rules in TableRules.All)
        {
            var lines = TableDifference.Between(At(root, from, rules.Name), At(root, to, rules.Name), rules.KeyColumns);
            if (lines.Count > 0)
            {
                Console.WriteLine($"{rules.Name}: {lines.Count} change{(lines.Count == 1 ? "" : "s")}");
                Console.WriteLine(string.Join('\n', lines.Select(line => $"  {line}")));
                changed++;
            }
        }

        Console.WriteLine($"{changed} of {TableRules.All.Count} tables changed from {from} to {to ?? "the working tree"}.");
        return 0;
    }

    /// <summary>A table as it was at a revision, or as it lies in the working tree; <see langword="null"/> where there was none.</summary>
    private static Table? At(string root, string? revision, string name)
    {
        var path = Path.Combine(root, "data", name);
        var text = revision is not null ? Git(root, "show", $"{revision}:data/{name}") : File.Exists(path) ? File.ReadAllText(path) : null;
        return text is null ? null : Table.Parse(name, text);
    }

    private static string? Git(string root, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        var errors = git.StandardError.ReadToEndAsync();
        var text = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        errors.Wait();
        return git.ExitCode == 0 ? text : null;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("check ROOT | diff ROOT FROM [TO]");
        return 2;
    }
}
