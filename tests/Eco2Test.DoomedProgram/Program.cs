using System.Diagnostics;
using System.Globalization;
using Eco2Test;

// Opens and closes windows until it is killed, or for the milliseconds that are given. What it has closed it says on
// standard output, in lines that reach their reader whole: "closed NAME|JOULES", "counted RUNS|SECONDS", "spent CPU-SECONDS". Or it is a
// tracker, which writes its file and ends.
var work = args[0];
var until = args.Length > 1 ? TimeSpan.FromMilliseconds(int.Parse(args[1], CultureInfo.InvariantCulture)) : TimeSpan.MaxValue;
var clock = Stopwatch.StartNew();
using var output = Console.OpenStandardOutput();
switch (work)
{
    case "sequential":
        Repeat(() => Close($"Sequential {clock.ElapsedTicks}", () => Burn(15)));
        break;
    case "counted":
        // So many windows, however long that takes: "counted 0 WINDOWS".
        for (var windows = int.Parse(args[2], CultureInfo.InvariantCulture); windows > 0; windows--)
        {
            Close($"Counted {windows}", () => Burn(1));
        }

        break;
    case "nested":
        Repeat(() => Close($"Outer {clock.ElapsedTicks}", () =>
        {
            Close($"Inner {clock.ElapsedTicks}", () => Burn(20));
            Close($"Inner {clock.ElapsedTicks}", () => Close($"Innermost {clock.ElapsedTicks}", () => Burn(20)));
            Burn(10);
        }));
        break;
    case "parallel":
        Parallel.For(0, 4, lane => Repeat(() => Close($"Lane {lane} {clock.ElapsedTicks}", () => Burn(30))));
        break;
    case "many":
        var runs = 0;
        Repeat(() =>
        {
            TrackingWindow.Start("Many").Stop();
            if (++runs % 1_000 == 0)
            {
                Say($"counted {runs}|{clock.Elapsed.TotalSeconds:R}");
            }
        });
        break;
    case "open":
        using (TrackingWindow.Start("Open"))
        {
            Repeat(() =>
            {
                Burn(20);
                Say($"spent {Environment.CpuUsage.TotalTime.TotalSeconds:R}");
            });
        }

        break;
    case "tracker":
        // A training of so many epochs, into a file that others write too: "tracker 0 FILE EPOCHS".
        var tracker = new EmissionsTracker(new() { ProjectName = "shared", FileName = args[2] });
        tracker.StartTraining();
        for (var epochs = int.Parse(args[3], CultureInfo.InvariantCulture); epochs > 0; epochs--)
        {
            Burn(2);
            tracker.NewEpoch(("note", "a, \"quoted\"\nline"));
        }

        var result = tracker.Stop();
        Say($"closed {result.ProjectName}|{result.Energy.Joules:R}");
        return result.RowsNotWritten;
    default:
        return 2;
}

return 0;

void Repeat(Action work)
{
    do
    {
        work();
    }
    while (clock.Elapsed < until);
}

void Close(string name, Action work)
{
    var window = TrackingWindow.Start(name);
    work();
    Say($"closed {name}|{window.Stop().Energy.Joules:R}");
}

static void Burn(int milliseconds)
{
    for (var clock = Stopwatch.StartNew(); clock.ElapsedMilliseconds < milliseconds;)
    {
    }
}

void Say(FormattableString line)
{
    var bytes = System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant(line) + "\n");
    lock (output)
    {
        output.Write(bytes);
        output.Flush();
    }
}
