using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Eco2Test.Reports;

/// <summary>
/// Attachments on their way from a test host, whose framework has no place for them, to a data collector, which attaches
/// them when it hears of the end of a test. It hears the name of the test and its outcome only: rows of one method lie in
/// the order in which they ran, those that passed apart from those that failed, of which some may never have begun.
/// </summary>
/// <param name="folder">Where they lie.</param>
/// <param name="session">The session with the number of the host's process.</param>
internal sealed class HandedAttachments(ResultsFolder folder, string session)
{
    private const char BeforeRow = '#';

    private readonly ConcurrentDictionary<string, int> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Ends> _ends = new(StringComparer.Ordinal);

    /// <summary>Writes the attachment of a test that has ended. For the host.</summary>
    /// <param name="id">The window's: of a row it ends with <c>#</c> and a number.</param>
    /// <param name="failed">Whether the test fails, by itself or by its budget.</param>
    /// <param name="content">The attachment.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Give(string id, bool failed, byte[] content)
    {
        var kind = IsRow(id) ? Kind(failed) : "";
        var series = Series(id, kind);
        folder.WriteAttachment(session, Place(series, _given.AddOrUpdate(series, 1, static (_, count) => count + 1)), WindowAttachment.FileName, content);
    }

    /// <summary>Whether a window is that of a row.</summary>
    public static bool IsRow(string id) => id.Contains(BeforeRow);

    /// <summary>The attachment of a test whose end is heard of; <see langword="null"/> when it has none. For the collector.</summary>
    /// <param name="test">The full name of the method.</param>
    /// <param name="failed">Whether it failed.</param>
    public string? Take(string test, bool failed)
    {
        var name = Normalize(test);
        var ends = _ends.GetValueOrDefault(name) ?? (_ends[name] = new Ends());
        var count = failed ? ++ends.Failed : ++ends.Passed;
        var file = Find(Series(name, ""), ends.Failed + ends.Passed) ?? Find(Series(name, Kind(failed)), count);
        ends.Found += file is null ? 0 : 1;
        return file;
    }

    /// <summary>Tests of which not as many attachments as ends were found: some have none, though all are tracked.</summary>
    public IReadOnlyList<string> Unmatched() =>
    [
        .. _ends.Where(test => test.Value.Found > 0 && test.Value.Found != test.Value.Failed + test.Value.Passed || HasMore(test.Key, test.Value))
            .Select(test => test.Key).Order(StringComparer.Ordinal),
    ];

    private bool HasMore(string name, Ends ends) =>
        (Find(Series(name, ""), ends.Failed + ends.Passed + 1) ?? Find(Series(name, Kind(failed: true)), ends.Failed + 1) ?? Find(Series(name, Kind(failed: false)), ends.Passed + 1)) is not null;

    private string? Find(string series, int number) => folder.FindAttachment(session, Place(series, number), WindowAttachment.FileName);

    private static string Kind(bool failed) => failed ? "-failed" : "-passed";

    /// <summary>Names are longer than what a file may be called.</summary>
    private static string Series(string id, string kind) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Normalize(id))).AsSpan(0, 12)) + kind;

    private static string Place(string series, int number) => $"{series}-{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Namespace, classes and method: frameworks do not agree on how the rest is written.</summary>
    private static string Normalize(string name)
    {
        var row = name.IndexOf(BeforeRow);
        name = (row < 0 ? name : name[..row]).Replace('+', '.');
        var (open, close) = (name.IndexOf('['), name.LastIndexOf(']'));
        return open >= 0 && close > open ? name.Remove(open, close - open + 1) : name;
    }

    private sealed class Ends
    {
        public int Passed { get; set; }

        public int Failed { get; set; }

        public int Found { get; set; }
    }
}
