using Spectre.Console;

namespace Eco2Test.Tool;

/// <summary>Reads at every interval, and shows: in place on a terminal, else a line for each interval.</summary>
internal sealed class WatchLoop(SensorWatch watch, TimeProvider time, TimeSpan interval, TimeSpan? length)
{
    /// <summary>Ends after its length, or when it is cancelled.</summary>
    public async Task RunAsync(Terminal terminal, CancellationToken cancelled)
    {
        try
        {
            await watch.BeginAsync(cancelled).ConfigureAwait(false);
            if (terminal.Live is { } draw)
            {
                var (console, view) = (draw(), new WatchPicture(watch.Channels, interval, terminal.HasBlocks));
                await console.Live(view.Draw(console.Profile.Width)).Overflow(VerticalOverflow.Ellipsis).StartAsync(context =>
                {
                    context.Refresh();
                    return RepeatAsync(
                        _ =>
                        {
                            context.UpdateTarget(view.Draw(console.Profile.Width));

                            // The cursor waits at the beginning of the last line, which is empty: the terminal writes ^C there.
                            console.Profile.Out.Writer.Write('\r');
                        },
                        cancelled);
                }).ConfigureAwait(false);
            }
            else
            {
                var output = terminal.OpenEndless?.Invoke() ?? terminal.Output;
                await RepeatAsync(elapsed => output.WriteLine(WatchLine.Write(watch.Channels, elapsed)), cancelled).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            // Ctrl+C is how one ends it.
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }
    }

    private async Task RepeatAsync(Action<TimeSpan> show, CancellationToken cancelled)
    {
        var start = time.GetTimestamp();
        for (var due = Earlier(interval, length);;)
        {
            // Due by multiples of the interval: what reading and drawing take does not add up. A timer may ring a little early.
            var wait = due - time.GetElapsedTime(start);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancelled).ConfigureAwait(false);
            await watch.SampleAsync(cancelled).ConfigureAwait(false);
            var elapsed = time.GetElapsedTime(start);
            show(elapsed);
            if (due >= length)
            {
                return;
            }

            var passed = Math.Floor((elapsed > due ? elapsed : due) / interval);
            due = Earlier(interval * (passed + 1), length);
        }
    }

    private static TimeSpan Earlier(TimeSpan time, TimeSpan? end) => time > end ? end.Value : time;
}
