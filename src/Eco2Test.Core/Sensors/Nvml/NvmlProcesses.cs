namespace Eco2Test.Sensors;

/// <summary>
/// The processes on one NVIDIA GPU, and how much of its multiprocessors' time each had. The buffers are kept: a reading
/// allocates only when a list has grown.
/// </summary>
internal sealed unsafe class NvmlProcesses(NvmlLibrary library, TimeProvider time)
{
    /// <summary>Lists grow while they are read: so often they are asked for anew.</summary>
    private const int Attempts = 4;

    /// <summary>No list is longer: a driver that asks for more room is not believed.</summary>
    private const uint MostEntries = 1 << 16;

    /// <summary>
    /// How long a sample holds when there is no newer one: the driver samples every 1/6 to 1 s, and is asked more often. Then
    /// nobody has used the GPU.
    /// </summary>
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromSeconds(1);

    private NvmlProcessInfo[] _infos = new NvmlProcessInfo[64];
    private NvmlProcessSample[] _samples = new NvmlProcessSample[64];
    private int _sampleCount;
    private ulong _lastSample;
    private long _sampledAt;
    private bool _older;

    /// <summary>Fills the list; its code, and in <paramref name="isShared"/> whether a service computes for others in its own name.</summary>
    public int Read(nint device, List<GpuProcess> processes, out bool isShared)
    {
        isShared = false;
        var code = Add(device, NvmlProcessKind.Compute, processes, out _);
        if (code != NvmlCode.Success)
        {
            return code;
        }

        // A board without graphics, or a driver without the service, has nothing to list there.
        code = Add(device, NvmlProcessKind.Graphics, processes, out _);
        if (code is not (NvmlCode.Success or NvmlCode.NotSupported or NvmlCode.FunctionNotFound))
        {
            return code;
        }

        isShared = Add(device, NvmlProcessKind.Mps, processes, out var clients) == NvmlCode.Success && clients > 0;
        AddUtilization(device, processes);
        return NvmlCode.Success;
    }

    private int Add(nint device, NvmlProcessKind kind, List<GpuProcess> processes, out uint count)
    {
        var code = List(device, kind, out count);
        if (code == NvmlCode.Success && !IsReadable(count) && !_older)
        {
            _older = true;
            code = List(device, kind, out count);
        }

        if (code != NvmlCode.Success)
        {
            return code;
        }

        if (!IsReadable(count))
        {
            return NvmlCode.Unreadable;
        }

        for (var i = 0; i < count; i++)
        {
            var id = (int)_infos[i].Id;
            if (IndexOf(processes, id) < 0)
            {
                processes.Add(new GpuProcess(id, null));
            }
        }

        return NvmlCode.Success;
    }

    private int List(nint device, NvmlProcessKind kind, out uint count)
    {
        for (var attempt = 0; ; attempt++)
        {
            // Early drivers of the 535 series write 32 bytes for each process where 24 are documented: room for that too.
            var room = (uint)_infos.Length * 3 / 4;
            count = room;
            int code;
            fixed (NvmlProcessInfo* infos = _infos)
            {
                code = library.Processes(device, kind, _older, ref count, infos);
            }

            if (code == NvmlCode.Success)
            {
                return count <= room ? code : NvmlCode.Unreadable;
            }

            if (code != NvmlCode.InsufficientSize || attempt == Attempts || count > MostEntries)
            {
                return code;
            }

            _infos = new NvmlProcessInfo[(Math.Max(count, room) * 2) + 16];
        }
    }

    /// <summary>Entries of another length than is documented show as numbers that no process has.</summary>
    private bool IsReadable(uint count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_infos[i].Id is 0 or > int.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    private void AddUtilization(nint device, List<GpuProcess> processes)
    {
        if (processes.Count == 0 || !Sample(device))
        {
            return;
        }

        // Who had none is not in the samples.
        for (var i = 0; i < processes.Count; i++)
        {
            processes[i] = processes[i] with { SmUtilization = 0 };
        }

        for (var i = 0; i < _sampleCount; i++)
        {
            var index = IndexOf(processes, (int)_samples[i].Id);
            if (index >= 0 && IsLatest(i))
            {
                processes[index] = processes[index] with { SmUtilization = Math.Min(_samples[i].Sm, 100) / 100.0 };
            }
        }
    }

    /// <summary>Whether it is known now how much each process had.</summary>
    private bool Sample(nint device)
    {
        for (var attempt = 0; ; attempt++)
        {
            var room = (uint)_samples.Length;
            var count = room;
            int code;
            fixed (NvmlProcessSample* samples = _samples)
            {
                code = library.ProcessUtilization(device, _lastSample, ref count, samples);
            }

            switch (code)
            {
                case NvmlCode.Success when count <= room && count > 0:
                    Take((int)count);
                    return true;
                case NvmlCode.Success when count == 0:
                case NvmlCode.NotFound:
                    return Hold();
                case NvmlCode.InsufficientSize when attempt < Attempts && count <= MostEntries:
                    // What was in it is gone with the buffer: the samples are asked for anew.
                    _samples = new NvmlProcessSample[Math.Max(count, room) * 2];
                    _sampleCount = 0;
                    break;
                default:
                    _sampleCount = 0;
                    return false;
            }
        }
    }

    private void Take(int count)
    {
        _sampleCount = count;
        _sampledAt = time.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            _lastSample = Math.Max(_lastSample, _samples[i].Timestamp);
        }
    }

    private bool Hold()
    {
        if (time.GetElapsedTime(_sampledAt) > SamplePeriod)
        {
            _sampleCount = 0;
        }

        return true;
    }

    /// <summary>A driver may give several samples of one process.</summary>
    private bool IsLatest(int sample)
    {
        for (var i = 0; i < _sampleCount; i++)
        {
            if (_samples[i].Id == _samples[sample].Id && _samples[i].Timestamp > _samples[sample].Timestamp)
            {
                return false;
            }
        }

        return true;
    }

    private static int IndexOf(List<GpuProcess> processes, int id)
    {
        for (var i = 0; i < processes.Count; i++)
        {
            if (processes[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
