using CsCheck;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Sensors;

public sealed class GpuSharingTests
{
    private static readonly HashSet<int> Ours = [10, 11];

    [Fact]
    public void A_GPU_on_which_we_have_nothing_is_not_ours()
    {
        Of([]).ShouldBe(new GpuUse(GpuUseKind.NotOurs, 0));
        Of([new(99, 1.0)]).ShouldBe(new GpuUse(GpuUseKind.NotOurs, 0));
        Of([new(99, null)]).ShouldBe(new GpuUse(GpuUseKind.NotOurs, 0));
    }

    [Fact]
    public void A_GPU_that_only_we_and_our_children_use_is_ours()
    {
        Of([new(10, null)]).ShouldBe(new GpuUse(GpuUseKind.Ours, 1));
        Of([new(10, 0.2), new(11, 0)]).ShouldBe(new GpuUse(GpuUseKind.Ours, 1));
    }

    [Fact]
    public void A_GPU_is_shared_by_the_time_of_its_multiprocessors()
    {
        Of([new(10, 0.2), new(11, 0.1), new(99, 0.6)]).Share.ShouldBe(1 / 3.0, 1e-12);
        Of([new(10, 0.2), new(99, 0)]).ShouldBe(new GpuUse(GpuUseKind.Shared, 1));
        Of([new(10, 0), new(99, 0.5)]).ShouldBe(new GpuUse(GpuUseKind.Shared, 0));
    }

    [Fact]
    public void A_GPU_whose_time_is_not_known_for_all_is_shared_by_head_as_a_guess()
    {
        var guess = new GpuUse(GpuUseKind.Shared, 0.25) { IsGuess = true };

        Of([new(10, null), new(97, null), new(98, null), new(99, null)]).ShouldBe(guess);
        Of([new(10, 0.5), new(97, null), new(98, 0.1), new(99, 0.1)]).ShouldBe(guess);
        Of([new(10, 0), new(97, 0), new(98, 0), new(99, 0)]).ShouldBe(guess, "nobody had any");
    }

    [Theory]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public void A_GPU_whose_processes_cannot_be_matched_may_be_ours(bool known, bool isHost, bool isPartitioned)
    {
        foreach (var processes in new List<GpuProcess>[] { [], [new(99, 1.0)], [new(10, 1.0)] })
        {
            GpuSharing.Of(known, processes, Ours, isHost, isPartitioned, assertedExclusive: false)
                .ShouldBe(new GpuUse(GpuUseKind.Unknown, 1) { IsGuess = true });
        }
    }

    [Fact]
    public void A_GPU_that_the_user_says_is_ours_is_ours_whatever_the_driver_tells()
    {
        foreach (var flag in new[] { true, false })
        {
            GpuSharing.Of(flag, [new(99, 1.0)], Ours, flag, !flag, assertedExclusive: true).ShouldBe(new GpuUse(GpuUseKind.Ours, 1));
        }
    }

    [Fact]
    public void A_share_is_a_part_whatever_the_driver_tells() =>
        Gen.Select(Gen.Int[1, 30], Gen.OneOf(Gen.Const((double?)null), Gen.Double[0, 1].Select(value => (double?)value))).Array[0, 20].Sample(told =>
        {
            var use = Of([.. told.Select(process => new GpuProcess(process.Item1, process.Item2))]);
            return use.Share is >= 0 and <= 1 && (use.Kind == GpuUseKind.NotOurs) == !told.Any(process => Ours.Contains(process.Item1));
        });

    [Fact]
    public void A_decision_allocates_nothing()
    {
        List<GpuProcess> processes = [new(10, 0.2), new(99, 0.4)];
        Of(processes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
        {
            Of(processes);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void What_is_not_known_is_said_with_its_remedy()
    {
        GpuSharing.DescribeUnknown("NVIDIA A100", "it is divided into instances (MIG)").ShouldBe(
            "Whose the energy of NVIDIA A100 is, is not known: it is divided into instances (MIG). It is charged as if all of it were this run's, "
            + "with bounds from none of it to all of it. To say which GPUs the run has for itself, set ECO2TEST_GPUS to their indices, such as ECO2TEST_GPUS=\"0\".");
        GpuSharing.DescribeUnknown("NVIDIA A100", null).ShouldContain("in a container");
    }

    private static GpuUse Of(List<GpuProcess> processes) =>
        GpuSharing.Of(processesKnown: true, processes, Ours, hasHostProcessIds: true, isPartitioned: false, assertedExclusive: false);
}
