using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering.Builds;

public sealed class CompilerSpansTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Clock _time = new();
    private readonly HashSet<int> _living = [1, 2, 3];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Who_compiles_alone_has_all_that_the_server_does()
    {
        var one = Node(1);
        var start = one.Begin();
        Pass(2);

        one.End(start).ShouldBe(CompilerShare.Whole);
        CompilerShare.Whole.IsOverlapped.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(HostileCulture.Names), MemberType = typeof(HostileCulture))]
    public void While_two_nodes_compile_each_has_half_of_it_and_the_bounds_say_so(string culture) => HostileCulture.Run(culture, () =>
    {
        var (one, two) = (Node(1), Node(2));
        var first = one.Begin();
        Pass(1);
        var second = two.Begin();
        Pass(2);
        var share = one.End(first);
        Pass(2);

        Close(share, 1.0 / 3, 2.0 / 3, 1);
        share.IsOverlapped.ShouldBeTrue();

        // The other one knows when this one ended.
        Close(two.End(second), 0.5, 0.75, 1);
    });

    [Fact]
    public void Projects_that_compile_at_once_in_one_process_share_as_well()
    {
        var node = Node(1);
        var first = node.Begin();
        Pass(1);
        var second = node.Begin();
        Pass(1);
        Close(node.End(second), 0, 0.5, 1);
        Pass(2);

        Close(node.End(first), 0.75, 0.875, 1);
    }

    [Fact]
    public void A_process_that_ended_while_it_compiled_compiles_no_more()
    {
        Node(2).Begin();
        var one = Node(1);
        _living.Remove(2);
        var start = one.Begin();
        Pass(1);

        one.End(start).ShouldBe(CompilerShare.Whole);
    }

    [Fact]
    public void What_is_no_file_of_ours_or_cannot_be_exchanged_is_as_if_nobody_else_compiled()
    {
        File.WriteAllText(_folder["2.spans"], "x y\n-1 5\n99999999999999999999 1\n1 2 3\n\n");
        File.WriteAllText(_folder["notes.spans"], "1\n");
        var one = Node(1);
        var start = one.Begin();
        Pass(1);
        one.End(start).ShouldBe(CompilerShare.Whole);

        File.WriteAllText(_folder["file"], "");
        var nowhere = new CompilerSpans(new CompilerSpanFolder(Path.Combine(_folder["file"], "folder")), 1, _living.Contains, _time);
        start = nowhere.Begin();
        Pass(1);
        nowhere.End(start).ShouldBe(CompilerShare.Whole);
    }

    [Fact]
    public void Files_of_long_ago_are_removed()
    {
        Node(2).Begin();
        File.SetLastWriteTimeUtc(_folder["2.spans"], _time.GetUtcNow().UtcDateTime.AddHours(-1));
        var one = Node(1);

        one.End(one.Begin());

        Directory.GetFiles(_folder).Select(Path.GetFileName).ShouldBe(["1.spans"]);
    }

    [Fact]
    public void The_clock_of_a_node_gets_its_part_of_what_the_server_did_while_it_compiled()
    {
        var server = TimeSpan.FromSeconds(50);
        var one = new NodeClock(new FakeMachine(), _ => server, Node(1));
        var two = Node(2);
        var before = one.ProcessCpuTime;
        one.BeginCompile("Shop");
        Pass(1);
        var second = two.Begin();
        Pass(1);
        server += TimeSpan.FromSeconds(4);
        one.EndCompile("Shop")!.Value.Share.IsOverlapped.ShouldBeTrue();
        two.End(second);

        (one.ProcessCpuTime - before).TotalSeconds.ShouldBe(3, 1e-6);
        one.EndCompile("Shop").ShouldBeNull();
        one.BeginCompile("Shop");
        Pass(1);
        one.EndCompile("Shop").ShouldBeNull("the server did nothing");
        (one.ProcessCpuTime - before).TotalSeconds.ShouldBe(3, 1e-6);
    }

    [Fact]
    public void Projects_that_were_up_to_date_or_failed_share_with_nobody()
    {
        var server = TimeSpan.FromSeconds(50);
        var node = new NodeClock(new FakeMachine(), _ => server, Node(1));
        for (var i = 0; i < 5; i++)
        {
            node.BeginCompile(i);
            node.CancelCompile(i);
        }

        // One that begins again has not compiled twice.
        node.BeginCompile("again");
        node.BeginCompile("again");
        node.CancelAll();
        var start = Node(2).Begin();
        Pass(1);

        Node(3).End(start).ShouldBe(new CompilerShare(0, 0.5, 1), "only node 2 compiles");
    }

    [Fact]
    public void Two_projects_that_compile_in_one_process_have_what_is_theirs()
    {
        var server = TimeSpan.FromSeconds(50);
        var node = new NodeClock(new FakeMachine(), _ => server, Node(1));
        var before = node.ProcessCpuTime;
        node.BeginCompile("one");
        Pass(1);
        node.BeginCompile("two");
        Pass(1);
        server += TimeSpan.FromSeconds(4);
        Close(node.EndCompile("one")!.Value.Share, 0.5, 0.75, 1);
        Close(node.EndCompile("two")!.Value.Share, 0, 0.5, 1);

        (node.ProcessCpuTime - before).TotalSeconds.ShouldBe(5, 1e-6);
    }

    [Fact]
    public void A_folder_that_others_may_write_to_or_a_link_to_one_is_not_used()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var open = Directory.CreateDirectory(_folder["open"], (UnixFileMode)0x1FF).FullName;
        File.SetUnixFileMode(open, (UnixFileMode)0x1FF);
        File.CreateSymbolicLink(_folder["link"], Directory.CreateDirectory(_folder["own"], (UnixFileMode)0x1C0).FullName);

        foreach (var name in new[] { "open", "link" })
        {
            new CompilerSpanFolder(_folder[name]).Write(1, "1\n");
            Directory.GetFiles(_folder[name]).ShouldBeEmpty();
        }

        new CompilerSpanFolder(_folder["own"]).Write(1, "1\n");
        Directory.GetFiles(_folder["own"]).Length.ShouldBe(1);
    }

    private static void Close(CompilerShare share, double low, double central, double high)
    {
        share.Low.ShouldBe(low, 1e-9);
        share.Central.ShouldBe(central, 1e-9);
        share.High.ShouldBe(high, 1e-9);
    }

    private CompilerSpans Node(int process) => new(new CompilerSpanFolder(_folder), process, _living.Contains, _time);

    private void Pass(double seconds) => _time.Now += TimeSpan.FromSeconds(seconds);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
