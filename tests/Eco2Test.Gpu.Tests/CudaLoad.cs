using System.Runtime.InteropServices;
using System.Text;

namespace Eco2Test.Gpu.Tests;

/// <summary>
/// Work for the first GPU: multiplications in all its multiprocessors, until disposed of. It needs the driver and nothing
/// else: the kernel is text that the driver compiles.
/// </summary>
internal sealed unsafe class CudaLoad : IDisposable
{
    private const int Blocks = 2048;
    private const int Threads = 256;

    /// <summary>For every thread: rounds of eight multiplications and additions, and one figure written so that they are not left out.</summary>
    private const string Kernel = """
        .version 6.0
        .target sm_60
        .address_size 64
        .visible .entry burn(.param .u64 burn_out, .param .u32 burn_rounds)
        {
            .reg .pred %p1;
            .reg .b32 %r<7>;
            .reg .f32 %f<5>;
            .reg .b64 %rd<5>;
            ld.param.u64 %rd1, [burn_out];
            ld.param.u32 %r1, [burn_rounds];
            cvta.to.global.u64 %rd2, %rd1;
            mov.u32 %r2, %ctaid.x;
            mov.u32 %r3, %ntid.x;
            mov.u32 %r4, %tid.x;
            mad.lo.s32 %r5, %r2, %r3, %r4;
            cvt.rn.f32.u32 %f1, %r5;
            mov.f32 %f2, 0f3F800001;
            mov.f32 %f3, 0f3F7FFFFE;
            mov.f32 %f4, 0f3DCCCCCD;
            mov.u32 %r6, 0;
        LOOP:
            fma.rn.f32 %f1, %f1, %f3, %f4;
            fma.rn.f32 %f2, %f2, %f3, %f4;
            fma.rn.f32 %f1, %f1, %f3, %f2;
            fma.rn.f32 %f2, %f2, %f3, %f1;
            fma.rn.f32 %f1, %f1, %f3, %f4;
            fma.rn.f32 %f2, %f2, %f3, %f4;
            fma.rn.f32 %f1, %f1, %f3, %f2;
            fma.rn.f32 %f2, %f2, %f3, %f1;
            add.u32 %r6, %r6, 1;
            setp.lt.u32 %p1, %r6, %r1;
            @%p1 bra LOOP;
            mul.wide.u32 %rd3, %r5, 4;
            add.s64 %rd4, %rd2, %rd3;
            st.global.f32 [%rd4], %f2;
            ret;
        }
        """;

    private static readonly nint Driver = NativeLibrary.Load(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1");
    private readonly Thread _thread;
    private volatile bool _isOver;
    private Exception? _fault;

    private CudaLoad(ManualResetEventSlim started)
    {
        _thread = new Thread(() => Run(started)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Starts, and returns when the GPU works.</summary>
    public static CudaLoad Start()
    {
        using var started = new ManualResetEventSlim();
        var load = new CudaLoad(started);
        started.Wait();
        return load._fault is null ? load : throw new InvalidOperationException("The GPU could not be given work.", load._fault);
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Run(ManualResetEventSlim started)
    {
        try
        {
            Work(started);
        }
        catch (InvalidOperationException fault)
        {
            _fault = fault;
            started.Set();
        }
    }

    private void Work(ManualResetEventSlim started)
    {
        nint context, module, function;
        ulong memory;
        Check("cuInit", ((delegate* unmanaged<uint, int>)Export("cuInit"))(0));
        Check("cuDevicePrimaryCtxRetain", ((delegate* unmanaged<nint*, int, int>)Export("cuDevicePrimaryCtxRetain"))(&context, 0));
        Check("cuCtxSetCurrent", ((delegate* unmanaged<nint, int>)Export("cuCtxSetCurrent"))(context));
        fixed (byte* text = Encoding.ASCII.GetBytes(Kernel + '\0'))
        {
            Check("cuModuleLoadData", ((delegate* unmanaged<nint*, byte*, int>)Export("cuModuleLoadData"))(&module, text));
        }

        fixed (byte* name = "burn\0"u8)
        {
            Check("cuModuleGetFunction", ((delegate* unmanaged<nint*, nint, byte*, int>)Export("cuModuleGetFunction"))(&function, module, name));
        }

        Check("cuMemAlloc_v2", ((delegate* unmanaged<ulong*, nuint, int>)Export("cuMemAlloc_v2"))(&memory, Blocks * Threads * sizeof(float)));
        var launch = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Export("cuLaunchKernel");
        var synchronize = (delegate* unmanaged<int>)Export("cuCtxSynchronize");
        var rounds = 20_000u;
        var parameters = stackalloc void*[] { &memory, &rounds };
        while (!_isOver)
        {
            Check("cuLaunchKernel", launch(function, Blocks, 1, 1, Threads, 1, 1, 0, 0, parameters, null));
            Check("cuCtxSynchronize", synchronize());
            started.Set();
        }

        Check("cuMemFree_v2", ((delegate* unmanaged<ulong, int>)Export("cuMemFree_v2"))(memory));
        Check("cuDevicePrimaryCtxRelease_v2", ((delegate* unmanaged<int, int>)Export("cuDevicePrimaryCtxRelease_v2"))(0));
    }

    private static nint Export(string name) => NativeLibrary.GetExport(Driver, name);

    private static void Check(string function, int code)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"{function} returned {code}.");
        }
    }
}
