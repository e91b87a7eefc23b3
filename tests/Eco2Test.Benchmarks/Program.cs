using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Eco2Test.Benchmarks;
using Perfolizer.Horology;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case [FirstUse.ChildArgument]:
        FirstUse.Measure();
        break;
    case ["first-use"]:
        FirstUse.Run();
        break;
    case [TableUse.ChildArgument, var use]:
        TableUse.Measure(int.Parse(use, CultureInfo.InvariantCulture));
        break;
    case ["tables"]:
        TableUse.Run();
        break;
    case ["million"]:
        ManyWindows.Run();
        break;
    case ["attribution"]:
        Attribution.Run();
        break;
    case ["parallel"]:
        return await ParallelSuite.RunAsync();
    case ["generator"]:
        return GeneratorCost.Run();
    case ["suite", var framework, .. var more]:
        await SuiteCost.RunAsync(framework, withTrx: more is ["trx"]);
        break;
    case ["sampler"]:
        SamplerCpu.Run();
        break;
    case ["build-cpu", .. var more]:
        return BuildCpu.Run(more is [var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 1);
    case ["build-cost", .. var more]:
        return await BuildCost.RunAsync(more is [var ofEach, ..] ? int.Parse(ofEach, CultureInfo.InvariantCulture) : 5, more is [_, var other] ? other : null);
    default:
        // In this process: the clocks that are measured are this process's own, and no project is generated.
        var job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(5)
            .WithIterationCount(15)
            .WithIterationTime(TimeInterval.FromMilliseconds(100));
        BenchmarkSwitcher.FromAssembly(typeof(WindowBenchmarks).Assembly)
            .Run(args.Length == 0 ? ["--filter", "*"] : args, DefaultConfig.Instance.AddJob(job).AddDiagnoser(MemoryDiagnoser.Default));
        break;
}

return 0;
