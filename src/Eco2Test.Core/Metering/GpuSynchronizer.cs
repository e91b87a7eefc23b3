namespace Eco2Test.Metering;

/// <summary>What waits for work that was started on GPUs, for as long as it is registered.</summary>
internal sealed class GpuSynchronizer : IDisposable
{
    private readonly Action _synchronize;

    public GpuSynchronizer(Action synchronize)
    {
        _synchronize = synchronize;
        Ambient.Add(this);
    }

    public void Synchronize() => _synchronize();

    public void Dispose() => Ambient.Remove(this);
}
