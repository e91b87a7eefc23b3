using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

public sealed class ResultsFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly ResultsFolder _folder;

    public ResultsFolderTests() => _folder = new ResultsFolder(_temp["results"]);

    /// <summary>Names that are paths, that are no names, or that mean something to a file system or a terminal.</summary>
    public static TheoryData<string> HostileNames { get; } =
    [
        "../evil", "../../../../nonexistent/evil", "/nonexistent/evil", "..", ".", "...", "", "a/b\\c", "C:\\evil", "a\0b", "a\nb", "\u202Eevil", "*?<>|\"", "~", "-rf", "é ü",
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void A_name_never_leaves_the_folder(string name)
    {
        var report = _folder.Write(name, "content");
        var attachment = _folder.WriteAttachment(name, 1, name, [1]);
        using (_folder.CreateJournal(name))
        {
        }

        Path.GetDirectoryName(report).ShouldBe(_folder.Path);
        File.ReadAllText(report).ShouldBe("content");
        Path.GetFullPath(attachment).ShouldStartWith(Path.Combine(_folder.Path, "eco2test-attachments") + Path.DirectorySeparatorChar);
        Directory.GetFileSystemEntries(_temp.Path).ShouldBe([_folder.Path]);
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length.ShouldBe(3);
    }

    [Fact]
    public void A_folder_that_can_be_written_has_no_fault_and_is_left_as_it_was()
    {
        _folder.Fault().ShouldBeNull();
        Directory.Exists(_folder.Path).ShouldBeFalse();

        Directory.CreateDirectory(_folder.Path);
        _folder.Fault().ShouldBeNull();
        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_a_fault()
    {
        _temp.Write("results", "a file");

        _folder.Fault().ShouldNotBeNull().ShouldContain("is a file");
        new ResultsFolder(Path.Combine(_folder.Path, "below")).Fault().ShouldNotBeNull().ShouldContain("is a file");
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_fault()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A folder in which nobody can write, root included, is one of Linux.");

        new ResultsFolder("/proc/self/results").Fault().ShouldNotBeNull();
        new ResultsFolder(Path.Combine(_folder.Path, "not", "yet")).Fault().ShouldBeNull();
        Directory.GetFileSystemEntries(_temp.Path).ShouldBeEmpty();
    }

    [Fact]
    public void An_attachment_is_a_file_of_that_very_name_for_each_window()
    {
        var first = _folder.WriteAttachment("s.1", 1, "window.eco2test.json", [1]);
        var second = _folder.WriteAttachment("s.1", 2, "window.eco2test.json", [2]);

        Path.GetFileName(first).ShouldBe("window.eco2test.json");
        Path.GetFileName(second).ShouldBe("window.eco2test.json");
        File.ReadAllBytes(first).ShouldBe([1]);
        File.ReadAllBytes(second).ShouldBe([2]);
    }

    [Fact]
    public void The_stem_of_a_runs_files_is_its_project_and_framework()
    {
        var run = new ReportRun { Id = "1", StartedAt = default, DurationSeconds = 0, Project = "Shop.Tests", TargetFramework = "net10.0", Kind = "test" };

        ResultsFolder.Stem(run).ShouldBe("Shop.Tests_net10.0");
        ResultsFolder.Stem(run with { TargetFramework = null }).ShouldBe("Shop.Tests");
        ResultsFolder.Stem(run with { Project = "../Shop Tests" }).ShouldBe(".._Shop_Tests_net10.0");
    }

    [Fact]
    public void Writing_replaces_the_old_file_and_leaves_no_temporary_one()
    {
        _folder.Write("report.json", "a long old content");

        var path = _folder.Write("report.json", "new µ");

        File.ReadAllBytes(path).ShouldBe("new µ"u8.ToArray());
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void Writing_that_fails_leaves_what_was_there_and_no_temporary_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "report.json", "not empty"));

        (Record.Exception(() => _folder.Write("report.json", "new")) is IOException or UnauthorizedAccessException).ShouldBeTrue();

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([Path.Combine(_folder.Path, "report.json")]);
    }

    [Fact]
    public void A_link_where_the_report_should_be_is_replaced_and_not_followed()
    {
        _temp.Write("victim", "untouched");
        Directory.CreateDirectory(_folder.Path);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "report.json"), _temp["victim"]);

        var path = _folder.Write("report.json", "new");

        File.ReadAllText(_temp["victim"]).ShouldBe("untouched");
        new FileInfo(path).LinkTarget.ShouldBeNull();
        File.ReadAllText(path).ShouldBe("new");
    }

    [Fact]
    public void A_journal_is_never_made_where_something_is()
    {
        _temp.Write("victim", "untouched");
        Directory.CreateDirectory(_folder.Path);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.eco2test.journal"), _temp["victim"]);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "dangling.eco2test.journal"), _temp["nothing"]);
        _folder.CreateJournal("mine").Dispose();

        Should.Throw<IOException>(() => _folder.CreateJournal("link"));
        Should.Throw<IOException>(() => _folder.CreateJournal("dangling"));
        Should.Throw<IOException>(() => _folder.CreateJournal("mine"));

        File.ReadAllText(_temp["victim"]).ShouldBe("untouched");
        File.Exists(_temp["nothing"]).ShouldBeFalse();
    }

    [Fact]
    public void The_journals_of_a_session_are_its_own_in_the_order_of_their_names()
    {
        foreach (var name in new[] { "B_net10.0.s1.7", "A_net10.0.s1.9", "A_net10.0.s12.9", "A_net10.0.t.9" })
        {
            _folder.CreateJournal(name).Dispose();
        }

        _folder.JournalsOf("s1").Select(path => Path.GetFileName(path)).ShouldBe(["A_net10.0.s1.9.eco2test.journal", "B_net10.0.s1.7.eco2test.journal"]);
        _folder.JournalsOf("*").ShouldBeEmpty();
        new ResultsFolder(_temp["nowhere"]).JournalsOf("s1").ShouldBeEmpty();
    }

    [Fact]
    public void The_attachments_of_a_session_are_removed_and_no_others()
    {
        _folder.WriteAttachment("s1.7", 1, "a.json", [1]);
        var other = _folder.WriteAttachment("s2.7", 1, "a.json", [1]);

        _folder.DeleteAttachments("s1");

        File.Exists(other).ShouldBeTrue();
        Directory.GetDirectories(Path.Combine(_folder.Path, "eco2test-attachments")).Select(path => Path.GetFileName(path)).ShouldBe(["s2.7"]);

        _folder.DeleteAttachments("s2");
        Directory.Exists(Path.Combine(_folder.Path, "eco2test-attachments")).ShouldBeFalse();
        _folder.DeleteAttachments("s2");
    }

    [Fact]
    public void Removing_attachments_follows_no_link()
    {
        _temp.Write("outside/kept", "untouched");
        var attachments = Path.Combine(_folder.Path, "eco2test-attachments");
        _folder.WriteAttachment("s1.7", 1, "a.json", [1]);
        Directory.CreateSymbolicLink(Path.Combine(attachments, "s1.7", "inside"), _temp["outside"]);
        Directory.CreateSymbolicLink(Path.Combine(attachments, "s1.8"), _temp["outside"]);

        _folder.DeleteAttachments("s1");

        File.ReadAllText(_temp["outside/kept"]).ShouldBe("untouched");
        Directory.Exists(attachments).ShouldBeFalse();
    }

    [Fact]
    public void A_link_where_the_attachments_should_be_is_not_emptied()
    {
        _temp.Write("outside/s1.7/kept", "untouched");
        Directory.CreateDirectory(_folder.Path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "eco2test-attachments"), _temp["outside"]);

        _folder.DeleteAttachments("s1");

        File.ReadAllText(_temp["outside/s1.7/kept"]).ShouldBe("untouched");
    }

    [Fact]
    public void A_link_where_the_attachments_should_be_is_not_written_through()
    {
        _temp.Write("outside/kept", "untouched");
        Directory.CreateDirectory(_folder.Path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "eco2test-attachments"), _temp["outside"]);

        Should.Throw<IOException>(() => _folder.WriteAttachment("s1.7", 1, "window.eco2test.json", [1]));

        Directory.GetFileSystemEntries(_temp["outside"]).ShouldHaveSingleItem();
    }

    public void Dispose() => _temp.Dispose();
}
