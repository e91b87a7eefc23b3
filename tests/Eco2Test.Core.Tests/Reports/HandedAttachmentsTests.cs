using System.Text;
using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

public sealed class HandedAttachmentsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HandedAttachments _host;
    private readonly HandedAttachments _collector;

    public HandedAttachmentsTests()
    {
        _host = new HandedAttachments(new ResultsFolder(_folder.Path), "s1.42");
        _collector = new HandedAttachments(new ResultsFolder(_folder.Path), "s1.42");
    }

    [Fact]
    public void A_test_gets_its_own_whatever_its_outcome_is_thought_to_be()
    {
        Give("Shop.Outer.Inner.Fails", failed: false);

        Taken("Shop.Outer+Inner.Fails", failed: true).ShouldBe("Shop.Outer.Inner.Fails");
        _collector.Unmatched().ShouldBeEmpty();
    }

    [Fact]
    public void Rows_get_theirs_in_the_order_in_which_they_ran()
    {
        Give("Shop.Rows#1", failed: false);
        Give("Shop.Rows#2", failed: true);
        Give("Shop.Rows#3", failed: false);

        new[] { Taken("Shop.Rows", false), Taken("Shop.Rows", true), Taken("Shop.Rows", false) }.ShouldBe(["Shop.Rows#1", "Shop.Rows#2", "Shop.Rows#3"]);
        _collector.Unmatched().ShouldBeEmpty();
    }

    [Fact]
    public void A_row_that_never_began_shifts_none_that_passed_and_is_said()
    {
        Give("Shop.Rows#1", failed: false);
        Give("Shop.Rows#2", failed: false);

        new[] { Taken("Shop.Rows", false), Taken("Shop.Rows", true), Taken("Shop.Rows", false) }.ShouldBe(["Shop.Rows#1", null, "Shop.Rows#2"]);
        _collector.Unmatched().ShouldBe(["Shop.Rows"]);
    }

    [Fact]
    public void One_that_nobody_asked_for_is_said_and_tests_that_are_not_tracked_are_not()
    {
        Give("Shop.Rows#1", failed: false);
        Give("Shop.Rows#2", failed: true);

        Taken("Shop.Rows", false).ShouldBe("Shop.Rows#1");
        Taken("Shop.Untracked", false).ShouldBeNull();
        _collector.Unmatched().ShouldBe(["Shop.Rows"]);
    }

    [Fact]
    public void Classes_with_type_arguments_are_found_however_these_are_written()
    {
        Give("Shop.Of`1[System.Int32].Works", failed: false);

        Taken("Shop.Of`1[[System.Int32, System.Private.CoreLib]].Works", false).ShouldBe("Shop.Of`1[System.Int32].Works");
    }

    private void Give(string id, bool failed) => _host.Give(id, failed, Encoding.UTF8.GetBytes(id));

    private string? Taken(string test, bool failed) => _collector.Take(test, failed) is { } file ? File.ReadAllText(file) : null;

    public void Dispose() => _folder.Dispose();
}
