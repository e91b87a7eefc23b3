using System.IO.Compression;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Eco2Test;

BenchmarkRunner.Run<Compression>(args: args);

/// <summary>What it costs to make a text of 160 kB smaller.</summary>
[EmissionsDiagnoser(Region = "FR")]
[ShortRunJob]
public class Compression
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(line => $"line {line % 97} of {line}\n")));

    [Benchmark(Baseline = true)]
    public long GZip_fastest() => Length(stream => new GZipStream(stream, CompressionLevel.Fastest));

    [Benchmark]
    public long GZip_smallest() => Length(stream => new GZipStream(stream, CompressionLevel.SmallestSize));

    [Benchmark]
    public long Brotli_fastest() => Length(stream => new BrotliStream(stream, CompressionLevel.Fastest));

    private long Length(Func<Stream, Stream> compress)
    {
        using var result = new MemoryStream();
        using (var compressed = compress(result))
        {
            compressed.Write(_text);
        }

        return result.ToArray().Length;
    }
}
