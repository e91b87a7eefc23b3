namespace Eco2Test.Units;

/// <summary>A quantity between two bounds; what it most likely is only where that is known.</summary>
internal readonly record struct Estimated<T>(T Low, T? Central, T High)
    where T : struct
{
    /// <summary>Something that grows with the quantity.</summary>
    public Estimated<TResult> Select<TResult>(Func<T, TResult> of)
        where TResult : struct => new(of(Low), Central is { } central ? of(central) : null, of(High));
}
