using CsCheck;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class ProcessTreeMeterTests
{
    private enum What
    {
        Start,
        Work,
        WorkOfTheProcess,
        End,
        WaitFor,
        Read,
        ReadAndLook,
    }

    private static readonly Gen<(What What, int Which, int Ticks, bool DuringARead)[]> Histories =
        Gen.Select(Gen.Enum<What>(), Gen.Int[0, 9], Gen.Int[0, 1000], Gen.Bool).Array[1, 150];

    private readonly World _world = new();

    [Fact]
    public void The_first_reading_gives_all_since_the_process_started()
    {
        _world.Work(7);

        _world.Read(look: true).ShouldBe(7);
        _world.Read(look: true).ShouldBe(0);
    }

    [Fact]
    public void A_child_that_moves_from_living_to_ended_is_counted_once()
    {
        var child = _world.Start();
        child.Work(5);
        _world.Read(look: true).ShouldBe(5);
        child.Work(2);

        child.End();
        child.WaitFor();

        _world.Read(look: false).ShouldBe(2);
        _world.Read(look: true).ShouldBe(0);
    }

    [Fact]
    public void A_child_that_moves_while_it_is_read_is_counted_once()
    {
        var child = _world.Start();
        child.Work(5);
        _world.Read(look: true);

        _world.During(child.End);
        _world.During(child.WaitFor);

        _world.Read(look: true).ShouldBe(0);
        _world.Read(look: true).ShouldBe(0);
    }

    [Fact]
    public void A_child_is_counted_that_lived_and_ended_between_two_readings()
    {
        var child = _world.Start();
        child.Work(5);
        child.End();
        child.WaitFor();

        _world.Read(look: false).ShouldBe(5);
    }

    [Fact]
    public void A_living_child_is_only_found_by_looking_and_then_followed()
    {
        var child = _world.Start();
        child.Work(5);
        _world.Read(look: false).ShouldBe(0);
        _world.Read(look: true).ShouldBe(5);

        child.Work(3);

        _world.Read(look: false).ShouldBe(3);
    }

    [Fact]
    public void A_child_that_waits_long_to_be_waited_for_comes_back_once()
    {
        var child = _world.Start();
        child.Work(5);
        _world.Read(look: true).ShouldBe(5);

        child.End();
        for (var i = 0; i < 10; i++)
        {
            _world.Read(look: true).ShouldBe(0);
        }

        child.WaitFor();
        _world.Read(look: true).ShouldBe(0);
    }

    [Fact]
    public void A_grandchild_that_a_reading_misses_while_it_moves_to_its_parents_account_is_not_counted_again()
    {
        var (parent, grandchild) = (_world.Start(), _world.Start());
        grandchild.Work(5);
        _world.Read(look: true).ShouldBe(5);

        // Its parent was read before it waited for it, itself afterwards.
        grandchild.End();
        _world.Read(look: true).ShouldBe(0);
        parent.Work(5);

        _world.Read(look: true).ShouldBe(0);
    }

    [Fact]
    public void A_child_that_is_lost_takes_nothing_back_from_the_process_or_from_children_that_live()
    {
        var (lost, living) = (_world.Start(), _world.Start());
        lost.Work(50);
        _world.Read(look: true).ShouldBe(50);

        lost.End();
        _world.Read(look: true).ShouldBe(0);
        _world.Read(look: true).ShouldBe(0);

        _world.Work(3);
        living.Work(4);
        _world.Read(look: true).ShouldBe(7);
    }

    [Fact]
    public void A_clock_that_fails_gives_nothing_and_takes_nothing_back()
    {
        _world.Work(10);
        _world.Read(look: true);

        _world.Fails = true;
        _world.Read(look: true).ShouldBe(0);
        _world.Fails = false;
        _world.Work(2);

        _world.Read(look: true).ShouldBe(2);
    }

    [Fact]
    public void Memory_is_that_of_the_process_and_its_living_children()
    {
        var meter = new ProcessTreeMeter(_world);
        _world.Start();
        meter.Advance(lookForChildren: true);

        meter.ResidentBytes.ShouldBe(World.OwnBytes + World.BytesOfAChild);
    }

    [Fact]
    public void Whatever_children_do_no_more_is_counted_than_was_spent_and_all_of_it_once_they_are_waited_for() => Histories.Sample(
        history =>
        {
            var world = new World();
            Play(world, history);

            world.EndAndWaitForAll();
            world.Read(look: true);
            world.Read(look: true);

            world.Counted.ShouldBe(world.Spent);
        },
        iter: 1_000);

    [Fact]
    public void Whatever_children_are_lost_no_more_is_missing_than_was_theirs() => Histories.Sample(
        history =>
        {
            var world = new World();
            Play(world, history);
            world.FinishReads();
            world.Read(look: true);

            world.Counted.ShouldBeInRange(world.Spent - world.OfChildrenNotWaitedFor, world.Spent);
        },
        iter: 1_000);

    private static void Play(World world, (What What, int Which, int Ticks, bool DuringARead)[] history)
    {
        foreach (var (what, which, ticks, duringARead) in history)
        {
            switch (what)
            {
                case What.Read or What.ReadAndLook:
                    world.Read(look: what == What.ReadAndLook).ShouldBeGreaterThanOrEqualTo(0);
                    world.Counted.ShouldBeLessThanOrEqualTo(world.Spent);
                    break;
                case var _ when duringARead:
                    world.During(() => Do(world, what, which, ticks));
                    break;
                default:
                    Do(world, what, which, ticks);
                    break;
            }
        }
    }

    private static void Do(World world, What what, int which, int ticks)
    {
        var child = world.Any(which);
        switch (what)
        {
            case What.Start:
                world.Start();
                break;
            case What.WorkOfTheProcess:
                world.Work(ticks);
                break;
            case What.Work:
                child?.Work(ticks);
                break;
            case What.End:
                child?.End();
                break;
            case What.WaitFor:
                child?.WaitFor();
                break;
        }
    }

    /// <summary>A process with children, as its kernel sees it.</summary>
    private sealed class World : IProcessClock
    {
        public const long OwnBytes = 1000;
        public const long BytesOfAChild = 10;

        private readonly List<Child> _children = [];
        private readonly Queue<Action> _during = new();
        private readonly ProcessTreeMeter _meter;
        private long _own;

        public World() => _meter = new ProcessTreeMeter(this);

        public bool Fails { get; set; }

        public long Counted { get; private set; }

        public long Spent => _own + _children.Sum(child => child.Ticks);

        public long OfChildrenNotWaitedFor => _children.Where(child => child is { Lives: false, IsWaitedFor: false }).Sum(child => child.Ticks);

        public TimeSpan ProcessCpuTime => Seen(() => _own);

        public TimeSpan EndedChildrenCpuTime => Seen(() => _children.Where(child => child.IsWaitedFor).Sum(child => child.Ticks));

        public long ResidentBytes => OwnBytes;

        public TimeSpan? MachineCpuTime => null;

        public IReadOnlyCollection<int> ProcessIds => [];

        public bool HasHostProcessIds => true;

        public ChildrenReading ReadLivingChildren()
        {
            var time = Seen(() => _children.Where(child => child.Lives).Sum(child => child.Ticks));
            var count = _children.Count(child => child.Lives);
            return new ChildrenReading(count, time, count * BytesOfAChild);
        }

        public ThreadClock CurrentThreadClock() => default;

        public IReadOnlyList<ThreadClock> FindRuntimeThreads() => [];

        public bool TryRead(ThreadClock thread, out TimeSpan cpuTime)
        {
            cpuTime = default;
            return false;
        }

        public long Read(bool look)
        {
            var counted = _meter.Advance(look).Ticks;
            Counted += counted;
            return counted;
        }

        public void Work(long ticks) => _own += ticks;

        public Child Start()
        {
            _children.Add(new Child());
            return _children[^1];
        }

        public Child? Any(int which) => _children.Count == 0 ? null : _children[which % _children.Count];

        /// <summary>Happens right after one of the next figures was read.</summary>
        public void During(Action action) => _during.Enqueue(action);

        public void FinishReads()
        {
            while (_during.TryDequeue(out var action))
            {
                action();
            }
        }

        public void EndAndWaitForAll()
        {
            FinishReads();
            foreach (var child in _children)
            {
                child.End();
                child.WaitFor();
            }
        }

        private TimeSpan Seen(Func<long> read)
        {
            var seen = Fails ? 0 : read();
            if (_during.TryDequeue(out var action))
            {
                action();
            }

            return new TimeSpan(seen);
        }
    }

    private sealed class Child
    {
        public long Ticks { get; private set; }

        public bool Lives { get; private set; } = true;

        public bool IsWaitedFor { get; private set; }

        public void Work(long ticks) => Ticks += Lives ? ticks : 0;

        public void End() => Lives = false;

        public void WaitFor() => IsWaitedFor = !Lives;
    }
}
