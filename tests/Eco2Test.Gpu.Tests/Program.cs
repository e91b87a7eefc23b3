using Eco2Test.Sensors;
using Xunit.Runner.InProc.SystemConsole;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

// Tests against a real NVIDIA GPU. Without one there is nothing to pass.
if (NvmlLibrary.Load(out var missing) is null)
{
    Console.Error.WriteLine($"error: these tests need an NVIDIA GPU. {missing?.Reason} {missing?.Remedy}");
    return 1;
}

return await ConsoleRunner.Run(args);
