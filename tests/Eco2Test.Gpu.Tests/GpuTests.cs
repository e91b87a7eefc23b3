using Eco2Test.Sensors;

namespace Eco2Test.Gpu.Tests;

/// <summary>
/// What a real GPU and its driver do, and whether it is what the product takes for granted. Every test prints its figures:
/// they are for docs/methodology.md.
/// </summary>
public sealed class GpuTests
{
    private readonly RealGpu _gpu = new();

    [Fact]
    public void A_reading_succeeds_and_allocates_nothing()
    {
        var processes = new List<GpuProcess>(256);
        var (energyMicroseconds, energyBytes) = Cost(() => _gpu.Sensor.TryRead(out _).ShouldBeTrue(_gpu.Sensor.Fault));
        var (processMicroseconds, processBytes) = Cost(() => _gpu.Sensor.TryReadProcesses(processes, out _));

        RealGpu.Say($"energy: {energyMicroseconds:0.0} µs a reading; processes: {processMicroseconds:0.0} µs");
        RealGpu.Say($"{_gpu.Sensor.ReadDetails()}");
        energyBytes.ShouldBe(0);
        processBytes.ShouldBe(0);
    }

    [Fact]
    public void Its_figures_are_refreshed_as_often_as_the_product_says()
    {
        using var load = CudaLoad.Start();
        List<(string Figure, Func<double?> Read)> figures = [("energy counter", _gpu.Counter), .. RealGpu.WaysToAskForPower.Select(way => (way, (Func<double?>)(() => _gpu.Watts(way))))];
        var periods = figures.ToDictionary(figure => figure.Figure, figure => RefreshPeriod(figure.Figure, figure.Read));

        var own = _gpu.Sensor.Channel.Source switch
        {
            "nvml-energy-counter" => periods["energy counter"],
            "nvml-instant-power" => periods["instant power (field 186)"],
            _ => null,
        };
        if (own is { } seconds)
        {
            seconds.ShouldBeLessThanOrEqualTo(_gpu.Sensor.Channel.UpdatePeriod.TotalSeconds * 1.2, "then the bounds of windows are too narrow");
        }
    }

    [Fact]
    public void Work_costs_energy()
    {
        var idle = MeanWatts(seconds: 5);
        double busy;
        using (CudaLoad.Start())
        {
            Thread.Sleep(1000);
            busy = MeanWatts(seconds: 5);
        }

        RealGpu.Say($"without our work {idle:0.0} W, with it {busy:0.0} W");
        idle.ShouldBeGreaterThan(0);
        busy.ShouldBeGreaterThan(idle * 1.1);
    }

    [Fact]
    public void Its_counter_agrees_with_its_power_over_a_steady_load()
    {
        using var load = CudaLoad.Start();
        Thread.Sleep(2000);
        var powers = RealGpu.WaysToAskForPower.Where(way => _gpu.Watts(way) is not null).ToDictionary(way => way, _ => 0.0);
        var (start, counter, own) = (RealGpu.Now, _gpu.Counter(), _gpu.Joules());
        var last = start;
        while (last - start < 20)
        {
            Thread.Sleep(50);
            var now = RealGpu.Now;
            foreach (var way in powers.Keys)
            {
                powers[way] += (_gpu.Watts(way) ?? 0) * (now - last);
            }

            last = now;
        }

        var (sensor, counted) = (_gpu.Joules() - own, _gpu.Counter() - counter);
        RealGpu.Say($"{last - start:0.00} s: sensor {sensor:0} J, counter {counted:0} J");
        foreach (var (way, joules) in powers)
        {
            RealGpu.Say($"{way}: {joules:0} J, {joules / sensor - 1:P1} of the sensor");
            joules.ShouldBeInRange(sensor * 0.8, sensor * 1.2, way);
        }

        powers.ShouldNotBeEmpty();
    }

    [Fact]
    public void It_is_ours_while_we_have_a_context_on_it_where_that_can_be_told()
    {
        var before = Use("without a context");
        GpuUse during;
        using (CudaLoad.Start())
        {
            Thread.Sleep(2000);
            during = Use("with a context that works");
        }

        if (before.Kind == GpuUseKind.Unknown)
        {
            during.Kind.ShouldBe(GpuUseKind.Unknown);
            return;
        }

        before.Kind.ShouldBe(GpuUseKind.NotOurs);
        during.Kind.ShouldBeOneOf(GpuUseKind.Ours, GpuUseKind.Shared);
        during.Share.ShouldBeGreaterThan(0);
    }

    private GpuUse Use(string when)
    {
        IProcessClock clock = OperatingSystem.IsLinux() ? new LinuxProcessClock() : new PortableProcessClock();
        clock.ReadLivingChildren();
        var processes = new List<GpuProcess>();
        var known = _gpu.Sensor.TryReadProcesses(processes, out var reason);
        var use = GpuSharing.Of(known, processes, clock.ProcessIds, clock.HasHostProcessIds, _gpu.Sensor.ReadDetails().IsPartitioned, assertedExclusive: false);
        RealGpu.Say($"{when}: {(known ? $"{processes.Count} process(es)" : reason)}, numbers {(clock.HasHostProcessIds ? "of the host" : "of a container")}, we are {Environment.ProcessId}: {use}");
        processes.ForEach(process => RealGpu.Say($"  {process}"));
        return use;
    }

    private double MeanWatts(double seconds)
    {
        var (start, before) = (RealGpu.Now, _gpu.Joules());
        while (RealGpu.Now - start < seconds)
        {
            Thread.Sleep(100);
            _gpu.Joules();
        }

        return (_gpu.Joules() - before) / (RealGpu.Now - start);
    }

    /// <summary>The median time between two changes of a figure that is read as fast as the driver answers, in seconds.</summary>
    private static double? RefreshPeriod(string figure, Func<double?> read)
    {
        if (read() is not { } last)
        {
            RealGpu.Say($"{figure}: not told");
            return null;
        }

        var (start, reads) = (RealGpu.Now, 0);
        List<double> changes = [];
        while (RealGpu.Now - start < 5)
        {
            reads++;
            if (read() is { } now && now != last)
            {
                changes.Add(RealGpu.Now);
                last = now;
            }
        }

        if (changes.Count < 3)
        {
            RealGpu.Say($"{figure}: changed {changes.Count} times in 5 s");
            return null;
        }

        var periods = changes.Zip(changes.Skip(1), (one, next) => next - one).Order().ToList();
        RealGpu.Say($"{figure}: refreshed every {periods[periods.Count / 2] * 1000:0.0} ms (least {periods[0] * 1000:0.0}, most {periods[^1] * 1000:0.0}), {5e6 / reads:0.0} µs a call");
        return periods[periods.Count / 2];
    }

    private static (double Microseconds, long Bytes) Cost(Action action)
    {
        const int Times = 200;
        action();
        var (start, bytes) = (RealGpu.Now, GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < Times; i++)
        {
            action();
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return ((RealGpu.Now - start) / Times * 1e6, bytes);
    }
}
