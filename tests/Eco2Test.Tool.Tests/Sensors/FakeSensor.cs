using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Tool.Tests;

/// <summary>A device that says what a test tells it to.</summary>
internal sealed class FakeSensor(string device, EnergyDomain domain, string source = "fake") : IGpuSensor
{
    public EnergyChannel Channel { get; init; } = new(device, source, domain, Provenance.Measured, TimeSpan.FromMilliseconds(100));

    /// <summary>What the next readings give, the last one again and again; <see langword="null"/> is a reading that fails.</summary>
    public Queue<double?> Joules { get; } = new([0]);

    public string? Fault { get; set; }

    public string? Remark { get; init; }

    public GpuDetails Details { get; init; } = new();

    public List<GpuProcess>? Processes { get; init; }

    public string? Reason { get; init; }

    /// <summary>Until it is set, readings hang.</summary>
    public ManualResetEventSlim Answers { get; } = new(true);

    /// <summary>Until it is set, its details are not told.</summary>
    public ManualResetEventSlim Describes { get; } = new(true);

    /// <summary>Until it is set, its processes are not told.</summary>
    public ManualResetEventSlim Shares { get; } = new(true);

    public TaskCompletionSource IsAskedForProcesses { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Readings { get; private set; }

    public FakeSensor Giving(params double?[] joules)
    {
        Joules.Clear();
        foreach (var each in joules)
        {
            Joules.Enqueue(each);
        }

        return this;
    }

    public bool TryRead(out Energy cumulative)
    {
        Readings++;
        Answers.Wait();
        var joules = Joules.Count > 1 ? Joules.Dequeue() : Joules.Peek();
        cumulative = Energy.FromJoules(joules ?? 0);
        return joules is not null;
    }

    public bool TryReadProcesses(List<GpuProcess> processes, out string? reason)
    {
        IsAskedForProcesses.TrySetResult();
        Shares.Wait();
        processes.Clear();
        processes.AddRange(Processes ?? []);
        reason = Reason;
        return Processes is not null;
    }

    public GpuDetails ReadDetails()
    {
        Describes.Wait();
        return Details;
    }

    public void Dispose()
    {
    }
}
