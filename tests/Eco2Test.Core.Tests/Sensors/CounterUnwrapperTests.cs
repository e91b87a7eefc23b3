using CsCheck;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class CounterUnwrapperTests
{
    private const double Microjoule = 1e-6;
    private const ulong Range = 262_143_328_850;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Power Most = Power.FromWatts(2000);

    [Fact]
    public void The_first_value_is_where_the_sum_begins()
    {
        var counter = Counter();

        counter.Advance(5_000_000, Second).Joules.ShouldBe(5, 1e-9);
        counter.Advance(7_000_000, Second).Joules.ShouldBe(7, 1e-9);
        counter.Remark.ShouldBeNull();
    }

    [Fact]
    public void A_smaller_value_is_a_wrap_when_the_energy_can_have_been_drawn_in_the_time()
    {
        var counter = Counter();
        var before = counter.Advance(Range - 40_000_000, Second);

        (counter.Advance(60_000_000, Second) - before).Joules.ShouldBe(100, 1e-6);
        counter.Remark.ShouldBeNull();
    }

    [Fact]
    public void A_smaller_value_is_a_reset_when_a_wrap_would_be_more_than_can_have_been_drawn()
    {
        var counter = Counter();
        var before = counter.Advance(100_000_000, Second);

        (counter.Advance(3_000_000, TimeSpan.FromSeconds(2.5)) - before).Joules.ShouldBe(0);
        counter.Remark.ShouldBe("package-0: the counter jumped once (its driver was loaded anew, or the machine slept), and the energy of 2.5 s is not counted.");
        (counter.Advance(8_000_000, Second) - before).Joules.ShouldBe(5, 1e-6);
    }

    [Fact]
    public void A_step_forward_that_nothing_can_have_drawn_is_lost_too()
    {
        var counter = Counter();
        var before = counter.Advance(100_000_000, Second);

        // Eight hours of sleep, in which the clock stood still.
        (counter.Advance(28_900_000_000, Second) - before).Joules.ShouldBe(0);
        counter.Remark.ShouldNotBeNull();
        (counter.Advance(28_901_000_000, Second) - before).Joules.ShouldBe(1, 1e-6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0ul)]
    [InlineData(50ul)]
    public void Without_a_range_or_with_one_below_the_value_no_smaller_value_is_a_wrap(ulong? range)
    {
        var counter = Counter(range);
        var before = counter.Advance(100_000_000, Second);

        counter.Advance(99_999_999, Second).ShouldBe(before);
        counter.Advance(0, Second).ShouldBe(before);
        counter.Remark.ShouldNotBeNull().ShouldContain("2 times");
    }

    [Fact]
    public void When_it_was_not_read_for_so_long_that_it_may_have_wrapped_twice_the_least_counts_and_it_is_said()
    {
        var counter = Counter();
        var before = counter.Advance(Range - 40_000_000, Second);

        (counter.Advance(60_000_000, TimeSpan.FromMinutes(10)) - before).Joules.ShouldBe(100, 1e-6);
        counter.Remark.ShouldNotBeNull().ShouldContain("more than once");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    public void A_clock_that_stands_or_steps_back_lets_through_what_the_slack_allows(double seconds)
    {
        var counter = Counter();
        var before = counter.Advance(100_000_000, Second);

        (counter.Advance(101_000_000, TimeSpan.FromSeconds(seconds)) - before).Joules.ShouldBe(1, 1e-6);
        (counter.Advance(901_000_000, TimeSpan.FromSeconds(seconds)) - before).Joules.ShouldBe(1, 1e-6);
        counter.Remark.ShouldNotBeNull().ShouldContain("energy of 0 s");
    }

    [Fact]
    public void Any_history_of_power_with_wraps_gives_the_exact_energy() =>
        Gen.Select(Gen.ULong[1_000, 10_000_000], Gen.ULong[0, 1_000_000], Gen.Select(Gen.Double[0, 1900], Gen.Double[0, 0.004]).Array[1, 200]).Sample(
            (range, start, history) =>
            {
                var counter = Counter(range, slack: TimeSpan.Zero);
                var value = start % range;
                var first = counter.Advance(value, TimeSpan.Zero);
                ulong drawn = 0;
                foreach (var (watts, seconds) in history)
                {
                    // No more than one round between two readings.
                    var step = Math.Min(range, (ulong)(watts * TimeSpan.FromSeconds(seconds).TotalSeconds * 1e6));
                    drawn += step;
                    value = (value + step) % range;
                    counter.Advance(value, TimeSpan.FromSeconds(seconds));
                }

                // A full round looks like none: what then lacks is whole rounds.
                var lacking = drawn - (ulong)Math.Round((counter.Cumulative - first).Joules * 1e6);
                (lacking % range).ShouldBe(0ul);
                if (history.All(each => each.Item1 * each.Item2 * 1e6 < range))
                {
                    lacking.ShouldBe(0ul);
                }
            });

    [Fact]
    public void Whatever_a_counter_shows_the_sum_never_decreases_nor_grows_by_more_than_can_be_drawn() =>
        Gen.Select(
            Gen.OneOf(Gen.Const((ulong?)null), Gen.ULong.Select(value => (ulong?)value), Gen.ULong[0, 1_000_000_000].Select(value => (ulong?)value)),
            Gen.Select(Gen.OneOf(Gen.ULong, Gen.ULong[0, 1_000_000_000]), Gen.OneOf(Gen.Long, Gen.Long[0, TimeSpan.TicksPerMinute])).Array[1, 60]).Sample(
            (range, history) =>
            {
                var counter = Counter(range);
                var last = counter.Advance(history[0].Item1, TimeSpan.Zero);
                foreach (var (value, ticks) in history)
                {
                    var passed = TimeSpan.FromTicks(ticks);
                    var next = counter.Advance(value, passed);

                    next.ShouldBeGreaterThanOrEqualTo(last);
                    var most = 2000 * (Math.Max(0, passed.TotalSeconds) + 0.1);
                    (next - last).Joules.ShouldBeLessThanOrEqualTo(most + (1e-9 * (most + next.Joules)));
                    last = next;
                }
            });

    [Fact]
    public void A_value_allocates_nothing()
    {
        var counter = Counter();
        counter.Advance(0, Second);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong i = 1; i < 1000; i++)
        {
            counter.Advance(i * 1000, Second);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static CounterUnwrapper Counter(ulong? range = Range, TimeSpan? slack = null) =>
        new("package-0", Microjoule, range, Most, slack ?? TimeSpan.FromMilliseconds(100));
}
