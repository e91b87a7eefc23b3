using CsCheck;
using Eco2Test.Metering;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering.Samples;

/// <summary>How samples of a whole process are cut into tests.</summary>
public sealed class SampledTestsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_test_that_had_stretches_for_itself_gets_them_with_their_bounds()
    {
        var used = Of([Sample(0, 0), Sample(100, 4), Sample(200, 10), Sample(300, 11)], Test(0, 200)).ShouldHaveSingleItem();

        used.Use.Cpu.ShouldBe(new BoundedEnergy(Energy.FromJoules(5), Energy.FromJoules(10), Energy.FromJoules(15)));
        used.Part.ShouldBe(used.Use.Cpu);
        (used.IsOverlapped, used.IsBelowResolution).ShouldBe((false, false));
    }

    [Fact]
    public void Of_a_stretch_that_it_did_not_fill_a_test_gets_its_part_of_the_time_and_may_have_used_none_or_all()
    {
        var used = Of([Sample(0, 0), Sample(100, 4), Sample(200, 8)], Test(0, 125)).ShouldHaveSingleItem();

        used.Use.Cpu.Central.Joules.ShouldBe(5, 1e-12);
        used.Use.Cpu.Low.Joules.ShouldBe(2, 1e-12, "half of the first stretch, by the lower bound, and none of the second");
        used.Use.Cpu.High.Joules.ShouldBe(12, 1e-12, "one and a half of both");
        (used.IsOverlapped, used.IsBelowResolution).ShouldBe((false, false));
    }

    [Fact]
    public void Tests_that_ran_at_once_get_equal_parts_and_are_overlapped()
    {
        var used = Of([Sample(0, 0), Sample(100, 4)], Test(0, 100), Test(0, 100), Test(50, 50));

        used.Select(test => test.Use.Cpu.Central.Joules).ShouldBe([1 + (2 / 3.0), 1 + (2 / 3.0), 2 / 3.0], 1e-12);
        used.ShouldAllBe(test => test.IsOverlapped && test.Use.Cpu.Low == Energy.Zero && test.Use.Cpu.High.Joules == 6);
    }

    [Fact]
    public void A_test_shorter_than_the_time_between_two_samples_is_below_resolution()
    {
        var used = Of([Sample(0, 0), Sample(100, 4)], Test(20, 25), Test(60, 0), Test(500, 10));

        used.Select(test => test.Use.Cpu.Central.Joules).ShouldBe([1.0, 0, 0], 1e-12);
        used.ShouldAllBe(test => test.IsBelowResolution);
        used.Select(test => test.Use.Cpu.High.Joules).ShouldBe([6.0, 6, 0], 1e-12, "the last one ran after the last sample");
    }

    [Fact]
    public void What_a_driver_took_back_is_no_tests()
    {
        var used = Of([Sample(0, 0, gpu: 5), Sample(100, 4, gpu: 1)], Test(0, 100)).ShouldHaveSingleItem();

        used.Use.Gpu.Central.ShouldBe(Energy.Zero);
        used.Part.Central.Joules.ShouldBe(4);
    }

    [Fact]
    public void A_time_that_came_twice_is_one_stretch_in_which_a_test_may_have_used_none_or_all()
    {
        var used = Of(
            [Sample(0, 0), Sample(100, 4), Sample(200, 8), Sample(300, 12), Sample(150, 16), Sample(250, 20), Sample(350, 24), Sample(450, 30)],
            Test(0, 100), Test(200, 50), Test(180, 50), Test(350, 100));

        used.Select(test => test.Use.Cpu.Central.Joules).ShouldBe([4.0, 2.8, 2.8, 6], 1e-12, "between 100 and 350 ms 20 J were used; of the 70 ms in which any ran both have half");
        used.Select(test => (test.Use.Cpu.Low.Joules, test.Use.Cpu.High.Joules)).ShouldBe([(2.0, 6.0), (0.0, 30.0), (0.0, 30.0), (3.0, 9.0)]);
        used.Select(test => test.IsBelowResolution).ShouldBe([false, true, true, false]);
    }

    [Theory]
    [InlineData(new[] { 1000, 1100, 500, 600 }, 2.0)]
    [InlineData(new[] { 1000, 1100, 900, 1000 }, 6.0)]
    public void A_clock_that_stays_behind_loses_nothing(int[] clock, double joules)
    {
        var used = Of([.. clock.Select((at, index) => Sample(at, index * 4))], Test(1000, 100)).ShouldHaveSingleItem();

        used.Use.Cpu.ShouldSatisfyAllConditions(
            cpu => cpu.Central.Joules.ShouldBe(joules, 1e-12),
            cpu => cpu.Low.ShouldBe(Energy.Zero),
            cpu => cpu.High.Joules.ShouldBe(18, 1e-12));
        used.IsBelowResolution.ShouldBeTrue();
    }

    private static readonly Gen<(int Gap, double Joules, double Gpu)[]> Stretches = Gen.Select(Gen.Int[1, 200], Gen.Double[0, 50], Gen.Double[-3, 10]).Array[1, 30];

    private static readonly Gen<(int At, int Length)[]> Times = Gen.Select(Gen.Int[-200, 3_000], Gen.Int[0, 800]).Array[0, 40];

    [Fact]
    public void Tests_and_what_none_of_them_used_make_the_whole_whatever_ran_when() =>
        Gen.Select(Stretches, Times).Sample((stretches, times) =>
        {
            var (at, cpu, gpu) = (0, 0.0, 0.0);
            List<UseSample> samples = [Sample(0, 0)];
            foreach (var (gap, joules, ofGpu) in stretches)
            {
                (at, cpu, gpu) = (at + gap, cpu + joules, gpu + ofGpu);
                samples.Add(Sample(at, cpu, gpu));
            }

            TimedTest[] tests = [.. times.Select(time => Test(time.At, time.Length))];
            var used = SampledTests.Of(samples, tests);

            // Brute force: each millisecond of each stretch, to whoever ran in it. What devices took back is left out, as it is nobody's.
            var (expected, nobodys) = (new double[tests.Length], 0.0);
            for (var i = 1; i < samples.Count; i++)
            {
                var from = (int)(samples[i - 1].At - Start).TotalMilliseconds;
                var to = (int)(samples[i].At - Start).TotalMilliseconds;
                var each = (samples[i].Used - samples[i - 1].Used).Cpu.Central.Joules / (to - from);
                for (var ms = from; ms < to; ms++)
                {
                    int[] ran = [.. Enumerable.Range(0, tests.Length).Where(test => times[test].At <= ms && ms < times[test].At + times[test].Length)];
                    nobodys += ran.Length == 0 ? each : 0;
                    Array.ForEach(ran, test => expected[test] += each / ran.Length);
                }
            }

            used.Select(test => test.Use.Cpu.Central.Joules).ShouldBe(expected, 1e-9);
            (used.Sum(test => test.Use.Cpu.Central.Joules) + nobodys).ShouldBe(cpu, 1e-9 * Math.Max(1, cpu));
            foreach (var test in used)
            {
                test.Part.Central.Joules.ShouldBe(test.Use.Total.Central.Joules, 1e-9);
                test.Use.Total.Low.Joules.ShouldBeInRange(0, test.Use.Total.Central.Joules);
                test.Use.Total.High.ShouldBeGreaterThanOrEqualTo(test.Use.Total.Central);
            }
        }, iter: 300);

    private static IReadOnlyList<SampledUse> Of(IReadOnlyList<UseSample> samples, params TimedTest[] tests) => SampledTests.Of(samples, tests);

    /// <summary>CPU energy that is half as much at least, and half as much again at most.</summary>
    private static UseSample Sample(int milliseconds, double cpu, double gpu = 0) => new(
        Start.AddMilliseconds(milliseconds),
        new ActiveUse(
            new BoundedEnergy(Energy.FromJoules(cpu / 2), Energy.FromJoules(cpu), Energy.FromJoules(cpu * 1.5)),
            BoundedEnergy.Exact(Energy.FromJoules(gpu)), BoundedEnergy.Zero, cpu));

    private static TimedTest Test(int at, int length) => new()
    {
        Method = "Shop.Tests.Works",
        Id = "Shop.Tests.Works",
        DisplayName = "Works",
        StartedAt = Start.AddMilliseconds(at),
        Duration = TimeSpan.FromMilliseconds(length),
    };
}
